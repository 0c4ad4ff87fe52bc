/** Points a leaf holds at most. */
const LEAF = 10;
/** Points of a node that takes some milliseconds to split. */
const MANY = 1 << 14;

/**
 * A k-d tree over points (Bentley 1975), halved at the median of the widest side until a leaf holds few.
 * Nodes lie as in a heap: the children of node i are 2i + 1 and 2i + 2; a node over [from, to) splits in the middle.
 */
export interface KdTree {
  readonly dimensions: number;
  /** The points' indices in the order of the leaves. */
  readonly order: Int32Array;
  /** points × dimensions, in that order. */
  readonly points: Float64Array;
  /** Of each node: the smallest coordinates, then the largest. */
  readonly boxes: Float64Array;
  /** Of each node: the smallest index among its points, so that ties can be decided without a visit. */
  readonly firsts: Int32Array;
}

/** True where [from, to) is not split further. */
export function isLeaf(from: number, to: number): boolean {
  return to - from <= LEAF;
}

/** Builds the tree; `points` is points × dimensions, row-major, all finite. O(n log n). */
export function kdTree(points: Float64Array, dimensions: number): KdTree {
  const steps = kdTreeSteps(points, dimensions);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** Builds the tree as {@link kdTree} does, and lets go of the thread after each node of many points. */
export function* kdTreeSteps(points: Float64Array, dimensions: number): Generator<undefined, KdTree> {
  const n = points.length / dimensions;
  let depth = 0;
  while (!isLeaf(0, Math.ceil(n / 2 ** depth))) depth++;
  const nodes = 2 ** (depth + 1) - 1;
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const boxes = new Float64Array(nodes * 2 * dimensions);
  const firsts = new Int32Array(nodes);

  const waiting = [{ node: 0, from: 0, to: n }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, from, to } = next;
    const box = boxes.subarray(node * 2 * dimensions, (node + 1) * 2 * dimensions);
    firsts[node] = bound(points, order.subarray(from, to), box);
    if (isLeaf(from, to)) continue;
    const axis = widestAxis(box);
    const middle = (from + to) >> 1;
    select(order, from, to - 1, middle, (a, b) => {
      return points[a * dimensions + axis]! - points[b * dimensions + axis]! || a - b;
    });
    waiting.push({ node: 2 * node + 2, from: middle, to }, { node: 2 * node + 1, from, to: middle });
    if (to - from > MANY) yield;
  }

  const sorted = new Float64Array(points.length);
  order.forEach((index, i) => {
    sorted.set(points.subarray(index * dimensions, (index + 1) * dimensions), i * dimensions);
  });
  return { dimensions, order, points: sorted, boxes, firsts };
}

/** Writes the smallest and largest coordinates of some points to `box`; returns the smallest index. */
function bound(points: Float64Array, indices: Int32Array, box: Float64Array): number {
  const dimensions = box.length / 2;
  box.fill(Infinity, 0, dimensions).fill(-Infinity, dimensions);
  let first = Number.MAX_SAFE_INTEGER;
  for (const index of indices) {
    first = Math.min(first, index);
    for (let axis = 0; axis < dimensions; axis++) {
      const x = points[index * dimensions + axis]!;
      if (x < box[axis]!) box[axis] = x;
      if (x > box[dimensions + axis]!) box[dimensions + axis] = x;
    }
  }
  return first;
}

function widestAxis(box: Float64Array): number {
  const dimensions = box.length / 2;
  let widest = 0;
  for (let axis = 1; axis < dimensions; axis++) {
    if (box[dimensions + axis]! - box[axis]! > box[dimensions + widest]! - box[widest]!) widest = axis;
  }
  return widest;
}

/** Hoare's quickselect: afterwards all before position `k` of left … right compare smaller, all behind it larger. */
function select(
  items: Int32Array,
  left: number,
  right: number,
  k: number,
  compare: (a: number, b: number) => number,
): void {
  while (left < right) {
    const pivot = items[(left + right) >> 1]!;
    let i = left;
    let j = right;
    while (i <= j) {
      while (compare(items[i]!, pivot) < 0) i++;
      while (compare(items[j]!, pivot) > 0) j--;
      if (i > j) break;
      const kept = items[i]!;
      items[i++] = items[j]!;
      items[j--] = kept;
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else return;
  }
}
