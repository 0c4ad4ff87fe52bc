import type { RunRequest } from '../../../src-shared/contract/calls/job.ts';
import type { RunRecord } from '../../../src-shared/domain/project.ts';
import { objection } from '../../../src-shared/domain/hyperparameter.ts';
import { hyperparameters } from '../../../src-shared/domain/hyperparameters.ts';
import type { PresetName } from '../../../src-shared/domain/presets.ts';
import {
  presetParameters,
  type HyperparameterName,
  type Hyperparameters,
} from '../../../src-shared/domain/run-config.ts';
import { namesIn } from '../../lib/names-in.ts';
import { parameterTitle } from './titles.ts';

export type ParameterValue = number | string | readonly number[];

/** What the form holds. `changes` are the hyperparameters that differ from the preset. */
export interface Draft {
  readonly name: string;
  readonly preset: PresetName;
  readonly changes: Readonly<Partial<Record<HyperparameterName, ParameterValue>>>;
  readonly seed: number;
  readonly genes: 'usual' | 'all' | 'list';
  readonly geneList: string;
  readonly counts: boolean;
  readonly backend: RunRequest['backend'];
}

export const parameterNames = Object.keys(hyperparameters) as HyperparameterName[];

export function newDraft(preset: PresetName = 'recommended', backend: Draft['backend'] = 'auto'): Draft {
  return { name: '', preset, changes: {}, seed: 1, genes: 'usual', geneList: '', counts: false, backend };
}

export function valueOf(draft: Draft, name: HyperparameterName): ParameterValue {
  return draft.changes[name] ?? presetParameters(draft.preset)[name];
}

/** Sets one hyperparameter; the preset's own value takes the change away. */
export function withValue(draft: Draft, name: HyperparameterName, value: ParameterValue): Draft {
  const others = Object.fromEntries(Object.entries(draft.changes).filter(([key]) => key !== name));
  const own = presetParameters(draft.preset)[name];
  const same = JSON.stringify(own) === JSON.stringify(value);
  return { ...draft, changes: same ? others : { ...others, [name]: value } };
}

/** Another preset, with its own values. */
export function withPreset(draft: Draft, preset: PresetName): Draft {
  return { ...draft, preset, changes: {} };
}

/** The settings of an earlier run, under a new name. */
export function fromRun(draft: Draft, run: RunRecord): Draft {
  const base: Draft = { ...withPreset(draft, run.preset), seed: run.seed, name: '' };
  return parameterNames.reduce((changed, name) => {
    const value = run.parameters[name];
    return value === undefined ? changed : withValue(changed, name, value);
  }, base);
}

/** Why the run cannot be started as it stands; undefined when it can. */
export function problemOf(draft: Draft): string | undefined {
  for (const name of parameterNames) {
    const problem = objection(hyperparameters[name], valueOf(draft, name));
    if (problem !== undefined) return `${parameterTitle(name)} ${problem}.`;
  }
  if (!Number.isInteger(draft.seed) || draft.seed < 0 || draft.seed >= 2 ** 31) {
    return 'The seed must be a whole number from 0 to 2,147,483,647.';
  }
  if (draft.genes === 'list' && namesIn(draft.geneList).length === 0) {
    return 'Paste at least one gene name, or choose another set of genes.';
  }
  return undefined;
}

/** The call that starts the run. */
export function requestOf(draft: Draft): RunRequest {
  const genes = draft.genes === 'list' ? namesIn(draft.geneList) : [];
  return {
    ...(draft.name.trim() !== '' && { name: draft.name.trim() }),
    preset: draft.preset,
    parameters: structuredClone(draft.changes) as RunRequest['parameters'],
    seed: draft.seed,
    genes: draft.genes === 'all' ? 'all' : genes,
    counts: draft.counts,
    backend: draft.backend,
  };
}

/** A draft that was kept in the project; undefined when it is none of this version. */
export function draftFrom(kept: unknown): Draft | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const fresh = newDraft();
  const draft = { ...fresh, ...kept };
  const sameShape = Object.entries(fresh).every(
    ([key, value]) => typeof draft[key as keyof Draft] === typeof value,
  );
  try {
    const known = Object.keys(draft.changes).every((name) => Object.hasOwn(hyperparameters, name));
    return sameShape && known && problemOf({ ...draft, genes: 'usual' }) === undefined ? draft : undefined;
  } catch {
    return undefined;
  }
}

/** All values as the run will have them. */
export function parametersOf(draft: Draft): Hyperparameters {
  return { ...presetParameters(draft.preset), ...draft.changes } as Hyperparameters;
}
