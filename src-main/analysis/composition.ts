import type { Numbers } from '../../src-shared/maths/statistics.ts';
import { Turns } from './long-work.ts';
import type { LongWork } from './long-work.ts';
import type { NeighbourGraph } from './neighbour-graph.ts';

/** Cell types (or other groups) of the cells. */
export interface Labels {
  /** Type of each cell, 0 … types − 1; negative where it has none. */
  readonly of: Numbers;
  readonly types: number;
}

/** What the surroundings of each cell are made of. */
export interface Composition {
  readonly cells: number;
  readonly types: number;
  /** cells × types, row-major: proportions, each row with sum 1; NaN in the whole row where no cell counts. */
  readonly values: Float32Array;
}

/** Cells between two looks at the clock. */
const STRETCH = 1 << 12;

/**
 * Proportion of each type among a cell's neighbours, pᵢₜ = |{j ∈ N(i): type of j is t}| / |{j ∈ N(i): j has a type}|,
 * each neighbour with the same weight. Neighbours without a type count in neither number; a cell none of whose
 * neighbours has a type gets NaN.
 *
 * @param options.self whether a cell counts among its own neighbours
 * Throws a RangeError unless there is one type a cell, each below `types`.
 */
export async function composition(
  graph: NeighbourGraph,
  labels: Labels,
  options: LongWork & { readonly self: boolean },
): Promise<Composition> {
  const { size, starts, neighbours } = graph;
  const { types } = labels;
  const of = checkedLabels(graph, labels);
  const values = new Float32Array(size * types);
  const turns = new Turns(options);
  // One more than the types: cells without one are counted first.
  const counts = new Int32Array(types + 1);
  for (let cell = 0; cell < size; cell++) {
    counts.fill(0);
    if (options.self) counts[of[cell]! + 1] = 1;
    for (let entry = starts[cell]!; entry < starts[cell + 1]!; entry++) {
      const slot = of[neighbours[entry]!]! + 1;
      counts[slot] = counts[slot]! + 1;
    }
    const typed = starts[cell + 1]! - starts[cell]! + (options.self ? 1 : 0) - counts[0]!;
    for (let type = 0; type < types; type++) values[cell * types + type] = counts[type + 1]! / typed;
    if (cell % STRETCH === STRETCH - 1 && turns.due) await turns.take(cell / size);
  }
  return { cells: size, types, values };
}

/** Types as an array, −1 for none. Throws a RangeError unless there is one a cell, each below `types`. */
export function checkedLabels({ size }: NeighbourGraph, { of, types }: Labels): Int32Array {
  if (of.length !== size) throw new RangeError(`${of.length} labels of ${size} cells`);
  const checked = new Int32Array(size);
  for (let cell = 0; cell < size; cell++) {
    const type = of[cell]!;
    if (!(Number.isInteger(type) && type < types)) throw new RangeError(`label ${type} of ${types} types`);
    checked[cell] = Math.max(-1, type);
  }
  return checked;
}
