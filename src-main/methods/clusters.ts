import { kMeans } from '../../src-shared/maths/k-means.ts';
import type { Grouping } from '../../src-shared/maths/k-means.ts';
import { Random } from '../../src-shared/maths/random.ts';
import { plainView } from '../matrix/affine-view.ts';
import { pause } from '../train/stage.ts';
import { affineExpression, blocksOf, type ExpressionView } from './expression-view.ts';

import type { MethodInput } from './method.ts';
import { principalComponents } from './principal-components.ts';

/** Reference cells in groups: cell types where the user gave them. */
export interface Clusters {
  /** Cluster of each kept reference cell; the largest cluster is 0. */
  readonly of: Int32Array;
  /** Cells in each cluster, falling. */
  readonly sizes: Int32Array;
  /** Where the clusters are not those that a method's authors ask for, in whole sentences. */
  readonly departures: readonly string[];
}

const COMPONENTS = 20;
const RESTARTS = 5;
const FEWEST = 5;
const MOST = 30;

/**
 * The reference's cell types; without labels, k-means++ groups of its processed values on their 20 leading principal
 * components, k = √(cells / 2) between 5 and 30, the best of five starts. The same for a seed.
 */
export async function cellClusters({ labels, data, seed, stop }: MethodInput): Promise<Clusters> {
  if (labels) return { ...bySize(labels), departures: [] };
  const { values } = data.reference;
  const k = Math.min(Math.max(FEWEST, Math.min(MOST, Math.round(Math.sqrt(values.rows / 2)))), values.rows);
  const random = new Random(seed, 'clusters');
  const components = Math.min(COMPONENTS, values.rows, values.columns);
  const points = principalComponents(affineExpression(plainView(values)), components, random);
  let best: Grouping | undefined;
  for (let start = 0; start < RESTARTS; start++) {
    await pause(stop);
    const grouping = kMeans(points, components, k, random);
    if (best === undefined || grouping.inertia < best.inertia) best = grouping;
  }
  return {
    ...bySize(Array.from(best!.of)),
    departures: [
      `The reference has no cell types, so ${k} clusters were found by k-means on ${components} principal components.`,
    ],
  };
}

/** Numbers the groups by falling size, the one that comes first in the data first among equals. */
function bySize(groups: readonly (string | number)[]): Pick<Clusters, 'of' | 'sizes'> {
  const sizes = new Map<string | number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const order = [...sizes].sort(([, a], [, b]) => b - a);
  const position = new Map(order.map(([group], i) => [group, i]));
  return {
    of: Int32Array.from(groups, (group) => position.get(group)!),
    sizes: Int32Array.from(order, ([, size]) => size),
  };
}

/**
 * Sums of a view's values over the cells of each cluster.
 *
 * @returns clusters × genes, row-major
 */
export function clusterSums(view: ExpressionView, { of, sizes }: Clusters): Float64Array {
  const sums = new Float64Array(sizes.length * view.columns);
  for (const { first, rows, values } of blocksOf(view)) {
    for (let i = 0; i < rows; i++) {
      const to = of[first + i]! * view.columns;
      const from = i * view.columns;
      for (let j = 0; j < view.columns; j++) sums[to + j] = sums[to + j]! + values[from + j]!;
    }
  }
  return sums;
}

/** Means instead of sums. */
export function clusterMeans(view: ExpressionView, clusters: Clusters): Float64Array {
  const { sizes } = clusters;
  return clusterSums(view, clusters).map((sum, n) => sum / sizes[Math.floor(n / view.columns)]!);
}
