import { isLeaf } from './kd-tree.ts';
import type { KdTree } from './kd-tree.ts';

/** Points found within a radius; as long as the most that a search may find. */
export interface Found {
  readonly indices: Int32Array;
  readonly squaredDistances: Float64Array;
}

/**
 * Finds the other points of a tree within a radius, the radius included, of one of its points after another.
 * Squared distances are compared as doubles.
 */
export class RadiusSearch {
  readonly #tree: KdTree;
  readonly #at: Float64Array;
  readonly #limit: number;
  #place = 0;
  #count = 0;
  #found: Found | undefined;

  constructor(tree: KdTree, radius: number) {
    this.#tree = tree;
    this.#at = new Float64Array(tree.dimensions);
    this.#limit = radius * radius;
  }

  /** Other points within the radius of the one at a place of the tree's order; quick also where they are many. */
  count(place: number): number {
    this.#found = undefined;
    return this.#search(place);
  }

  /** The same, and writes which they are, in no order. */
  collect(place: number, found: Found): number {
    this.#found = found;
    return this.#search(place);
  }

  #search(place: number): number {
    const { points, dimensions, order } = this.#tree;
    this.#place = place;
    for (let axis = 0; axis < dimensions; axis++) this.#at[axis] = points[place * dimensions + axis]!;
    this.#count = 0;
    this.#visit(0, 0, order.length);
    return this.#count;
  }

  #visit(node: number, from: number, to: number): void {
    if (this.#nearest(node) > this.#limit) return;
    if (this.#found === undefined && this.#farthest(node) <= this.#limit) {
      this.#count += to - from - (from <= this.#place && this.#place < to ? 1 : 0);
    } else if (isLeaf(from, to)) {
      for (let place = from; place < to; place++) if (place !== this.#place) this.#look(place);
    } else {
      const middle = (from + to) >> 1;
      this.#visit(2 * node + 1, from, middle);
      this.#visit(2 * node + 2, middle, to);
    }
  }

  #look(place: number): void {
    const { points, dimensions, order } = this.#tree;
    let distance = 0;
    for (let axis = 0; axis < dimensions; axis++) {
      const gap = points[place * dimensions + axis]! - this.#at[axis]!;
      distance += gap * gap;
    }
    if (distance > this.#limit) return;
    if (this.#found !== undefined) {
      this.#found.indices[this.#count] = order[place]!;
      this.#found.squaredDistances[this.#count] = distance;
    }
    this.#count++;
  }

  /** Squared distance to a node's box. Rounding is monotone, so no point of it is computed to be nearer. */
  #nearest(node: number): number {
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

  /** Squared distance to the farthest corner of a node's box; no point of it is computed to be farther. */
  #farthest(node: number): number {
    const { boxes, dimensions } = this.#tree;
    const low = node * 2 * dimensions;
    let sum = 0;
    for (let axis = 0; axis < dimensions; axis++) {
      const x = this.#at[axis]!;
      const gap = Math.max(x - boxes[low + axis]!, boxes[low + dimensions + axis]! - x);
      sum += gap * gap;
    }
    return sum;
  }
}

/** Gaps of a Shell sort (Ciura 2001). */
const GAPS = [701, 301, 132, 57, 23, 10, 4, 1];

/** Sorts the first `count` of what was found, nearest first, the smaller index first among equally near. In place. */
export function sortFound({ indices, squaredDistances }: Found, count: number): void {
  for (const gap of GAPS) {
    for (let i = gap; i < count; i++) {
      const distance = squaredDistances[i]!;
      const index = indices[i]!;
      let to = i;
      for (; to >= gap; to -= gap) {
        const before = squaredDistances[to - gap]!;
        if (before < distance || (before === distance && indices[to - gap]! < index)) break;
        squaredDistances[to] = before;
        indices[to] = indices[to - gap]!;
      }
      squaredDistances[to] = distance;
      indices[to] = index;
    }
  }
}
