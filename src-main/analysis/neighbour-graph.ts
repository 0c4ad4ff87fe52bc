import { NearestSearch } from '../../src-shared/maths/kd-search.ts';
import { kdTreeSteps } from '../../src-shared/maths/kd-tree.ts';
import type { KdTree } from '../../src-shared/maths/kd-tree.ts';
import { locatedCells, pointsOf } from '../../src-shared/maths/neighbours.ts';
import type { Positions } from '../../src-shared/maths/neighbours.ts';
import type { Numbers } from '../../src-shared/maths/statistics.ts';
import { UserError } from '../../src-shared/contract/errors.ts';
import { Turns } from './long-work.ts';
import type { LongWork } from './long-work.ts';

/**
 * Which cells are neighbours of which, by rows: the neighbours of cell i are neighbours[starts[i]] …
 * neighbours[starts[i + 1] − 1], nearest first, the smaller index first among equally near. A cell is never its own
 * neighbour; cells at the very same place are, at distance 0. A cell without a position has none and is none.
 */
export interface NeighbourGraph {
  /** Cells, those without a position included. */
  readonly size: number;
  /** Length size + 1. */
  readonly starts: Int32Array;
  readonly neighbours: Int32Array;
  /** Distance of each neighbour, in the unit of the positions. */
  readonly distances: Float32Array;
}

/** Neighbours that a graph holds at most; 1.6 GB. */
export const MOST_NEIGHBOURS = 200_000_000;

/** The cells of one section in the order of their numbers, and a tree over their places. */
export interface SectionTree {
  readonly cells: Int32Array;
  readonly tree: KdTree;
}

/**
 * The k nearest other cells of each cell by Euclidean distance, exactly; not symmetric. Where a section has fewer
 * than k + 1 cells, they are all the others.
 *
 * @param positions cells × dimensions
 * @param sections code of each cell's section; cells of different sections are no neighbours. One section if left out.
 * Throws a RangeError unless k ≥ 1 is whole and there is one code a cell, a UserError for more than 2·10⁸ neighbours.
 */
export async function nearestGraph(
  positions: Positions,
  k: number,
  sections?: Numbers,
  work?: LongWork,
): Promise<NeighbourGraph> {
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`${k} neighbours`);
  const parts = cellsBySection(positions, sections);
  const counts = new Int32Array(positions.values.length / positions.dimensions);
  for (const cells of parts) for (const cell of cells) counts[cell] = Math.min(k, cells.length - 1);
  refuseTooMany(counts, k);
  const graph = emptyGraph(counts);
  const turns = new Turns(work);
  let done = 0;
  for (const cells of parts.filter(({ length }) => length > 1)) {
    const share = (): number => done / counts.length;
    const { tree } = await sectionTree(positions, cells, turns, share);
    const search = new NearestSearch(tree, Math.min(k, cells.length - 1));
    // In the order of the leaves, one search finds most of its nodes still in the processor's cache.
    for (let place = 0; place < cells.length; place++, done++) {
      const cell = cells[tree.order[place]!]!;
      writeRow(graph, cell, search.around(place), search.squaredDistances, cells);
      if (place % 256 === 255 && turns.due) await turns.take(share());
    }
  }
  return graph;
}

function refuseTooMany(counts: Int32Array, k: number): void {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all <= MOST_NEIGHBOURS) return;
  const better = Math.floor((k * MOST_NEIGHBOURS) / all);
  throw new UserError(
    `${k} neighbours of each cell are ${all} in all, more than ${MOST_NEIGHBOURS}; ask for at most ${better}.`,
  );
}

/** Numbers of the cells with a position, rising, section by section. Throws a RangeError unless there is a code a cell. */
export function cellsBySection(positions: Positions, sections: Numbers | undefined): Int32Array[] {
  const cells = locatedCells(positions);
  if (sections === undefined) return [cells];
  const size = positions.values.length / positions.dimensions;
  if (sections.length !== size) throw new RangeError(`${sections.length} sections of ${size} cells`);
  const counts = new Map<number, number>();
  for (const cell of cells) counts.set(sections[cell]!, (counts.get(sections[cell]!) ?? 0) + 1);
  const parts = new Map(Array.from(counts, ([code, count]) => [code, new Int32Array(count)]));
  for (let i = cells.length - 1; i >= 0; i--) {
    const code = sections[cells[i]!]!;
    const last = counts.get(code)! - 1;
    parts.get(code)![last] = cells[i]!;
    counts.set(code, last);
  }
  return [...parts.values()];
}

/** Builds the tree of a section. */
export async function sectionTree(
  positions: Positions,
  cells: Int32Array,
  turns: Turns,
  share: () => number,
): Promise<SectionTree> {
  const steps = kdTreeSteps(pointsOf(positions, cells), positions.dimensions);
  return { cells, tree: await turns.through(steps, share) };
}

/** Room for the given number of neighbours of each cell. */
export function emptyGraph(counts: Int32Array): NeighbourGraph {
  const starts = new Int32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) starts[i + 1] = starts[i]! + counts[i]!;
  const all = starts[counts.length]!;
  return {
    size: counts.length,
    starts,
    neighbours: new Int32Array(all),
    distances: new Float32Array(all),
  };
}

/** Fills a cell's row with what a search found, numbers among the cells of its section. */
export function writeRow(
  { starts, neighbours, distances }: NeighbourGraph,
  cell: number,
  found: Int32Array,
  squaredDistances: Float64Array,
  cells: Int32Array,
): void {
  const from = starts[cell]!;
  const count = starts[cell + 1]! - from;
  for (let i = 0; i < count; i++) {
    neighbours[from + i] = cells[found[i]!]!;
    distances[from + i] = Math.sqrt(squaredDistances[i]!);
  }
}
