import type { Random } from '../../src-shared/maths/random.ts';

/** Points in groups. */
export interface Grouping {
  /** Group of each point. */
  readonly of: Int32Array;
  /** Sum of squared distances of the points from the means of their groups. */
  readonly inertia: number;
}

const MOST_ROUNDS = 100;

/**
 * k-means by Lloyd's algorithm from a k-means++ start (Arthur & Vassilvitskii 2007). A group that runs empty takes
 * the point that is farthest from its mean.
 *
 * @param points points × dimensions, row-major
 * @param k groups, at most the number of points
 */
export function kMeans(points: Float64Array, dimensions: number, k: number, random: Random): Grouping {
  const centres = spreadStart(points, dimensions, k, random);
  const of = new Int32Array(points.length / dimensions).fill(-1);
  const distances = new Float64Array(of.length);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (!assign(points, centres, dimensions, of, distances)) break;
    moveCentres(points, centres, dimensions, of, distances);
  }
  return { of, inertia: distances.reduce((sum, distance) => sum + distance, 0) };
}

function squaredDistance(a: Float64Array, i: number, b: Float64Array, j: number, dimensions: number): number {
  let sum = 0;
  for (let d = 0; d < dimensions; d++) sum += (a[i * dimensions + d]! - b[j * dimensions + d]!) ** 2;
  return sum;
}

/** Each centre is a point drawn with a chance proportional to its squared distance from the nearest before it. */
function spreadStart(points: Float64Array, dimensions: number, k: number, random: Random): Float64Array {
  const count = points.length / dimensions;
  const centres = new Float64Array(k * dimensions);
  const nearest = new Float64Array(count).fill(Infinity);
  let chosen = random.below(count);
  for (let c = 0; c < k; c++) {
    centres.set(points.subarray(chosen * dimensions, (chosen + 1) * dimensions), c * dimensions);
    let total = 0;
    for (let i = 0; i < count; i++) {
      nearest[i] = Math.min(nearest[i]!, squaredDistance(points, i, centres, c, dimensions));
      total += nearest[i]!;
    }
    let left = random.uniform() * total;
    chosen = 0;
    while (chosen < count - 1 && (left -= nearest[chosen]!) >= 0) chosen++;
  }
  return centres;
}

/** Puts every point to its nearest centre, the earlier among equals; says whether any changed. */
function assign(
  points: Float64Array,
  centres: Float64Array,
  dimensions: number,
  of: Int32Array,
  distances: Float64Array,
): boolean {
  let changed = false;
  for (let i = 0; i < of.length; i++) {
    let best = 0;
    let least = Infinity;
    for (let c = 0; c * dimensions < centres.length; c++) {
      const distance = squaredDistance(points, i, centres, c, dimensions);
      if (distance < least) [best, least] = [c, distance];
    }
    if (of[i] !== best) changed = true;
    of[i] = best;
    distances[i] = least;
  }
  return changed;
}

function moveCentres(
  points: Float64Array,
  centres: Float64Array,
  dimensions: number,
  of: Int32Array,
  distances: Float64Array,
): void {
  const k = centres.length / dimensions;
  const members = new Int32Array(k);
  for (const c of of) members[c] = members[c]! + 1;
  for (let c = 0; c < k; c++) {
    if (members[c]! > 0) continue;
    const farthest = distances.reduce((best, distance, i) => (distance > distances[best]! ? i : best), 0);
    members[of[farthest]!] = members[of[farthest]!]! - 1;
    members[c] = 1;
    of[farthest] = c;
    distances[farthest] = 0;
  }
  centres.fill(0);
  for (let i = 0; i < of.length; i++) {
    const to = of[i]! * dimensions;
    for (let d = 0; d < dimensions; d++) {
      centres[to + d] = centres[to + d]! + points[i * dimensions + d]! / members[of[i]!]!;
    }
  }
}
