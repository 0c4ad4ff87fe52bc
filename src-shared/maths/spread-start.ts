import type { Random } from './random.ts';

/** Points and the centres of their groups. */
export interface Centred {
  /** points × dimensions, row-major. */
  readonly points: Float64Array;
  /** groups × dimensions, row-major. */
  readonly centres: Float64Array;
  readonly dimensions: number;
}

/** Squared Euclidean distance of a point from a centre. */
export function squaredDistance(
  { points, centres, dimensions }: Centred,
  point: number,
  centre: number,
): number {
  let sum = 0;
  const from = point * dimensions;
  const to = centre * dimensions;
  for (let d = 0; d < dimensions; d++) {
    const gap = points[from + d]! - centres[to + d]!;
    sum += gap * gap;
  }
  return sum;
}

/**
 * Starting centres by k-means++ (Arthur & Vassilvitskii 2007): each is a point drawn with a chance proportional to
 * its squared distance from the nearest before it.
 *
 * @returns k × dimensions, row-major
 */
export function spreadStart(
  points: Float64Array,
  dimensions: number,
  k: number,
  random: Random,
): Float64Array {
  const count = points.length / dimensions;
  const centres = new Float64Array(k * dimensions);
  const nearest = new Float64Array(count).fill(Infinity);
  const centred = { points, centres, dimensions };
  let chosen = random.below(count);
  for (let c = 0; c < k; c++) {
    centres.set(points.subarray(chosen * dimensions, (chosen + 1) * dimensions), c * dimensions);
    let total = 0;
    for (let i = 0; i < count; i++) {
      nearest[i] = Math.min(nearest[i]!, squaredDistance(centred, i, c));
      total += nearest[i]!;
    }
    let left = random.uniform() * total;
    chosen = 0;
    while (chosen < count - 1 && (left -= nearest[chosen]!) >= 0) chosen++;
  }
  return centres;
}
