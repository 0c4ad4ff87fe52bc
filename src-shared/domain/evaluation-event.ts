import type { Warning } from '../contract/errors.ts';

/** One method on one fold with one seed. */
export interface JobName {
  readonly method: string;
  readonly seed: number;
  readonly fold: number;
}

/** What an evaluation tells whoever watches. */
export type EvaluationEvent =
  | { readonly kind: 'stage'; readonly name: 'reading' | 'evaluating' | 'reporting'; readonly detail: string }
  | { readonly kind: 'warning'; readonly warning: Warning }
  /** How far a job has come, 0 … 1 of its fit. */
  | ({ readonly kind: 'job-progress'; readonly share: number } & JobName)
  | ({
      readonly kind: 'job';
      readonly state: 'started' | 'done' | 'failed';
      readonly seconds?: number;
      /** Mean PCC over the fold's genes, when done. */
      readonly pcc?: number;
      /** One sentence, when failed. */
      readonly message?: string;
      /** Finished jobs and all jobs of this evaluation. */
      readonly finished: number;
      readonly total: number;
    } & JobName)
  | { readonly kind: 'verdict'; readonly sentences: readonly string[] }
  | { readonly kind: 'finished'; readonly folder: string; readonly seconds: number };
