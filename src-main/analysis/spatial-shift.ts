import type { Positions } from '../../src-shared/maths/neighbours.ts';
import type { Random } from '../../src-shared/maths/random.ts';
import type { Numbers } from '../../src-shared/maths/statistics.ts';
import { nearestRaster } from './nearest-raster.ts';

/** Pixels a cell has in the raster in which the nearest cells are looked up, on average. */
const PIXELS_PER_CELL = 32;

/** Copies of a number per cell that are permuted in space. */
export interface SpatialShifts {
  readonly copies: number;
  /** Writes the copies' values at consecutive cells: count × copies, row-major. */
  write(first: number, count: number, into: Float32Array): void;
}

/** Cells of one section, the rectangle they lie in, and the values of the nearest cells all over it. */
interface Section {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/**
 * Copies of a number per cell that keep its spatial autocorrelation and lose its relation to everything else: in each
 * copy, the map of the number is shifted by a random vector on a torus, and every cell takes the value of the cell
 * nearest the place it comes to, looked up in a raster of 32 pixels a cell (random shifts: Upton & Fingleton 1985;
 * Fortin & Jacquez 2000). The torus is not the cells' bounding box itself but twice as wide and high, filled by the box
 * and its mirror images: without a seam between opposite edges the copies are as smooth as the number, and p-values
 * are uniform where those of a plain torus are too small (0.03–0.055 against 0.065–0.085 rejected at 0.05 in simulated
 * fields).
 *
 * Every section is shifted within its own box, all by the same share of it: of serial sections, which show the same
 * tissue, copies would otherwise vary too little. Differences between sections stay in every copy, so what is tested is
 * the relation within sections.
 *
 * @param values one finite number a cell
 * @param positions of the same cells, finite; the first two coordinates count
 * @param sections code of each cell's section; one section where there is none
 * Throws a RangeError where the lengths differ or the positions have fewer than two dimensions.
 */
export function spatialShifts(
  values: Numbers,
  positions: Positions,
  sections: Numbers | undefined,
  copies: number,
  random: Random,
): SpatialShifts {
  const n = values.length;
  if (positions.dimensions < 2 || positions.values.length !== n * positions.dimensions) {
    throw new RangeError(`${n} values at ${positions.values.length} ${positions.dimensions}-d coordinates`);
  }
  if (sections !== undefined && sections.length !== n) {
    throw new RangeError(`${sections.length} section codes of ${n} cells`);
  }
  // Place of each cell as shares of its section's rectangle.
  const places = new Float64Array(2 * n);
  const sectionOf = new Int32Array(n);
  const moves = Float64Array.from({ length: 2 * copies }, () => 2 * random.uniform());
  const made = membersBySection(n, sections).map((members, s) => {
    for (const cell of members) sectionOf[cell] = s;
    return makeSection(members, values, positions, places);
  });
  return {
    copies,
    write: (first, count, into) => {
      for (let i = 0; i < count; i++) {
        const section = made[sectionOf[first + i]!]!;
        const [u, v] = [places[2 * (first + i)]!, places[2 * (first + i) + 1]!];
        writeCell(section, moves, u, v, into, i * copies);
      }
    },
  };
}

function membersBySection(n: number, sections: Numbers | undefined): number[][] {
  const groups = new Map<number, number[]>();
  for (let cell = 0; cell < n; cell++) {
    const code = sections?.[cell] ?? 0;
    const group = groups.get(code);
    if (group === undefined) groups.set(code, [cell]);
    else group.push(cell);
  }
  return [...groups.values()];
}

/** Makes the raster of a section and writes its cells' places. */
function makeSection(
  members: readonly number[],
  values: Numbers,
  positions: Positions,
  places: Float64Array,
): Section {
  const n = members.length;
  const axes = [0, 1].map((axis) =>
    Float64Array.from(members, (cell) => positions.values[cell * positions.dimensions + axis]!),
  ) as [Float64Array, Float64Array];
  const [across, down] = axes.map(extent) as [Extent, Extent];
  // The rectangle stands out by half the spacing of the cells.
  const longest = Math.max(across.length, down.length);
  const spacing = Math.max(Math.sqrt((across.length * down.length) / n), longest / n) || 1;
  const pixel = spacing / Math.sqrt(PIXELS_PER_CELL);
  const scale = ({ from, length }: Extent, axis: Float64Array): number => {
    const pixels = Math.ceil((length + spacing) / pixel);
    for (let i = 0; i < n; i++) axis[i] = ((axis[i]! - from + spacing / 2) / (length + spacing)) * pixels;
    return pixels;
  };
  const [width, height] = [scale(across, axes[0]), scale(down, axes[1])];
  for (let i = 0; i < n; i++) {
    places[2 * members[i]!] = axes[0][i]! / width;
    places[2 * members[i]! + 1] = axes[1][i]! / height;
  }
  const { nearest } = nearestRaster(...axes, width, height);
  return { width, height, values: Float32Array.from(nearest, (i) => values[members[i]!]!) };
}

interface Extent {
  readonly from: number;
  readonly length: number;
}

function extent(axis: Float64Array): Extent {
  let [from, to] = [Infinity, -Infinity];
  for (const x of axis) {
    if (x < from) from = x;
    if (x > to) to = x;
  }
  return { from, length: to - from };
}

/**
 * Writes the values of all copies at one cell.
 *
 * @param moves shift of each copy along both axes, 0 … 2 sides of the rectangle: copies × 2, row-major
 */
function writeCell(
  { width, height, values }: Section,
  moves: Float64Array,
  u: number,
  v: number,
  into: Float32Array,
  to: number,
): void {
  for (let copy = 0; 2 * copy < moves.length; copy++) {
    const column = Math.floor(mirrored(u + moves[2 * copy]!) * width);
    const row = Math.floor(mirrored(v + moves[2 * copy + 1]!) * height);
    into[to + copy] = values[Math.min(height - 1, row) * width + Math.min(width - 1, column)]!;
  }
}

/** A place from 0 to 3 in a row of a unit and its mirror images by turns, brought to the unit. */
function mirrored(place: number): number {
  const turned = place < 2 ? place : place - 2;
  return turned <= 1 ? turned : 2 - turned;
}
