import { Turns } from './long-work.ts';
import type { LongWork } from './long-work.ts';
import { Scaling } from './sinkhorn-scaling.ts';

export interface SinkhornOptions extends LongWork {
  /** ε, in the unit of the cost; above 0. */
  readonly regularisation: number;
  readonly maxIterations?: number;
  /** Largest error ‖Pᵀ1 − b‖₁ of a plan that counts as converged. */
  readonly tolerance?: number;
}

/** An entropic transport plan P = exp((fᵢ + gⱼ − Cᵢⱼ) / ε). */
export interface Transport {
  /** P, n × m, row-major. */
  readonly plan: Float64Array;
  /** f of the n rows and g of the m columns, in the unit of the cost; −∞ where there is no mass. */
  readonly rowPotentials: Float64Array;
  readonly columnPotentials: Float64Array;
  readonly iterations: number;
  /** ‖Pᵀ1 − b‖₁; the rows sum to a exactly but for rounding. */
  readonly error: number;
  readonly converged: boolean;
}

const MAX_ITERATIONS = 1000;
const TOLERANCE = 1e-9;

/**
 * Entropic optimal transport: the plan P ≥ 0 with row sums a and column sums b that minimises
 * ⟨P, C⟩ + ε Σ P (log P − 1), by Sinkhorn's alternating scalings P = diag(u) K diag(v) (Cuturi 2013). Stabilised: the
 * kernel is K = exp((fᵢ + gⱼ − Cᵢⱼ) / ε) from potentials that take in u and v before they can overflow
 * (Schmitzer 2019), and that begin as f = minⱼ C, g = minᵢ (C − f), so that no row or column vanishes however small ε is.
 *
 * @param cost n × m, row-major; +∞ where nothing may go
 * @param a masses of the rows, ≥ 0; the sum is that of b to a relative 1e-9
 * Throws a RangeError for other sizes or masses, a cost that is NaN or −∞, ε ≤ 0, and where mass has nowhere to go.
 */
export async function sinkhorn(
  cost: Float64Array | Float32Array,
  a: Float64Array,
  b: Float64Array,
  options: SinkhornOptions,
): Promise<Transport> {
  const { maxIterations = MAX_ITERATIONS, tolerance = TOLERANCE, progress } = options;
  check(cost, a, b, options.regularisation);
  const turns = new Turns(options);
  const scaling = new Scaling(cost, a, b, options.regularisation, turns);
  await scaling.absorb();
  let error = Infinity;
  let iterations = 0;
  while (iterations < maxIterations && error > tolerance) {
    if (iterations > 0 && scaling.finishColumns()) await scaling.absorb();
    error = await scaling.scaleRows();
    iterations++;
    progress?.(iterations / maxIterations);
  }
  return { ...(await scaling.finish()), iterations, error, converged: error <= tolerance };
}

function check(cost: ArrayLike<number>, a: Float64Array, b: Float64Array, regularisation: number): void {
  if (cost.length !== a.length * b.length || cost.length === 0) {
    throw new RangeError(`${cost.length} costs between ${a.length} and ${b.length} masses`);
  }
  if (!(regularisation > 0 && regularisation < Infinity)) throw new RangeError(`ε of ${regularisation}`);
  for (let entry = 0; entry < cost.length; entry++) {
    if (!(cost[entry]! > -Infinity)) throw new RangeError(`a cost of ${cost[entry]!}`);
  }
  const [sumA, sumB] = [total(a), total(b)];
  if (!(Math.abs(sumA - sumB) <= 1e-9 * sumA)) throw new RangeError(`masses of ${sumA} and ${sumB}`);
}

function total(masses: Float64Array): number {
  let sum = 0;
  for (const mass of masses) {
    if (!(mass >= 0 && mass < Infinity)) throw new RangeError(`a mass of ${mass}`);
    sum += mass;
  }
  return sum;
}
