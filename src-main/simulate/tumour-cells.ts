import { nearestNeighbours } from '../../src-shared/maths/neighbours.ts';
import { Random } from '../../src-shared/maths/random.ts';
import { drawLibrary, drawStates, emptyCells, pick, placeCell, type Cells } from './cells.ts';
import type { Sizes } from './options.ts';
import { drawMap, infiltrated, type NicheMap } from './tumour-map.ts';
import { bType, composition, dissociation, mostLymphocytes, tType, tumourType } from './tumour-types.ts';

/** Square micrometres of section for each cell. */
const areaPerCell = 130;
/** Nearest other cells among which lymphocytes are counted. */
const neighbourhood = 20;

/** How far a tumour cell's progress strays from what its surroundings say. */
const progressSpread = 0.04;
/** Weight of the place in a tumour cell's progress; the rest is that of the lymphocytes counted around it. */
const placeShare = 0.6;
/** Progress where nothing infiltrates, and where all does: the noise has room on both sides. */
const progressRange = [0.08, 0.92] as const;

/** Draws both assays' cells from one map of the section. */
export function drawTumourCells({ seed, cells, referenceCells }: Sizes): {
  spatial: Cells;
  reference: Cells;
} {
  const map = drawMap(new Random(seed, 'niches'));
  return {
    spatial: drawSection(new Random(seed, 'spatial-cells'), map, cells),
    reference: drawReference(new Random(seed, 'reference-cells'), map, referenceCells),
  };
}

/**
 * Cells of the section. A tumour cell's progress is a mean of the infiltration at its place and of the local
 * lymphocyte proportion as a fraction of the largest, plus noise; cells outside the infiltrated tumour stay low.
 */
function drawSection(random: Random, map: NicheMap, count: number): Cells {
  const { cells, infiltration } = drawPlaced(random, map, count);
  const lymphocytes = lymphocyteProportion(cells);
  const pseudotime = new Float64Array(count).fill(NaN);
  for (let c = 0; c < count; c++) {
    const noise = progressSpread * random.normal();
    if (cells.type[c] !== tumourType) continue;
    const isInside = cells.region[c] === infiltrated;
    const local = Math.min(1, lymphocytes[c]! / mostLymphocytes);
    const share = isInside ? placeShare * infiltration[c]! + (1 - placeShare) * local : 0;
    cells.coordinate[c] = progressOf(share, noise);
    if (isInside) pseudotime[c] = cells.coordinate[c]!;
  }
  const gradient = infiltration.map((value, c) => (cells.region[c] === infiltrated ? value : NaN));
  return { ...cells, known: { pseudotime, infiltration: gradient, lymphocyte_proportion: lymphocytes } };
}

/** Dissociated cells of such a section; how far each tumour cell has progressed is drawn at random. */
function drawReference(random: Random, map: NicheMap, count: number): Cells {
  const { cells } = drawPlaced(random, map, count, dissociation);
  for (let c = 0; c < count; c++) {
    const [share, noise] = [random.uniform(), progressSpread * random.normal()];
    if (cells.type[c] === tumourType) cells.coordinate[c] = progressOf(share, noise);
  }
  return cells;
}

function progressOf(share: number, noise: number): number {
  const [low, high] = progressRange;
  return Math.min(1, Math.max(0, low + (high - low) * share + noise));
}

/** Places, niches, types, states and library sizes; infiltration is 0 outside the infiltrated tumour. */
function drawPlaced(
  random: Random,
  map: NicheMap,
  count: number,
  survival?: readonly number[],
): { cells: Cells; infiltration: Float64Array } {
  const side = Math.sqrt(count * areaPerCell);
  const cells = emptyCells(count);
  const infiltration = new Float64Array(count);
  for (let c = 0; c < count; c++) {
    const [u, v] = [random.uniform(), random.uniform()];
    placeCell(cells, c, u * side, v * side);
    const niche = map.nicheAt(u, v);
    cells.region[c] = niche;
    if (niche === infiltrated) infiltration[c] = map.infiltrationAt(u, v);
    cells.type[c] = pick(random, composition(niche, infiltration[c]!), survival);
    drawStates(random, cells, c);
    drawLibrary(random, cells, c);
  }
  return { cells, infiltration };
}

/** Share of T and B cells among the nearest other cells of each cell. */
function lymphocyteProportion({ positions, type, count }: Cells): Float64Array {
  const { k, neighbours } = nearestNeighbours({ dimensions: 2, values: positions }, neighbourhood);
  const proportion = new Float64Array(count);
  for (let c = 0; c < count; c++) {
    let found = 0;
    for (let entry = c * k; entry < (c + 1) * k; entry++) {
      const other = type[neighbours[entry]!]!;
      if (other === tType || other === bType) found++;
    }
    proportion[c] = found / k;
  }
  return proportion;
}
