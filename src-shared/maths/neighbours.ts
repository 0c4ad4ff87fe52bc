import { isLeaf, kdTree } from './kd-tree.ts';
import type { KdTree } from './kd-tree.ts';
import type { Numbers } from './statistics.ts';

/** Positions of cells: cells × dimensions, row-major; NaN where a cell has none. */
export interface Positions {
  readonly dimensions: number;
  readonly values: Numbers;
}

/** The nearest other cells of every cell that has a position. */
export interface Neighbours {
  /** Cells asked about, those without a position included. */
  readonly size: number;
  /** Cells that have a position, in increasing order. */
  readonly cells: Int32Array;
  /** Neighbours of each. */
  readonly k: number;
  /** Row i: the neighbours of cells[i], nearest first, as indices among all cells; cells.length × k, row-major. */
  readonly neighbours: Int32Array;
}

/**
 * The k nearest other cells of each cell by Euclidean distance, exactly, in any number of dimensions. Equally near
 * ones go by index, the smaller first; other cells at the very same place count as neighbours at distance 0. Cells
 * with a coordinate that is not finite are left out. Where there are fewer than k + 1 cells, k is all the others.
 *
 * Throws a RangeError unless k ≥ 1 is whole and the values fill whole rows.
 */
export function nearestNeighbours(positions: Positions, k: number): Neighbours {
  const { dimensions, values } = positions;
  const size = values.length / dimensions;
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`${k} neighbours`);
  if (!(dimensions >= 1 && Number.isInteger(size))) {
    throw new RangeError(`${values.length} values are no positions in ${dimensions} dimensions`);
  }
  const cells = located(positions, size);
  const points = new Float64Array(cells.length * dimensions);
  for (let i = 0; i < points.length; i++) {
    points[i] = values[cells[Math.floor(i / dimensions)]! * dimensions + (i % dimensions)]!;
  }
  const reached = Math.max(0, Math.min(k, cells.length - 1));
  const neighbours = reached === 0 ? new Int32Array() : searchAll(kdTree(points, dimensions), reached);
  return { size, cells, k: reached, neighbours: neighbours.map((found) => cells[found]!) };
}

function located({ dimensions, values }: Positions, size: number): Int32Array {
  const hasPosition = (cell: number): boolean => {
    for (let axis = 0; axis < dimensions; axis++) {
      if (!Number.isFinite(values[cell * dimensions + axis]!)) return false;
    }
    return true;
  };
  return Int32Array.from({ length: size }, (_, i) => i).filter(hasPosition);
}

/** Row i: the k nearest other points of point i. */
function searchAll(tree: KdTree, k: number): Int32Array {
  const search = new Search(tree, k);
  const result = new Int32Array(tree.order.length * k);
  // In the order of the leaves, one search finds most of its nodes still in the processor's cache.
  for (let place = 0; place < tree.order.length; place++) {
    result.set(search.around(place), tree.order[place]! * k);
  }
  return result;
}

/** Looks for the nearest points of one point after another. Squared distances are compared as doubles. */
class Search {
  readonly #tree: KdTree;
  readonly #at: Float64Array;
  readonly #distances: Float64Array;
  readonly #found: Int32Array;
  #place = 0;

  constructor(tree: KdTree, k: number) {
    this.#tree = tree;
    this.#at = new Float64Array(tree.dimensions);
    this.#distances = new Float64Array(k);
    this.#found = new Int32Array(k);
  }

  /** Indices of the nearest points of the one at a place of the tree's order; overwritten by the next call. */
  around(place: number): Int32Array {
    const { points, dimensions, order } = this.#tree;
    this.#place = place;
    this.#at.set(points.subarray(place * dimensions, (place + 1) * dimensions));
    this.#distances.fill(Infinity);
    this.#visit(0, 0, order.length);
    return this.#found;
  }

  #visit(node: number, from: number, to: number): void {
    if (isLeaf(from, to)) {
      for (let place = from; place < to; place++) if (place !== this.#place) this.#offer(place);
      return;
    }
    const middle = (from + to) >> 1;
    const [left, right] = [2 * node + 1, 2 * node + 2];
    const [toLeft, toRight] = [this.#distanceToBox(left), this.#distanceToBox(right)];
    if (this.#isBefore(toLeft, left, toRight, right)) {
      if (this.#mayHelp(toLeft, left)) this.#visit(left, from, middle);
      if (this.#mayHelp(toRight, right)) this.#visit(right, middle, to);
    } else {
      if (this.#mayHelp(toRight, right)) this.#visit(right, middle, to);
      if (this.#mayHelp(toLeft, left)) this.#visit(left, from, middle);
    }
  }

  #isBefore(distance: number, node: number, otherDistance: number, other: number): boolean {
    const { firsts } = this.#tree;
    return distance < otherDistance || (distance === otherDistance && firsts[node]! < firsts[other]!);
  }

  /** Whether a node can hold a point nearer than the worst found, or as near with a smaller index. */
  #mayHelp(distance: number, node: number): boolean {
    const last = this.#found.length - 1;
    const worst = this.#distances[last]!;
    return distance < worst || (distance === worst && this.#tree.firsts[node]! < this.#found[last]!);
  }

  /** Rounding is monotone, so this is never above the computed distance to any point of the box. */
  #distanceToBox(node: number): number {
    const { boxes, dimensions } = this.#tree;
    const low = node * 2 * dimensions;
    let sum = 0;
    for (let axis = 0; axis < dimensions; axis++) {
      const x = this.#at[axis]!;
      const gap = Math.max(boxes[low + axis]! - x, 0, x - boxes[low + dimensions + axis]!);
      sum += gap * gap;
    }
    return sum;
  }

  /** Inserts a point among those found if it is near enough. */
  #offer(place: number): void {
    const { points, dimensions, order } = this.#tree;
    let distance = 0;
    for (let axis = 0; axis < dimensions; axis++) {
      const gap = points[place * dimensions + axis]! - this.#at[axis]!;
      distance += gap * gap;
    }
    const index = order[place]!;
    const [distances, found] = [this.#distances, this.#found];
    let slot = found.length;
    while (slot > 0 && closer(distance, index, distances[slot - 1]!, found[slot - 1]!)) slot--;
    if (slot === found.length) return;
    distances.copyWithin(slot + 1, slot);
    found.copyWithin(slot + 1, slot);
    distances[slot] = distance;
    found[slot] = index;
  }
}

function closer(distance: number, index: number, otherDistance: number, other: number): boolean {
  return distance < otherDistance || (distance === otherDistance && index < other);
}
