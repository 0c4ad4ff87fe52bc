import type { Random } from '../../src-shared/maths/random.ts';
import type { Turns } from './long-work.ts';
import { partition } from './partition.ts';

/**
 * A random-projection tree (Dasgupta & Freund 2008): points halved again and again by planes across the line between
 * two of them. Node 0 is all points; node i has the children 2i + 1 and 2i + 2, which share its points half and half.
 */
export interface ProjectionTree {
  readonly dimensions: number;
  readonly leafSize: number;
  /** Points, leaf by leaf. */
  readonly order: Int32Array;
  /** Normal of each node's plane, nodes × dimensions. */
  readonly normals: Float32Array;
  /** Points whose product with the normal is below it are left. */
  readonly thresholds: Float64Array;
}

/** From … to of the order. */
export interface Leaf {
  readonly from: number;
  readonly to: number;
}

/** @param points points × dimensions, row-major */
export async function projectionTree(
  points: Float32Array,
  dimensions: number,
  leafSize: number,
  random: Random,
  turns: Turns,
): Promise<ProjectionTree> {
  const order = Int32Array.from({ length: points.length / dimensions }, (_, i) => i);
  let nodes = 0;
  for (let width = order.length, level = 1; width > leafSize; width -= width >> 1, level *= 2) nodes += level;
  const normals = new Float32Array(nodes * dimensions);
  const thresholds = new Float64Array(nodes);
  const divide = async (node: number, from: number, to: number): Promise<void> => {
    if (to - from <= leafSize) return;
    if (turns.due) await turns.take();
    const members = order.subarray(from, to);
    const normal = normals.subarray(node * dimensions, (node + 1) * dimensions);
    setNormal(normal, points, members, random);
    const keys = new Float64Array(members.length);
    for (let i = 0; i < keys.length; i++) keys[i] = dot(normal, points, members[i]! * dimensions);
    thresholds[node] = partition(members, keys, keys.length >> 1);
    const middle = (from + to) >> 1;
    await divide(2 * node + 1, from, middle);
    await divide(2 * node + 2, middle, to);
  };
  await divide(0, 0, order.length);
  return { dimensions, leafSize, order, normals, thresholds };
}

/** The line between two points of the part. */
function setNormal(normal: Float32Array, points: Float32Array, members: Int32Array, random: Random): void {
  const a = members[random.below(members.length)]! * normal.length;
  const b = members[random.below(members.length)]! * normal.length;
  for (let axis = 0; axis < normal.length; axis++) normal[axis] = points[a + axis]! - points[b + axis]!;
}

function dot(normal: Float32Array, points: Float32Array, from: number): number {
  let sum = 0;
  for (let axis = 0; axis < normal.length; axis++) sum += normal[axis]! * points[from + axis]!;
  return sum;
}

export function leavesOf({ order, leafSize }: ProjectionTree): Leaf[] {
  const leaves: Leaf[] = [];
  const divide = (from: number, to: number): void => {
    if (to - from <= leafSize) {
      leaves.push({ from, to });
      return;
    }
    const middle = (from + to) >> 1;
    divide(from, middle);
    divide(middle, to);
  };
  divide(0, order.length);
  return leaves;
}

/** The leaf into which a point falls, one of the tree or not; `at` is where its coordinates begin. */
export function leafAround(tree: ProjectionTree, points: Float32Array, at: number): Leaf {
  const { dimensions, leafSize, normals, thresholds } = tree;
  let [node, from, to] = [0, 0, tree.order.length];
  while (to - from > leafSize) {
    const normal = normals.subarray(node * dimensions, (node + 1) * dimensions);
    const isLeft = dot(normal, points, at) < thresholds[node]!;
    const middle = (from + to) >> 1;
    if (isLeft) to = middle;
    else from = middle;
    node = 2 * node + (isLeft ? 1 : 2);
  }
  return { from, to };
}
