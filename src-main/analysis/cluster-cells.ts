import { UserError } from '../../src-shared/contract/errors.ts';
import { Random } from '../../src-shared/maths/random.ts';
import { neighbourIndex } from './approximate-neighbours.ts';
import { fuzzyGraph } from './fuzzy-graph.ts';
import { leiden } from './leiden.ts';
import type { Communities, LeidenOptions } from './leiden.ts';
import { partOf } from './long-work.ts';
import { weightedGraph } from './weighted-graph.ts';

export interface ClusterOptions extends LeidenOptions {
  /** Neighbours of each cell, itself included. */
  readonly neighbours?: number;
}

const NEIGHBOURS = 15;
const FEWEST_CELLS = 3;
/** Share of the time that the neighbours take. */
const NEIGHBOURS_SHARE = 0.8;

/**
 * Clusters of cells: {@link leiden} communities of the fuzzy graph of their nearest neighbours by principal components,
 * as Scanpy's `pp.neighbors` and `tl.leiden` make them. The same seed gives the same clusters.
 *
 * @param principalComponents cells × components, row-major
 * Throws a UserError for fewer than three cells, a RangeError unless the numbers are finite and fill whole rows.
 */
export async function clusterCells(
  principalComponents: Float32Array,
  components: number,
  { neighbours = NEIGHBOURS, ...options }: ClusterOptions = {},
): Promise<Communities> {
  const cells = principalComponents.length / components;
  if (cells < FEWEST_CELLS) {
    throw new UserError(`Clusters need at least ${FEWEST_CELLS} cells, and there are ${cells}.`);
  }
  const random = new Random(options.seed ?? 0, 'neighbours');
  const begun = partOf(options, 0, NEIGHBOURS_SHARE);
  const { nearest } = await neighbourIndex(principalComponents, components, neighbours - 1, random, begun);
  const graph = weightedGraph(cells, await fuzzyGraph(nearest, options));
  return leiden(graph, partOf(options, NEIGHBOURS_SHARE, 1));
}
