import * as tf from '@tensorflow/tfjs-core';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { LossTerm } from '../../src-shared/domain/loss-point.ts';

/** The terms of one step, kept tensors that {@link TermMeans} reads and disposes. */
export type StepTerms = Partial<Record<LossTerm, tf.Scalar>>;

/** A term above this has diverged: the processed data are of order 1. */
const DIVERGED = 1e7;

/** Thrown when a term becomes NaN or infinite or runs away; names the term. */
export class DivergedError extends UserError {
  readonly term: LossTerm;
  constructor(term: LossTerm, value: number, where: string) {
    super(
      `Training stopped: the loss term ${term} became ${value} ${where}. Lower train.learningRate or the λ of ` +
        `this term and run again; the last good checkpoint was kept.`,
    );
    this.term = term;
  }
}

/** Collects the terms of every step, stops at the first that is not finite, and averages between reports. */
export class TermMeans {
  #sums = new Map<LossTerm, number>();
  #count = 0;

  /** Reads and disposes one step's terms. Throws {@link DivergedError} naming the first that blew up. */
  add(terms: StepTerms, where: string): void {
    const names = Object.keys(terms) as LossTerm[];
    const scalars = names.map((name) => terms[name]!);
    const stacked = tf.tidy(() => tf.stack(scalars));
    const values = stacked.dataSync();
    tf.dispose([...scalars, stacked]);
    for (const [i, name] of names.entries()) {
      const value = values[i]!;
      if (!Number.isFinite(value) || Math.abs(value) > DIVERGED) throw new DivergedError(name, value, where);
      this.#sums.set(name, (this.#sums.get(name) ?? 0) + value);
    }
    this.#count += 1;
  }

  /** The means since the last call. */
  take(): Partial<Record<LossTerm, number>> {
    const means = Object.fromEntries([...this.#sums].map(([name, sum]) => [name, sum / this.#count]));
    this.#sums = new Map();
    this.#count = 0;
    return means;
  }
}
