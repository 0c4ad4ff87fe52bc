import { UserError } from '../../src-shared/contract/errors.ts';
import { RadiusSearch, sortFound } from '../../src-shared/maths/kd-radius.ts';
import type { Positions } from '../../src-shared/maths/neighbours.ts';
import type { Numbers } from '../../src-shared/maths/statistics.ts';
import { Turns } from './long-work.ts';
import type { LongWork } from './long-work.ts';
import { cellsBySection, emptyGraph, MOST_NEIGHBOURS, sectionTree, writeRow } from './neighbour-graph.ts';
import type { NeighbourGraph, SectionTree } from './neighbour-graph.ts';

/** Cells from whose neighbours the number of all is estimated before they are counted. */
const PROBES = 10_000;

/**
 * All other cells within a radius of each cell, at the radius itself included; symmetric.
 *
 * @param positions cells × dimensions
 * @param radius in the unit of the positions
 * @param sections code of each cell's section; cells of different sections are no neighbours. One section if left out.
 * Throws a RangeError unless the radius is above 0 and there is one code a cell, and a UserError that names a
 * smaller radius where the neighbours would be more than 2·10⁸.
 */
export async function radiusGraph(
  positions: Positions,
  radius: number,
  sections?: Numbers,
  work?: LongWork,
): Promise<NeighbourGraph> {
  if (!(radius > 0 && radius < Infinity)) throw new RangeError(`a radius of ${radius}`);
  const turns = new Turns(work);
  const parts: SectionTree[] = [];
  for (const cells of cellsBySection(positions, sections)) {
    parts.push(await sectionTree(positions, cells, turns, () => 0));
  }
  refuseTooMany(parts, radius, estimate(parts, radius));
  const counts = new Int32Array(positions.values.length / positions.dimensions);
  await eachCell(parts, radius, turns, 0, (search, place, cell) => (counts[cell] = search.count(place)));
  refuseTooMany(
    parts,
    radius,
    counts.reduce((sum, count) => sum + count, 0),
  );
  const graph = emptyGraph(counts);
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const found = { indices: new Int32Array(most), squaredDistances: new Float64Array(most) };
  await eachCell(parts, radius, turns, 0.3, (search, place, cell, cells) => {
    sortFound(found, search.collect(place, found));
    writeRow(graph, cell, found.indices, found.squaredDistances, cells);
  });
  return graph;
}

/** Visits every cell with a search in its section, in the order of the leaves. */
async function eachCell(
  parts: readonly SectionTree[],
  radius: number,
  turns: Turns,
  begun: number,
  visit: (search: RadiusSearch, place: number, cell: number, cells: Int32Array) => void,
): Promise<void> {
  const all = parts.reduce((sum, { cells }) => sum + cells.length, 0);
  let done = 0;
  for (const { cells, tree } of parts) {
    const search = new RadiusSearch(tree, radius);
    for (let place = 0; place < cells.length; place++, done++) {
      visit(search, place, cells[tree.order[place]!]!, cells);
      if (place % 64 === 63 && turns.due)
        await turns.take(begun === 0 ? (0.3 * done) / all : 0.3 + (0.7 * done) / all);
    }
  }
}

/** Neighbours of all cells together, estimated from evenly spread cells of each section; exact where cells are few. */
function estimate(parts: readonly SectionTree[], radius: number): number {
  const all = parts.reduce((sum, { cells }) => sum + cells.length, 0);
  const step = Math.max(1, Math.floor(all / PROBES));
  let neighbours = 0;
  for (const { cells, tree } of parts) {
    const search = new RadiusSearch(tree, radius);
    let seen = 0;
    let probes = 0;
    for (let place = 0; place < cells.length; place += step, probes++) seen += search.count(place);
    if (probes > 0) neighbours += (seen / probes) * cells.length;
  }
  return neighbours;
}

function refuseTooMany(parts: readonly SectionTree[], radius: number, neighbours: number): void {
  if (neighbours <= MOST_NEIGHBOURS) return;
  const smaller = smallerRadius(parts, radius, neighbours);
  throw new UserError(
    `A radius of ${radius} makes about ${Math.round(neighbours)} pairs of neighbours, more than ${MOST_NEIGHBOURS}; ` +
      (smaller === undefined
        ? 'too many cells lie at the same place.'
        : `use a radius of at most ${smaller}.`),
  );
}

/** Radii that are tried before it is taken that none is small enough. */
const TRIALS = 40;

/** A radius, of two digits, with fewer neighbours than are allowed: in d dimensions they grow about as radius^d. */
function smallerRadius(
  parts: readonly SectionTree[],
  radius: number,
  neighbours: number,
): number | undefined {
  const wanted = 0.9 * MOST_NEIGHBOURS;
  const { dimensions } = parts[0]!.tree;
  let smaller = radius;
  let count = neighbours;
  for (let trial = 0; trial < TRIALS; trial++) {
    const next = 0.98 * smaller * (wanted / count) ** (1 / dimensions);
    const digit = 10 ** (Math.floor(Math.log10(next)) - 1);
    smaller = Number((Math.floor(next / digit) * digit).toPrecision(2));
    count = estimate(parts, smaller);
    if (count <= wanted) return smaller;
  }
  return undefined;
}
