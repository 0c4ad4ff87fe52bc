import { squaredDistance } from '../../src-shared/maths/distance.ts';
import type { Random } from '../../src-shared/maths/random.ts';
import type { JointSpace } from './joint-space.ts';
import { Turns } from './long-work.ts';
import type { LongWork } from './long-work.ts';
import { spreadSample } from './spread-sample.ts';

export interface LandmarkTransport {
  readonly space: JointSpace;
  /** Cells between which the transport was computed, each with the same mass. */
  readonly landmarks: Int32Array;
  /** fᵢ of each, where the largest cost is 1. */
  readonly potentials: Float64Array;
  /** Squared distance that costs 1. */
  readonly costUnit: number;
  readonly regularisation: number;
  readonly startCells: Int32Array;
}

/** Start cells that are looked at where there are more. */
const MOST_STARTS = 256;

/**
 * Summed transition probabilities from the start cells to all cells where the transport is known between landmarks
 * only: potentials are extended to every cell by the optimality condition of the entropic transport,
 * g(y) = −ε log Σᵢ exp((fᵢ − C(i, y)) / ε) over the landmarks i (Pooladian & Niles-Weed 2021), which at a landmark
 * gives its own back; then T(y) ∝ Σₛ exp((g(s) + g(y) − C(s, y)) / ε) over the start cells s (f = g but for a
 * constant, as cost and masses are symmetric). No cell moves to itself. Where there are more than 256 start cells,
 * as many are taken, spread over them. T is scaled to the mean that the sum over all start cells has, |S| / n².
 */
export async function extendTransitions(
  transport: LandmarkTransport,
  random: Random,
  work: LongWork,
): Promise<Float64Array> {
  const { space, landmarks, potentials, regularisation, startCells } = transport;
  const starts = await spreadSample(space.points, space.dimensions, MOST_STARTS, random, {
    stop: work.stop,
    among: startCells,
  });
  const kernel = new KernelSums(transport);
  const scalings = Float64Array.from(potentials, (f) => Math.exp(f / regularisation));
  kernel.use(landmarks, scalings);
  const startScalings = Float64Array.from(starts, (cell) => 1 / kernel.sumAt(cell));

  const turns = new Turns(work);
  const transition = new Float64Array(space.cells);
  for (let cell = 0; cell < space.cells; cell++) {
    transition[cell] = 1 / kernel.sumAt(cell);
    if (turns.due) await turns.take((0.9 * cell) / space.cells);
  }
  kernel.use(starts, startScalings);
  let total = 0;
  for (let cell = 0; cell < space.cells; cell++) {
    transition[cell] = transition[cell]! * kernel.sumAt(cell);
    total += transition[cell]!;
    if (turns.due) await turns.take(0.9 + (0.1 * cell) / space.cells);
  }
  return transition.map((value) => (value * startCells.length) / (space.cells * total));
}

/** Sums Σₐ wₐ exp(−C(a, y) / ε) over anchors a other than y. */
class KernelSums {
  readonly #space: JointSpace;
  readonly #exponent: number;
  #anchors: Int32Array = new Int32Array();
  #weights: Float64Array = new Float64Array();
  #points = new Float64Array();

  constructor({ space, costUnit, regularisation }: LandmarkTransport) {
    this.#space = space;
    this.#exponent = -1 / (costUnit * regularisation);
  }

  use(anchors: Int32Array, weights: Float64Array): void {
    const { points, dimensions } = this.#space;
    [this.#anchors, this.#weights] = [anchors, weights];
    this.#points = new Float64Array(anchors.length * dimensions);
    for (let i = 0; i < anchors.length; i++) {
      this.#points.set(
        points.subarray(anchors[i]! * dimensions, (anchors[i]! + 1) * dimensions),
        i * dimensions,
      );
    }
  }

  sumAt(cell: number): number {
    const { points, dimensions } = this.#space;
    const [anchors, weights, at] = [this.#anchors, this.#weights, this.#points];
    const from = cell * dimensions;
    let sum = 0;
    for (let i = 0; i < anchors.length; i++) {
      const distance = squaredDistance(at, i * dimensions, points, from, dimensions);
      if (anchors[i] !== cell) sum += weights[i]! * Math.exp(distance * this.#exponent);
    }
    return sum;
  }
}
