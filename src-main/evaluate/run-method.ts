import { throwIfStopped, type StopSignal } from '../../src-shared/contract/errors.ts';
import { rowRange } from '../matrix/affine-view.ts';
import type { Fit, FitProgress, Method } from '../methods/method.ts';
import type { TrainingStore } from '../methods/train-members.ts';
import type { Fold } from './fold.ts';

/** What one method made of one fold. */
export interface Imputation {
  /** Imputed values of each scored gene on the scored cells, processed units. */
  readonly imputed: readonly Float64Array[];
  /** Fitting and imputing. */
  readonly seconds: number;
  readonly departures: readonly string[];
  readonly expected: Float64Array | undefined;
}

const BLOCK_CELLS = 1024;

/** Fits a method on a fold and imputes its genes. Throws an Error when a value is not finite. */
export async function* runMethod(
  method: Method,
  fold: Fold,
  store: TrainingStore,
  stop?: StopSignal,
): AsyncGenerator<FitProgress, Imputation> {
  const started = performance.now();
  const input = { ...fold.input, seed: fold.seed, store, ...(stop && { stop }) };
  const fit: Fit = yield* method.fit(input);
  try {
    // All cells, also those that are not scored: which ones are depends on the truth, and no prediction may.
    const cells = fold.input.data.spatial.values.rows;
    const imputed = fold.genes.map(() => new Float64Array(cells));
    for (let first = 0; first < cells; first += BLOCK_CELLS) {
      throwIfStopped(stop);
      const rows = rowRange(first, Math.min(BLOCK_CELLS, cells - first));
      spread(fit.predictor.at(rows)(fold.input.targets), imputed, first);
      await new Promise((resolve) => setImmediate(resolve));
    }
    checkFinite(method, fold, imputed);
    const seconds = (performance.now() - started) / 1000;
    const scored = imputed.map((values) => Float64Array.from(fold.rows, (row) => values[row]!));
    return { imputed: scored, seconds, departures: fit.departures, expected: fit.expected };
  } finally {
    fit.predictor.dispose();
  }
}

function spread(block: Float32Array, imputed: readonly Float64Array[], first: number): void {
  const genes = imputed.length;
  for (let i = 0; i < block.length; i++) imputed[i % genes]![first + Math.floor(i / genes)] = block[i]!;
}

function checkFinite(method: Method, fold: Fold, imputed: readonly Float64Array[]): void {
  const wrong = imputed.findIndex((values) => !values.every(Number.isFinite));
  if (wrong < 0) return;
  throw new Error(`${method.name} gave a value that is no number for gene ${fold.genes[wrong]!.gene}`);
}
