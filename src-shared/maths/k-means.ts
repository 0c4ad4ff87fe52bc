import type { Random } from './random.ts';
import { spreadStart, squaredDistance } from './spread-start.ts';
import type { Centred } from './spread-start.ts';

/** Points in groups. */
export interface Grouping {
  /** Group of each point. */
  readonly of: Int32Array;
  /** Means of the groups, groups × dimensions, row-major. */
  readonly centres: Float64Array;
  /** Sum of squared distances of the points from the means of their groups. */
  readonly inertia: number;
}

/** Rounds after which the groups are taken as they are. */
const MOST_ROUNDS = 100;
/** Points that are looked at before the thread is let go. */
const STRETCH = 1 << 14;

/**
 * k-means by Lloyd's algorithm from a k-means++ start, see {@link kMeansRounds} and {@link spreadStart}.
 *
 * @param points points × dimensions, row-major
 * @param k groups, at most the number of points
 */
export function kMeans(points: Float64Array, dimensions: number, k: number, random: Random): Grouping {
  return kMeansFrom(points, dimensions, spreadStart(points, dimensions, k, random));
}

/** The same from given starting centres, groups × dimensions, row-major. */
export function kMeansFrom(points: Float64Array, dimensions: number, centres: Float64Array): Grouping {
  const rounds = kMeansRounds(points, dimensions, centres);
  let round = rounds.next();
  while (round.done !== true) round = rounds.next();
  return round.value;
}

/**
 * k-means by Lloyd's algorithm (1982) from given starting centres, with the groups of Lloyd and fewer distances (Hamerly 2010): by the triangle inequality a point keeps its group while an upper bound of the
 * distance to its centre is below a lower bound of that to all others. It ends where no point changes its group, or
 * after 100 rounds. A point goes to the earlier among equally near centres; a group that runs empty takes the point
 * that is farthest from its centre, and stays empty where there are fewer different points than groups.
 *
 * @param points points × dimensions, row-major
 * @param starts groups × dimensions, row-major
 */
export function* kMeansRounds(
  points: Float64Array,
  dimensions: number,
  starts: Float64Array,
): Generator<undefined, Grouping> {
  const state = begin(points, dimensions, starts);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (!(yield* assign(state))) break;
    fillEmpty(state);
    moveCentres(state);
    yield;
  }
  let inertia = 0;
  for (let i = 0; i < state.of.length; i++) inertia += squaredDistance(state, i, state.of[i]!);
  return { of: state.of, centres: state.centres, inertia };
}

/** A grouping under way, with bounds that hold before each round. */
interface State extends Centred {
  /** Group of each point; −1 before the first round. */
  readonly of: Int32Array;
  /** Not below the distance of each point from its centre. */
  readonly upper: Float64Array;
  /** Not above the distance of each point from any other centre. */
  readonly lower: Float64Array;
}

function begin(points: Float64Array, dimensions: number, starts: Float64Array): State {
  const count = points.length / dimensions;
  return {
    points,
    dimensions,
    centres: starts.slice(),
    of: new Int32Array(count).fill(-1),
    upper: new Float64Array(count).fill(Infinity),
    lower: new Float64Array(count),
  };
}

/** Puts every point to its nearest centre; says whether any changed. */
function* assign(state: State): Generator<undefined, boolean> {
  const { of, upper, lower } = state;
  const half = halfGaps(state);
  let changed = false;
  for (let i = 0; i < of.length; i++) {
    if (i % STRETCH === STRETCH - 1) yield;
    const group = of[i]!;
    if (group >= 0) {
      const bound = Math.max(half[group]!, lower[i]!);
      if (upper[i]! < bound) continue;
      upper[i] = Math.sqrt(squaredDistance(state, i, group));
      if (upper[i]! < bound) continue;
    }
    if (assignPoint(state, i)) changed = true;
  }
  return changed;
}

/** Looks at all centres for one point; says whether it changed. */
function assignPoint(state: State, i: number): boolean {
  const k = state.centres.length / state.dimensions;
  let best = 0;
  let least = Infinity;
  let second = Infinity;
  for (let c = 0; c < k; c++) {
    const distance = squaredDistance(state, i, c);
    if (distance < least) {
      second = least;
      least = distance;
      best = c;
    } else if (distance < second) second = distance;
  }
  const changed = state.of[i] !== best;
  state.of[i] = best;
  state.upper[i] = Math.sqrt(least);
  state.lower[i] = Math.sqrt(second);
  return changed;
}

/** Half the distance of each centre from the nearest other; a point nearer than that to its centre is in its group. */
function halfGaps({ centres, dimensions }: State): Float64Array {
  const k = centres.length / dimensions;
  const half = new Float64Array(k).fill(Infinity);
  const between = { points: centres, centres, dimensions };
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < a; b++) {
      const gap = Math.sqrt(squaredDistance(between, a, b)) / 2;
      half[a] = Math.min(half[a]!, gap);
      half[b] = Math.min(half[b]!, gap);
    }
  }
  return half;
}

function fillEmpty(state: State): void {
  const { of, centres, dimensions, upper, lower } = state;
  const members = countMembers(of, centres.length / dimensions);
  if (members.every((count) => count > 0)) return;
  const distances = Float64Array.from(of, (c, i) => squaredDistance(state, i, c));
  for (let c = 0; c < members.length; c++) {
    if (members[c]! > 0) continue;
    const farthest = distances.reduce((best, distance, i) => (distance > distances[best]! ? i : best), 0);
    // Fewer different points than groups.
    if (distances[farthest] === 0) return;
    members[of[farthest]!] = members[of[farthest]!]! - 1;
    members[c] = 1;
    of[farthest] = c;
    distances[farthest] = 0;
    upper[farthest] = Infinity;
    lower[farthest] = 0;
  }
}

function countMembers(of: Int32Array, k: number): Int32Array {
  const members = new Int32Array(k);
  for (let i = 0; i < of.length; i++) members[of[i]!] = members[of[i]!]! + 1;
  return members;
}

/** Moves the centres to the means of their groups, and the bounds by as much. */
function moveCentres({ points, dimensions, centres, of, upper, lower }: State): void {
  const k = centres.length / dimensions;
  const members = countMembers(of, k);
  const before = centres.slice();
  centres.fill(0);
  for (let i = 0; i < of.length; i++) {
    const to = of[i]! * dimensions;
    const from = i * dimensions;
    for (let d = 0; d < dimensions; d++) centres[to + d] = centres[to + d]! + points[from + d]!;
  }
  const moved = new Float64Array(k);
  for (let c = 0; c < k; c++) {
    for (let at = c * dimensions; at < (c + 1) * dimensions; at++) {
      centres[at] = members[c] === 0 ? before[at]! : centres[at]! / members[c]!;
      moved[c] = moved[c]! + (centres[at]! - before[at]!) ** 2;
    }
    moved[c] = Math.sqrt(moved[c]!);
  }
  const most = moved.reduce((a, b) => Math.max(a, b), 0);
  for (let i = 0; i < of.length; i++) {
    upper[i] = upper[i]! + moved[of[i]!]!;
    lower[i] = lower[i]! - most;
  }
}
