import { squaredDistance } from '../../src-shared/maths/distance.ts';
import type { Random } from '../../src-shared/maths/random.ts';
import { Turns } from './long-work.ts';
import type { LongWork } from './long-work.ts';
import type { NearestRows } from './nearest-rows.ts';
import { NeighbourLists } from './neighbour-lists.ts';
import { leafAround, leavesOf, projectionTree } from './projection-tree.ts';
import type { ProjectionTree } from './projection-tree.ts';

/** Points, trees over them, and the neighbours that they have among each other. */
export interface NeighbourIndex {
  readonly points: Float32Array;
  readonly dimensions: number;
  readonly trees: readonly ProjectionTree[];
  readonly nearest: NearestRows;
}

const TREES = 8;
const LEAF_SIZE = 60;
/** How often the neighbours of the nearest so far are looked at for a query. */
const HOPS = 2;
/** Nearest so far that are kept for a query at least. */
const BREADTH = 15;
/** Up to so many points, all are compared with all. */
const EXACT_POINTS = 2000;
const MOST_ROUNDS = 4;
/** Rounds end when fewer than this share of the neighbours changed. */
const FEW_CHANGES = 0.002;
/** Share of the time that the trees take. */
const TREES_SHARE = 0.5;

/**
 * Nearly the k nearest other points of every point by Euclidean distance: those that share a leaf of one of eight
 * random-projection trees, then, in rounds, the neighbours of neighbours (Dong, Moses & Li 2011). Exact up to 2,000
 * points. Where there are fewer than k + 1 points, k is all the others.
 *
 * @param points points × dimensions, row-major
 * Throws a RangeError unless the numbers are finite and fill whole rows, and there are two points and k ≥ 1.
 */
export async function neighbourIndex(
  points: Float32Array,
  dimensions: number,
  k: number,
  random: Random,
  work: LongWork = {},
): Promise<NeighbourIndex> {
  const count = points.length / dimensions;
  if (!(Number.isInteger(count) && count >= 2)) {
    throw new RangeError(`${points.length} values in ${dimensions} dimensions`);
  }
  if (!points.every(Number.isFinite)) throw new RangeError('a coordinate that is not finite');
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`${k} neighbours`);
  const isExact = count <= EXACT_POINTS;
  const search = new Search(points, dimensions, new NeighbourLists(count, Math.min(k, count - 1)));
  const turns = new Turns(work);
  const trees: ProjectionTree[] = [];
  for (let t = 0; t < (isExact ? 1 : TREES); t++) {
    const leafSize = isExact ? EXACT_POINTS : LEAF_SIZE;
    trees.push(await projectionTree(points, dimensions, leafSize, random, turns));
    await search.joinLeaves(trees[t]!, turns, (t / TREES) * TREES_SHARE);
  }
  for (let round = 0; round < MOST_ROUNDS && !isExact; round++) {
    const begun = TREES_SHARE + ((1 - TREES_SHARE) * round) / MOST_ROUNDS;
    const changes = await search.joinNeighbours(turns, begun);
    if (changes < FEW_CHANGES * count * k) break;
  }
  return { points, dimensions, trees, nearest: found(search.lists) };
}

function found({ k, neighbours, squares }: NeighbourLists): NearestRows {
  return { k, neighbours, distances: squares.map(Math.sqrt) };
}

/** Compares points with each other. */
class Search {
  readonly lists: NeighbourLists;
  readonly #points: Float32Array;
  readonly #dimensions: number;
  /** The last point that looked at each. */
  readonly #seenBy: Int32Array;

  constructor(points: Float32Array, dimensions: number, lists: NeighbourLists) {
    this.lists = lists;
    this.#points = points;
    this.#dimensions = dimensions;
    this.#seenBy = new Int32Array(points.length / dimensions).fill(-1);
  }

  async joinLeaves(tree: ProjectionTree, turns: Turns, share: number): Promise<void> {
    for (const { from, to } of leavesOf(tree)) {
      for (let i = from; i < to; i++) {
        for (let j = from; j < i; j++) this.#compare(tree.order[i]!, tree.order[j]!);
        if (turns.due) await turns.take(share);
      }
    }
  }

  /**
   * Compares every point with the neighbours of its neighbours, unless both links were there before the last round;
   * the number of entries that changed.
   */
  async joinNeighbours(turns: Turns, share: number): Promise<number> {
    const { k, neighbours, entered } = this.lists;
    const last = this.lists.round++;
    this.#seenBy.fill(-1);
    let changes = 0;
    for (let point = 0; point * k < neighbours.length; point++) {
      const around = neighbours.slice(point * k, (point + 1) * k);
      const links = entered.slice(point * k, (point + 1) * k);
      this.#seenBy[point] = point;
      for (const neighbour of around) this.#seenBy[neighbour] = point;
      for (let link = 0; link < k; link++) {
        for (let at = around[link]! * k; at < (around[link]! + 1) * k; at++) {
          const other = neighbours[at]!;
          if (this.#seenBy[other] === point || (links[link]! < last && entered[at]! < last)) continue;
          this.#seenBy[other] = point;
          changes += this.#compare(point, other);
        }
      }
      if (turns.due) await turns.take(share);
    }
    return changes;
  }

  /** Offers two points to each other; how many took it. */
  #compare(a: number, b: number): number {
    const d = this.#dimensions;
    const square = squaredDistance(this.#points, a * d, this.#points, b * d, d);
    return Number(this.lists.offer(a, b, square)) + Number(this.lists.offer(b, a, square));
  }
}

/**
 * Nearly the k nearest points of an index to each query: those of the leaves into which the query falls, then the
 * neighbours of the nearest among these.
 *
 * @param queries queries × dimensions, row-major
 */
export async function queryNeighbours(
  index: NeighbourIndex,
  queries: Float32Array,
  k: number,
  work: LongWork = {},
): Promise<NearestRows> {
  const { points, dimensions: d, trees, nearest } = index;
  const [rows, count] = [queries.length / d, points.length / d];
  const lists = new NeighbourLists(rows, Math.min(Math.max(k, BREADTH), count));
  const seenBy = new Int32Array(count).fill(-1);
  const turns = new Turns(work);
  const compare = (query: number, point: number): void => {
    if (seenBy[point] === query) return;
    seenBy[point] = query;
    lists.offer(query, point, squaredDistance(queries, query * d, points, point * d, d));
  };
  for (let query = 0; query < rows; query++) {
    for (const tree of trees) {
      const { from, to } = leafAround(tree, queries, query * d);
      for (let at = from; at < to; at++) compare(query, tree.order[at]!);
    }
    for (let hop = 0; hop < HOPS; hop++) {
      for (const point of lists.neighbours.slice(query * lists.k, (query + 1) * lists.k)) {
        const from = point * nearest.k;
        for (let at = from; at < from + nearest.k; at++) compare(query, nearest.neighbours[at]!);
      }
    }
    if (turns.due) await turns.take(query / rows);
  }
  return nearestOf(found(lists), Math.min(k, count));
}

/** The first k of more neighbours. */
function nearestOf(more: NearestRows, k: number): NearestRows {
  const rows = more.neighbours.length / more.k;
  const neighbours = new Int32Array(rows * k);
  const distances = new Float64Array(rows * k);
  for (let row = 0; row < rows; row++) {
    const from = row * more.k;
    neighbours.set(more.neighbours.subarray(from, from + k), row * k);
    distances.set(more.distances.subarray(from, from + k), row * k);
  }
  return { k, neighbours, distances };
}
