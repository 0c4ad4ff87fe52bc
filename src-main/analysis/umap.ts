import { UserError } from '../../src-shared/contract/errors.ts';
import { Random } from '../../src-shared/maths/random.ts';
import { neighbourIndex, queryNeighbours } from './approximate-neighbours.ts';
import { fuzzyGraph } from './fuzzy-graph.ts';
import { partOf } from './long-work.ts';
import type { LongWork } from './long-work.ts';
import type { NearestRows } from './nearest-rows.ts';
import { optimiseLayout } from './umap-layout.ts';

export interface UmapOptions extends LongWork {
  /** Neighbours of each cell, itself included. */
  readonly neighbours?: number;
  /** Most cells that are embedded; the others are placed among them. */
  readonly embedded?: number;
  readonly seed?: number;
}

const NEIGHBOURS = 15;
const MOST_EMBEDDED = 20_000;
/** Embedded neighbours whose mean is the place of a cell that is not embedded. */
const PLACED_BY = 5;
const FEWEST_CELLS = 3;
/** Epochs up to so many cells, and beyond, as in umap-learn. */
const FEW_CELLS = 10_000;
const [EPOCHS_FOR_FEW, EPOCHS] = [500, 200];

/**
 * UMAP of cells in the plane (McInnes, Healy & Melville 2018) from their principal components, with umap-learn's
 * defaults (15 neighbours, smallest distance 0.1), begun from the first two components. At most 20,000 cells, a random
 * sample, are embedded; every other lies at the mean of its five nearest embedded cells, weighted by 1 / distance.
 * The same seed gives the same embedding.
 *
 * @param principalComponents cells × components, row-major, components in order of their variance
 * Returns cells × 2, row-major. Throws a UserError for fewer than three cells, a RangeError unless the numbers are
 * finite and fill whole rows.
 */
export async function umap(
  principalComponents: Float32Array,
  components: number,
  { neighbours = NEIGHBOURS, embedded = MOST_EMBEDDED, seed = 0, ...work }: UmapOptions = {},
): Promise<Float32Array> {
  const cells = principalComponents.length / components;
  if (cells < FEWEST_CELLS) {
    throw new UserError(`An embedding needs at least ${FEWEST_CELLS} cells, and there are ${cells}.`);
  }
  const random = new Random(seed, 'umap');
  const [chosen, others] = sample(cells, embedded, random);
  const points = rowsOf(principalComponents, components, chosen);
  const index = await neighbourIndex(points, components, neighbours - 1, random, partOf(work, 0, 0.2));
  const layout = begin(points, components, random);
  const epochs = chosen.length <= FEW_CELLS ? EPOCHS_FOR_FEW : EPOCHS;
  const graph = await fuzzyGraph(index.nearest, work);
  await optimiseLayout(layout, graph, epochs, random, partOf(work, 0.2, 0.9));
  const result = new Float32Array(cells * 2);
  chosen.forEach((cell, at) => result.set(layout.subarray(2 * at, 2 * at + 2), 2 * cell));
  if (others.length > 0) {
    const queries = rowsOf(principalComponents, components, others);
    place(result, others, await queryNeighbours(index, queries, PLACED_BY, partOf(work, 0.9, 1)), layout);
  }
  return result;
}

/** Cells that are embedded, and the others, each in increasing order. */
function sample(cells: number, most: number, random: Random): [Int32Array, Int32Array] {
  const order = random.permutation(cells);
  return [order.subarray(0, most).sort(), order.subarray(most).sort()];
}

function rowsOf(values: Float32Array, width: number, rows: Int32Array): Float32Array {
  const result = new Float32Array(rows.length * width);
  rows.forEach((row, at) => result.set(values.subarray(row * width, (row + 1) * width), at * width));
  return result;
}

/** The first two components in −10 … 10, shaken a little so that no two cells are at one place. */
function begin(points: Float32Array, components: number, random: Random): Float64Array {
  const layout = new Float64Array((points.length / components) * 2);
  let largest = 0;
  for (let at = 0; at < layout.length; at++) {
    const axis = at & 1;
    layout[at] = axis < components ? points[(at >> 1) * components + axis]! : 0;
    largest = Math.max(largest, Math.abs(layout[at]!));
  }
  return layout.map((value) => (largest > 0 ? (10 * value) / largest : 0) + 1e-4 * random.normal());
}

/** Puts cells at the weighted means of their neighbours' places; at the mean of those at distance 0 where there are. */
function place(result: Float32Array, cells: Int32Array, nearest: NearestRows, layout: Float64Array): void {
  const { k, neighbours, distances } = nearest;
  for (let row = 0; row < cells.length; row++) {
    const isHit = distances[row * k] === 0;
    let [x, y, total] = [0, 0, 0];
    for (let at = row * k; at < (row + 1) * k; at++) {
      const weight = isHit ? Number(distances[at] === 0) : 1 / distances[at]!;
      x += weight * layout[2 * neighbours[at]!]!;
      y += weight * layout[2 * neighbours[at]! + 1]!;
      total += weight;
    }
    result.set([x / total, y / total], 2 * cells[row]!);
  }
}
