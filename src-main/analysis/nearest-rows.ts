import { squaredDistance } from '../../src-shared/maths/distance.ts';
import { plainProducts } from '../../src-shared/maths/products.ts';
import type { Products } from '../../src-shared/maths/products.ts';
import { Turns } from './long-work.ts';
import type { LongWork } from './long-work.ts';

/** The nearest points of each query. */
export interface NearestRows {
  readonly k: number;
  /** Queries × k, nearest first. */
  readonly neighbours: Int32Array;
  /** Euclidean, queries × k. */
  readonly distances: Float64Array;
}

export interface NearestRowsOptions extends LongWork {
  /** Plain JavaScript when left out. */
  readonly products?: Products | undefined;
}

/** Candidates beyond k whose exact distances are computed, as those by products are rounded. */
const SPARE = 8;
const QUERIES_AT_ONCE = 256;
const POINTS_AT_ONCE = 2048;

/**
 * The k nearest points of every query by Euclidean distance, by brute force: ‖p‖² − 2 q·p in single precision (about
 * the mean of the points, so that little is lost) picks k + 8 candidates, of which distances in double precision pick
 * the nearest; equally near ones go by index. k is the number of points where there are fewer.
 *
 * @param queries queries × dimensions, row-major
 * @param points points × dimensions, row-major
 * Throws a RangeError unless the numbers are finite and fill whole rows, and there is a point and k ≥ 1.
 */
export async function nearestRows(
  queries: Float32Array,
  points: Float32Array,
  dimensions: number,
  k: number,
  options: NearestRowsOptions = {},
): Promise<NearestRows> {
  const [queryCount, pointCount] = [queries.length / dimensions, points.length / dimensions];
  if (!(Number.isInteger(queryCount) && Number.isInteger(pointCount) && pointCount >= 1)) {
    throw new RangeError(`${queries.length} and ${points.length} values in ${dimensions} dimensions`);
  }
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`${k} neighbours`);
  const reached = Math.min(k, pointCount);
  const centre = columnMeans(points, dimensions);
  const target = { points: shifted(points, centre), dimensions, products: options.products ?? plainProducts };
  const exact = new Exact(queries, points, dimensions, reached);
  const turns = new Turns(options);
  for (let from = 0; from < queryCount; from += QUERIES_AT_ONCE) {
    const to = Math.min(queryCount, from + QUERIES_AT_ONCE);
    const block = shifted(queries.subarray(from * dimensions, to * dimensions), centre);
    const candidates = await findCandidates(block, target, Math.min(reached + SPARE, pointCount), turns);
    exact.settle(from, candidates, to - from);
    if (turns.due) await turns.take(to / queryCount);
  }
  return { k: reached, neighbours: exact.neighbours, distances: exact.distances };
}

function columnMeans(values: Float32Array, dimensions: number): Float64Array {
  const rows = values.length / dimensions;
  const means = new Float64Array(dimensions);
  for (let row = 0; row < rows; row++) {
    for (let axis = 0; axis < dimensions; axis++) {
      means[axis] = means[axis]! + values[row * dimensions + axis]! / rows;
    }
  }
  return means;
}

function shifted(values: Float32Array, centre: Float64Array): Float32Array {
  const result = new Float32Array(values.length);
  for (let at = 0; at < values.length; at += centre.length) {
    for (let axis = 0; axis < centre.length; axis++) {
      const value = values[at + axis]! - centre[axis]!;
      if (!Number.isFinite(value)) throw new RangeError(`a coordinate of ${value}`);
      result[at + axis] = value;
    }
  }
  return result;
}

interface Target {
  readonly points: Float32Array;
  readonly dimensions: number;
  readonly products: Products;
}

/** Row i: the `count` points with the smallest ‖p‖² − 2 q·p of query i, in increasing order of it. */
async function findCandidates(
  queries: Float32Array,
  { points, dimensions, products }: Target,
  count: number,
  turns: Turns,
): Promise<Int32Array> {
  const rows = queries.length / dimensions;
  const best = new Best(rows, count);
  for (let from = 0; from < points.length / dimensions; from += POINTS_AT_ONCE) {
    const block = points.subarray(from * dimensions, (from + POINTS_AT_ONCE) * dimensions);
    const width = block.length / dimensions;
    const norms = new Float64Array(width);
    for (let j = 0; j < width; j++) {
      for (let t = j * dimensions; t < (j + 1) * dimensions; t++)
        norms[j] = norms[j]! + block[t]! * block[t]!;
    }
    const dots = products.times(queries, rows, block, width, dimensions);
    for (let row = 0; row < rows; row++) best.offer(row, dots, row * width, norms, from);
    if (turns.due) await turns.take();
  }
  return best.points;
}

/** The smallest scores of several rows, each kept sorted. */
class Best {
  readonly points: Int32Array;
  readonly #scores: Float64Array;
  readonly #count: number;

  constructor(rows: number, count: number) {
    this.points = new Int32Array(rows * count);
    this.#scores = new Float64Array(rows * count).fill(Infinity);
    this.#count = count;
  }

  offer(row: number, dots: Float32Array, at: number, norms: Float64Array, firstPoint: number): void {
    const [begin, last] = [row * this.#count, (row + 1) * this.#count - 1];
    const [scores, points] = [this.#scores, this.points];
    let worst = scores[last]!;
    for (let j = 0; j < norms.length; j++) {
      const score = norms[j]! - 2 * dots[at + j]!;
      if (score >= worst) continue;
      let slot = last;
      for (; slot > begin && scores[slot - 1]! > score; slot--) {
        scores[slot] = scores[slot - 1]!;
        points[slot] = points[slot - 1]!;
      }
      scores[slot] = score;
      points[slot] = firstPoint + j;
      worst = scores[last]!;
    }
  }
}

/** Orders candidates by their distances in double precision, and keeps the k nearest. */
class Exact {
  readonly neighbours: Int32Array;
  readonly distances: Float64Array;
  readonly #queries: Float32Array;
  readonly #points: Float32Array;
  readonly #dimensions: number;
  readonly #k: number;

  constructor(queries: Float32Array, points: Float32Array, dimensions: number, k: number) {
    [this.#queries, this.#points, this.#dimensions, this.#k] = [queries, points, dimensions, k];
    this.neighbours = new Int32Array((queries.length / dimensions) * k);
    this.distances = new Float64Array(this.neighbours.length).fill(Infinity);
  }

  /** @param candidates queries from `first` on × any number */
  settle(first: number, candidates: Int32Array, rows: number): void {
    const count = candidates.length / rows;
    for (let row = 0; row < rows; row++) {
      for (let c = row * count; c < (row + 1) * count; c++) this.#insert(first + row, candidates[c]!);
    }
  }

  #insert(query: number, point: number): void {
    const { neighbours, distances } = this;
    const d = this.#dimensions;
    const distance = Math.sqrt(squaredDistance(this.#queries, query * d, this.#points, point * d, d));
    const begin = query * this.#k;
    let slot = begin + this.#k;
    while (slot > begin && isCloser(distance, point, distances[slot - 1]!, neighbours[slot - 1]!)) slot--;
    if (slot === begin + this.#k) return;
    distances.copyWithin(slot + 1, slot, begin + this.#k - 1);
    neighbours.copyWithin(slot + 1, slot, begin + this.#k - 1);
    distances[slot] = distance;
    neighbours[slot] = point;
  }
}

function isCloser(distance: number, point: number, otherDistance: number, other: number): boolean {
  return distance < otherDistance || (distance === otherDistance && point < other);
}
