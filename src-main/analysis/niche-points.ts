import { composition } from './composition.ts';
import type { Labels } from './composition.ts';
import { Turns } from './long-work.ts';
import type { LongWork } from './long-work.ts';
import type { NeighbourGraph } from './neighbour-graph.ts';

/** Neighbours whose types make the niche of a cell. */
export const NICHE_NEIGHBOURS = 20;

/** A scaled share is at most this far from 0. */
const CAP = 10;

/** What niches are found from: the surroundings of the cells that have any. */
export interface NichePoints {
  /** Cells of the whole, those without surroundings included. */
  readonly size: number;
  /** Cells that have surroundings, rising. */
  readonly cells: Int32Array;
  readonly types: number;
  /** Share of each type around each of those cells, itself included: cells × types, row-major. */
  readonly shares: Float32Array;
  /** The shares scaled per type, (p − mean) / sd: cells × types, row-major. */
  readonly values: Float64Array;
}

/**
 * The composition of each cell's surroundings, itself included, scaled per type to mean 0 and sample standard
 * deviation 1 and cut off at ±10, as Seurat's BuildNicheAssay and ScaleData have it. A type whose share is the same
 * everywhere becomes 0. Cells for which neither they nor a neighbour have a type are left out.
 *
 * @param graph of the {@link NICHE_NEIGHBOURS} nearest cells, as a rule
 */
export async function nichePoints(
  graph: NeighbourGraph,
  labels: Labels,
  work: LongWork = {},
): Promise<NichePoints> {
  const { types } = labels;
  const progress = (share: number): void => work.progress?.(share / 2);
  const { values: all } = await composition(graph, labels, { ...work, progress, self: true });
  const known = new Int32Array(graph.size);
  let count = 0;
  for (let cell = 0; cell < graph.size; cell++) {
    if (types > 0 && !Number.isNaN(all[cell * types]!)) known[count++] = cell;
  }
  const cells = known.slice(0, count);
  const shares = new Float32Array(count * types);
  cells.forEach((cell, i) => shares.set(all.subarray(cell * types, (cell + 1) * types), i * types));
  const values = Float64Array.from(shares);
  const turns = new Turns(work);
  for (let type = 0; type < types; type++) {
    scaleColumn(values, types, type);
    if (turns.due) await turns.take(0.5 + type / types / 2);
  }
  return { size: graph.size, cells, types, shares, values };
}

function scaleColumn(values: Float64Array, types: number, type: number): void {
  const rows = values.length / types;
  let mean = 0;
  for (let at = type; at < values.length; at += types) mean += values[at]! / rows;
  let squares = 0;
  let varies = false;
  for (let at = type; at < values.length; at += types) {
    squares += (values[at]! - mean) ** 2;
    varies ||= values[at] !== values[type];
  }
  const sd = Math.sqrt(squares / (rows - 1));
  for (let at = type; at < values.length; at += types) {
    values[at] = varies ? Math.max(-CAP, Math.min(CAP, (values[at]! - mean) / sd)) : 0;
  }
}
