import * as tf from '@tensorflow/tfjs-core';
import { UserError } from '../../src-shared/contract/errors.ts';
import { computed } from '../backend/read.ts';
import { rowRange } from '../matrix/affine-view.ts';
import { blocksOf, crossProduct, momentsOf, standardised, type ExpressionView } from './expression-view.ts';
import { nearest } from './nearest-neighbours.ts';
import { principalVectors } from './principal-vectors.ts';

export interface SpageOptions {
  /** Principal components of each dataset. */
  readonly components: number;
  /** Pairs of principal vectors whose cosine is not above this are left out. */
  readonly cosineThreshold: number;
  readonly neighbours: number;
}

/** Reference cells that some spatial cells are predicted from, a fixed number a cell. */
export interface WeightedCells {
  /** Spatial cells × neighbours, row-major. */
  readonly cells: Int32Array;
  /** Likewise; 0 where a neighbour does not count. */
  readonly weights: Float64Array;
  readonly neighbours: number;
}

/** Numbers of a block of cosines that are held at once. */
const BLOCK_ENTRIES = 8_000_000;

/**
 * The core of SpaGE: both datasets' training genes z-scored, principal vectors between them, both projected on the
 * reference's vectors of cosine above the threshold, and the nearest reference cells of each spatial cell by cosine
 * there.
 */
export class SharedSpace {
  /** Cosines of all pairs of principal vectors, falling. */
  readonly cosines: Float64Array;
  /** Pairs that were kept. */
  readonly dimensions: number;
  readonly #spatial: ExpressionView;
  readonly #neighbours: number;
  /** genes × dimensions */
  readonly #vectors: tf.Tensor2D;
  /** dimensions × reference cells, columns of length 1 */
  readonly #directions: tf.Tensor2D;
  readonly #cells: number;

  /** Training genes of both, in the same order and none constant, in the units that distances are to be taken in. */
  constructor(spatial: ExpressionView, reference: ExpressionView, options: SpageOptions) {
    const source = standardised(reference, momentsOf(reference));
    const target = standardised(spatial, momentsOf(spatial));
    const genes = reference.columns;
    const pairs = principalVectors(
      crossProduct(source, source),
      crossProduct(target, target),
      genes,
      options.components,
    );
    const kept = pairs.cosines.filter((cosine) => cosine > options.cosineThreshold).length;
    if (kept === 0) throw new UserError(nothingShared(options.cosineThreshold));
    this.cosines = pairs.cosines;
    this.dimensions = kept;
    this.#spatial = target;
    this.#neighbours = Math.min(options.neighbours, reference.rows);
    this.#cells = reference.rows;
    this.#vectors = tf.tensor2d(firstColumns(pairs.source, options.components, kept), [genes, kept]);
    this.#directions = this.#referenceDirections(source);
  }

  #referenceDirections(source: ExpressionView): tf.Tensor2D {
    return tf.tidy(() => {
      const blocks = [...blocksOf(source)].map(({ rows, values }) => this.#project(values, rows));
      return tf.transpose(tf.concat(blocks, 0));
    });
  }

  /** Rows of z-scores in the shared space, scaled to length 1; a row of zeros stays. */
  #project(values: Float32Array, rows: number): tf.Tensor2D {
    return tf.tidy(() => {
      const z = tf.tensor2d(values, [rows, this.#vectors.shape[0]]);
      const projected = tf.matMul(z, this.#vectors);
      const length = tf.sqrt(tf.sum(tf.square(projected), 1, true));
      return tf.div(projected, tf.maximum(length, 1e-12));
    });
  }

  /** The weighted neighbours of some spatial cells. */
  neighboursOf(rows: Int32Array): WeightedCells {
    const k = this.#neighbours;
    const cells = new Int32Array(rows.length * k);
    const weights = new Float64Array(rows.length * k);
    const step = Math.max(1, Math.floor(BLOCK_ENTRIES / this.#cells));
    for (let first = 0; first < rows.length; first += step) {
      const some = rows.subarray(first, first + step);
      const cosines = computed(() =>
        tf.matMul(this.#project(this.#spatial.read(some), some.length), this.#directions),
      );
      for (const i of rowRange(0, some.length)) {
        const row = cosines.subarray(i * this.#cells, (i + 1) * this.#cells);
        const found = nearest(row, k);
        cells.set(found, (first + i) * k);
        weights.set(neighbourWeights(Float64Array.from(found, (cell) => row[cell]!)), (first + i) * k);
      }
    }
    return { cells, weights, neighbours: k };
  }

  dispose(): void {
    this.#vectors.dispose();
    this.#directions.dispose();
  }
}

/**
 * Weights of neighbours with the given cosines: with the distances d = 1 − cos of the m neighbours of positive
 * cosine, w = (1 − d / Σd) / (m − 1), and 0 for the others. They sum to 1. All are 0 where m < 2, as in the
 * authors' evaluation, and equal where every d is 0; both are undefined in the formula.
 */
export function neighbourWeights(cosines: Float64Array): Float64Array {
  const positive = cosines.filter((cosine) => cosine > 0);
  const total = positive.reduce((sum, cosine) => sum + Math.max(0, 1 - cosine), 0);
  const count = positive.length;
  if (count < 2) return new Float64Array(cosines.length);
  return cosines.map((cosine) => {
    if (!(cosine > 0)) return 0;
    return total > 0 ? (1 - Math.max(0, 1 - cosine) / total) / (count - 1) : 1 / count;
  });
}

/**
 * Weighted sums of the neighbours' values.
 *
 * @param values reference cells × width, row-major
 * @param columns those that are wanted
 * @returns spatial cells × columns
 */
export function weightedSums(
  { cells, weights, neighbours }: WeightedCells,
  values: Float32Array,
  { width, columns }: { readonly width: number; readonly columns: Int32Array },
): Float64Array {
  const result = new Float64Array((cells.length / neighbours) * columns.length);
  for (let n = 0; n < cells.length; n++) {
    const to = Math.floor(n / neighbours) * columns.length;
    const from = cells[n]! * width;
    const weight = weights[n]!;
    if (weight === 0) continue;
    for (let j = 0; j < columns.length; j++) {
      result[to + j] = result[to + j]! + weight * values[from + columns[j]!]!;
    }
  }
  return result;
}

function nothingShared(threshold: number): string {
  return (
    `SpaGE finds no direction that both datasets share (no principal vectors of cosine above ${threshold}); ` +
    'is the reference of the same tissue?'
  );
}

function firstColumns(matrix: Float64Array, columns: number, kept: number): Float32Array {
  const rows = matrix.length / columns;
  return Float32Array.from(
    { length: rows * kept },
    (_, i) => matrix[Math.floor(i / kept) * columns + (i % kept)]!,
  );
}
