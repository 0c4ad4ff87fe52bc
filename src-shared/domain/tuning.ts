import type { Warning } from '../contract/errors.ts';
import type { ImputeRequest, InputRequest } from './impute-request.ts';
import type { HyperparameterName, Hyperparameters } from './run-config.ts';

/** What a user asks for when tuning. */
export interface TuneRequest
  extends
    InputRequest,
    Pick<ImputeRequest, 'out' | 'preset' | 'configFile' | 'set' | 'backend' | 'resume' | 'seed'> {
  /** Folds of the evaluation to come; with `fold`, that one's genes are left out of the search. */
  readonly folds: number;
  readonly fold?: number;
  /** Minutes after which no new trial is started. */
  readonly budget?: number;
  /** Settings tried; by the budget, else 16, when left out. */
  readonly trials?: number;
}

/** A setting that is tried: what it changes in the base. Trial 0 changes nothing. */
export interface Trial {
  readonly trial: number;
  readonly changes: Partial<Hyperparameters>;
}

/** A trial so far: mean PCC over the genes of all splits that it has been through. */
export interface TrialScore extends Trial {
  readonly splits: number;
  readonly genes: number;
  readonly pcc: number;
}

/** What a search tells whoever watches. */
export type TuneEvent =
  | { readonly kind: 'stage'; readonly name: 'reading' | 'tuning'; readonly detail: string }
  | { readonly kind: 'warning'; readonly warning: Warning }
  | { readonly kind: 'trial-progress'; readonly trial: number; readonly share: number }
  | {
      readonly kind: 'trial';
      readonly rung: number;
      readonly split: number;
      readonly seconds: number;
      readonly score: TrialScore;
    }
  /** Who goes on to the next round, best first. */
  | { readonly kind: 'rung'; readonly rung: number; readonly survivors: readonly TrialScore[] }
  | { readonly kind: 'note'; readonly message: string }
  | { readonly kind: 'finished'; readonly folder: string; readonly seconds: number };

/** The hyperparameters that tuning moves. */
export const TUNED = [
  'lambda.gan',
  'lambda.cycle',
  'lambda.identity',
  'lambda.mmd',
  'lambda.coral',
  'lambda.panel',
  'network.latentSt',
  'network.latentSc',
  'train.epochsStage1',
  'train.epochsStage2',
  'train.maxStepsStage1',
  'train.maxStepsStage2',
] as const satisfies readonly HyperparameterName[];
