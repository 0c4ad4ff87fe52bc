import { median } from '../../src-shared/maths/statistics.ts';
import { rowRange } from '../matrix/affine-view.ts';
import { passOver } from '../matrix/dense.ts';
import { unscaled } from '../preprocess/scale.ts';
import type { MethodData } from './predictor.ts';

/** Exponents among which the blend's depth is chosen; 0 leaves predictions as they are. */
export const DEPTHS = [0, 0.25, 0.5, 0.75, 1] as const;

/**
 * How deeply each spatial cell was measured, as the assay's own counts tell: f = L / median L with L the cell's sum
 * over the measured genes (clipped as they are processed). Large, well captured cells show more of every gene; a
 * reference cell cannot know that, so a prediction c on count scale becomes c · f^γ.
 */
export class Depth {
  readonly #data: MethodData;
  readonly #totals: Float64Array;
  readonly #middle: number;

  constructor(data: MethodData) {
    this.#data = data;
    this.#totals = this.#sums(rowRange(0, data.spatial.values.columns));
    this.#middle = median(this.#totals);
  }

  /** False where every cell was scaled to the same total before, so that its depth is gone. */
  static applies({ spatial }: MethodData): boolean {
    return !spatial.report.settings.normalisation.startsWith('library');
  }

  /** f of some cells. */
  of(rows: Int32Array): Float64Array {
    return relative(this.#totals, this.#middle, rows);
  }

  /** f of some cells without the counts of some spatial columns (genes that must not be seen). */
  without(columns: Int32Array, rows: Int32Array): Float64Array {
    const hidden = this.#sums(columns);
    const totals = this.#totals.map((total, i) => total - hidden[i]!);
    return relative(totals, median(totals), rows);
  }

  /**
   * Values (rows × genes, row-major, ≥ 0, processed units) as cells of depth f would show them, in place.
   *
   * @param depth f, one a row
   */
  apply(values: Float32Array | Float64Array, depth: Float64Array, exponent: number): void {
    if (exponent === 0) return;
    const { normalisation } = this.#data.spatial.report.settings;
    const genes = values.length / depth.length;
    const factors = depth.map((f) => f ** (normalisation === 'sqrt' ? exponent / 2 : exponent));
    for (let row = 0; row < depth.length; row++) {
      const own = values.subarray(row * genes, (row + 1) * genes);
      if (normalisation === 'log') deepenLogs(own, factors[row]!);
      else deepen(own, factors[row]!);
    }
  }

  /** Sum of each cell's counts over some spatial columns. */
  #sums(columns: Int32Array): Float64Array {
    const matrix = this.#data.spatial.values;
    const { normalisation } = this.#data.spatial.report.settings;
    const sums = new Float64Array(matrix.rows);
    for (const { first, rows, values } of passOver(matrix)) {
      for (let row = 0; row < rows; row++) {
        const from = row * matrix.columns;
        let sum = 0;
        for (let j = 0; j < columns.length; j++) {
          sum += unscaled(values[from + columns[j]!]!, normalisation, 1);
        }
        sums[first + row] = sum;
      }
    }
    return sums;
  }
}

function deepen(values: Float32Array | Float64Array, factor: number): void {
  for (let i = 0; i < values.length; i++) values[i] = values[i]! * factor;
}

function deepenLogs(values: Float32Array | Float64Array, factor: number): void {
  for (let i = 0; i < values.length; i++) values[i] = Math.log1p(Math.expm1(values[i]!) * factor);
}

/** A cell without a count is as shallow as one with a single one. */
function relative(totals: Float64Array, middle: number, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => Math.max(totals[row]!, 1) / Math.max(middle, 1));
}
