import type { Positions } from '../../src-shared/maths/neighbours.ts';
import type { Random } from '../../src-shared/maths/random.ts';
import { range } from '../../src-shared/maths/statistics.ts';
import type { Numbers } from '../../src-shared/maths/statistics.ts';
import { nearestRaster } from './nearest-raster.ts';

/** Pixels a cell has in the raster in which the nearest cells are looked up, on average. */
const PIXELS_PER_CELL = 8;

/** Copies of a number per cell that are permuted in space. */
export interface SpatialShifts {
  readonly copies: number;
  /** Writes the copies' values at consecutive cells: count × copies, row-major. */
  write(first: number, count: number, into: Float32Array): void;
}

/** The rectangle of one section's cells as a raster of their values, and how copies are read from it. */
interface Section {
  readonly values: Float32Array;
  /** Column in the raster of each column of the torus, three sides long. */
  readonly columns: Int32Array;
  /** Place in the raster of the row's first pixel, of each row of the torus, three sides long. */
  readonly rows: Int32Array;
  /** Shifts of each copy in pixels, below two sides. */
  readonly across: Int32Array;
  readonly down: Int32Array;
}

/**
 * Copies of a number per cell that keep its spatial autocorrelation and lose its relation to everything else: in each
 * copy, the map of the number is shifted by a random vector on a torus, and every cell takes the value of the cell
 * nearest the place it comes to, looked up in a raster of 8 pixels a cell (random shifts: Upton & Fingleton 1985;
 * Fortin & Jacquez 2000). The torus is not the cells' bounding box itself but twice as wide and high, filled by the box
 * and its mirror images: without a seam between opposite edges the copies are as smooth as the number, and p-values
 * are uniform where those of a plain torus are too small (0.05–0.06 against 0.065–0.085 rejected at 0.05 in simulated
 * fields of one section).
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
  const moves = Float64Array.from({ length: 2 * copies }, () => random.uniform());
  const sectionOf = new Int32Array(n);
  const pixels = new Int32Array(2 * n);
  const made = membersBySection(n, sections).map((members, s) => {
    for (const cell of members) sectionOf[cell] = s;
    return makeSection(members, values, positions, moves, pixels);
  });
  return {
    copies,
    write: (first, count, into) => {
      for (let i = 0; i < count; i++) {
        const cell = first + i;
        writeCell(made[sectionOf[cell]!]!, pixels[2 * cell]!, pixels[2 * cell + 1]!, into, i * copies);
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

/**
 * Makes the raster of a section and writes its cells' columns and rows.
 *
 * @param moves shift of each copy along both axes as shares of the torus: copies × 2, row-major
 */
function makeSection(
  members: readonly number[],
  values: Numbers,
  positions: Positions,
  moves: Float64Array,
  pixels: Int32Array,
): Section {
  const [x, y] = [0, 1].map((axis) =>
    Float64Array.from(members, (cell) => positions.values[cell * positions.dimensions + axis]!),
  ) as [Float64Array, Float64Array];
  const [width, height] = toPixels(x, y);
  const { nearest } = nearestRaster(x, y, width, height);
  const raster = new Float32Array(nearest.length);
  for (let i = 0; i < raster.length; i++) raster[i] = values[members[nearest[i]!]!]!;
  for (let i = 0; i < members.length; i++) {
    pixels[2 * members[i]!] = x[i]!;
    pixels[2 * members[i]! + 1] = y[i]!;
  }
  return {
    values: raster,
    columns: mirrored(width),
    rows: mirrored(height).map((row) => row * width),
    across: Int32Array.from({ length: moves.length / 2 }, (_, i) => 2 * width * moves[2 * i]!),
    down: Int32Array.from({ length: moves.length / 2 }, (_, i) => 2 * height * moves[2 * i + 1]!),
  };
}

/** Brings coordinates to units of pixels of a rectangle that stands out by half the cells' spacing; its size. */
function toPixels(x: Float64Array, y: Float64Array): [number, number] {
  const [across, down] = [range(x), range(y)];
  const [wide, high] = [across.max - across.min, down.max - down.min];
  const spacing = Math.max(Math.sqrt((wide * high) / x.length), Math.max(wide, high) / x.length) || 1;
  const pixel = spacing / Math.sqrt(PIXELS_PER_CELL);
  const scale = (axis: Float64Array, from: number, length: number): number => {
    const pixels = Math.ceil((length + spacing) / pixel);
    for (let i = 0; i < axis.length; i++) {
      axis[i] = ((axis[i]! - from + spacing / 2) / (length + spacing)) * pixels;
    }
    return pixels;
  };
  return [scale(x, across.min, wide), scale(y, down.min, high)];
}

/** Pixels of a row of `size`, its mirror image and itself again. */
function mirrored(size: number): Int32Array {
  return Int32Array.from({ length: 3 * size }, (_, i) =>
    i < size || i >= 2 * size ? i % size : 2 * size - 1 - i,
  );
}

/** Writes the values of all copies at one cell, which lies in this pixel. */
function writeCell(
  { values, columns, rows, across, down }: Section,
  column: number,
  row: number,
  into: Float32Array,
  to: number,
): void {
  for (let copy = 0; copy < across.length; copy++) {
    into[to + copy] = values[rows[row + down[copy]!]! + columns[column + across[copy]!]!]!;
  }
}
