import { UserError, type StopSignal, type Warning } from '../../src-shared/contract/errors.ts';
import type { RunConfig } from '../../src-shared/domain/run-config.ts';
import { foldsAtRandom, foldsByName } from '../../src-shared/maths/folds.ts';
import { Random } from '../../src-shared/maths/random.ts';
import type { Coordinates, OpenMatrix } from '../matrix/dataset.ts';
import { remembered } from '../preprocess/blocks.ts';
import { MINIMUM_SHARED_GENES } from '../preprocess/match-genes.ts';
import { matchPair, processPair, type PairData } from '../preprocess/process-pair.ts';

/** What an evaluation is made on. */
export interface EvaluationInputs {
  readonly spatial: OpenMatrix;
  readonly reference: OpenMatrix;
  /** One a reference cell of the file. */
  readonly labels: readonly string[] | undefined;
  readonly coordinates: Coordinates | undefined;
  /** Tissue section of each spatial cell of the file; cells of different sections are never neighbours. */
  readonly sections: readonly string[] | undefined;
}

/** Opened data, and the processed truth: both datasets with every gene in place. */
export interface Evaluation extends EvaluationInputs {
  readonly config: RunConfig;
  readonly truth: PairData;
  /** All shared genes as the spatial file spells them, sorted as folds go by. */
  readonly names: readonly string[];
  /** What is suspicious about the data. */
  readonly warnings: readonly Warning[];
}

/** How genes are dealt out to folds. */
export interface FoldRule {
  readonly folds: number;
  /** `name`: gene i of the sorted names to fold i mod folds; `random`: shuffled first, by the seed. */
  readonly rule: 'name' | 'random';
}

/** Processes the whole data once; what methods see is processed anew for every fold, without its genes. */
export async function openEvaluation(
  inputs: EvaluationInputs,
  config: RunConfig,
  stop?: StopSignal,
): Promise<Evaluation> {
  const spatial = { ...inputs.spatial, source: remembered(inputs.spatial.source) };
  const reference = { ...inputs.reference, source: remembered(inputs.reference.source) };
  const { names } = matchPair(spatial, reference);
  const { data, warnings } = await processPair(spatial, reference, config, stop);
  return { ...inputs, spatial, reference, config, truth: data, names, warnings };
}

/**
 * Fold of each shared gene. Throws a UserError when the genes are too few for so many folds, or so few folds that
 * hardly any gene would be left to learn from.
 */
export function foldOfGenes(names: readonly string[], { folds, rule }: FoldRule, seed: number): Int32Array {
  const left = names.length - Math.ceil(names.length / folds);
  if (left < MINIMUM_SHARED_GENES) {
    throw new UserError(
      `With ${folds} folds of ${names.length} shared genes only ${left} would be left to learn from, and at least ` +
        `${MINIMUM_SHARED_GENES} are needed; take more folds (--folds).`,
      {},
      'usage',
    );
  }
  return rule === 'name'
    ? foldsByName(names, folds)
    : foldsAtRandom(names, folds, new Random(seed, 'evaluation folds'));
}
