import * as tf from '@tensorflow/tfjs-core';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { LossTerm } from '../../src-shared/domain/loss-point.ts';
import { computesOnDevice } from '../backend/device.ts';

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

/** Terms that were asked for and have not arrived yet. */
interface Awaited {
  readonly names: readonly LossTerm[];
  readonly values: Promise<ArrayLike<number>>;
  readonly where: string;
}

/**
 * Collects the terms of every step, stops at the first that is not finite, and averages between reports. Where a device
 * computes, a step's terms are waited for when the next step is under way, so that the device never idles.
 */
export class TermMeans {
  #sums = new Map<LossTerm, number>();
  #count = 0;
  #awaited: Awaited | undefined;

  /** Reads and disposes one step's terms. Throws {@link DivergedError} naming the first that blew up. */
  async add(terms: StepTerms, where: string): Promise<void> {
    const names = Object.keys(terms) as LossTerm[];
    const scalars = names.map((name) => terms[name]!);
    const stacked = tf.tidy(() => tf.stack(scalars));
    tf.dispose(scalars);
    const before = this.#awaited;
    this.#awaited = { names, values: stacked.data(), where };
    // Its failure is told when it is waited for, which a stopped training may never do.
    this.#awaited.values.then(
      () => stacked.dispose(),
      () => stacked.dispose(),
    );
    if (before !== undefined) await this.#enter(before);
    if (!computesOnDevice()) await this.#settle();
  }

  /** The means since the last call. */
  async take(): Promise<Partial<Record<LossTerm, number>>> {
    await this.#settle();
    const means = Object.fromEntries([...this.#sums].map(([name, sum]) => [name, sum / this.#count]));
    this.#sums = new Map();
    this.#count = 0;
    return means;
  }

  async #settle(): Promise<void> {
    const awaited = this.#awaited;
    this.#awaited = undefined;
    if (awaited !== undefined) await this.#enter(awaited);
  }

  async #enter({ names, values, where }: Awaited): Promise<void> {
    const numbers = await values;
    for (const [i, name] of names.entries()) {
      const value = numbers[i]!;
      if (!Number.isFinite(value) || Math.abs(value) > DIVERGED) throw new DivergedError(name, value, where);
      this.#sums.set(name, (this.#sums.get(name) ?? 0) + value);
    }
    this.#count += 1;
  }
}
