import { isLeaf } from './kd-tree.ts';
import type { KdTree } from './kd-tree.ts';

/**
 * Looks for the k nearest other points of one point of a tree after another. Squared distances are compared as
 * doubles; equally near points go by index, the smaller first.
 */
export class NearestSearch {
  readonly #tree: KdTree;
  readonly #at: Float64Array;
  readonly #distances: Float64Array;
  readonly #found: Int32Array;
  #place = 0;

  /** @param k neighbours of each point, fewer than the tree has points */
  constructor(tree: KdTree, k: number) {
    this.#tree = tree;
    this.#at = new Float64Array(tree.dimensions);
    this.#distances = new Float64Array(k);
    this.#found = new Int32Array(k);
  }

  /** Squared distances of those that {@link around} found last, rising; overwritten by its next call. */
  get squaredDistances(): Float64Array {
    return this.#distances;
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
