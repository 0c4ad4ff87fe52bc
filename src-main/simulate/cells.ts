import type { Random } from '../../src-shared/maths/random.ts';

/** Continuous programs that vary from cell to cell within a type. */
export const stateCount = 4;

/** The cells of one assay; arrays have one entry a cell unless said otherwise. */
export interface Cells {
  readonly count: number;
  /** count × 2, micrometres. */
  readonly positions: Float64Array;
  /** Where the cell stands on the courses of genes, from 0 to 1: its depth in a cortex, its progress in a tumour. */
  readonly coordinate: Float64Array;
  /** Index into the anatomy's regions. */
  readonly region: Int32Array;
  /** Index into the anatomy's cell types. */
  readonly type: Int32Array;
  /** count × stateCount. */
  readonly states: Float32Array;
  /** Relative library size, mean 1. */
  readonly library: Float32Array;
  /** What only the truth tells of the cells, by name; NaN where it does not apply. */
  readonly known: Readonly<Record<string, Float64Array>>;
}

const librarySpread = 0.35;

/** Cells whose values are still to be filled in. */
export function emptyCells(count: number): Cells {
  return {
    count,
    positions: new Float64Array(count * 2),
    coordinate: new Float64Array(count),
    region: new Int32Array(count),
    type: new Int32Array(count),
    states: new Float32Array(count * stateCount),
    library: new Float32Array(count),
    known: {},
  };
}

/** Puts a cell at (x, y), rounded to hundredths of a micrometre. */
export function placeCell(cells: Cells, c: number, x: number, y: number): void {
  cells.positions[2 * c] = Math.round(x * 100) / 100;
  cells.positions[2 * c + 1] = Math.round(y * 100) / 100;
}

/** Draws independent states of unit variance for a cell, and returns them. */
export function drawStates(random: Random, cells: Cells, c: number): Float32Array {
  const states = cells.states.subarray(c * stateCount, (c + 1) * stateCount);
  for (let k = 0; k < stateCount; k++) states[k] = random.normal();
  return states;
}

/** Draws the relative library size of a cell. */
export function drawLibrary(random: Random, cells: Cells, c: number): void {
  cells.library[c] = Math.exp(librarySpread * random.normal() - librarySpread ** 2 / 2);
}

/** An index drawn with chances proportional to the shares, each weighed where there are weights. */
export function pick(
  random: Random,
  share: readonly number[],
  weights: readonly number[] | undefined,
): number {
  const weighted = weights === undefined ? share : share.map((value, t) => value * weights[t]!);
  let left = random.uniform() * weighted.reduce((sum, value) => sum + value, 0);
  for (let t = 0; t < weighted.length; t++) {
    left -= weighted[t]!;
    if (left < 0) return t;
  }
  return weighted.findLastIndex((value) => value > 0);
}
