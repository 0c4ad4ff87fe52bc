import * as tf from '@tensorflow/tfjs-core';
import { computed } from '../backend/read.ts';
import { gatherRows, rowRange, type AffineView } from '../matrix/affine-view.ts';
import type { Matrix } from '../matrix/dense.ts';
import { scaling, type MethodData, type Predictor } from './predictor.ts';
import { addRow, placesOf, sparseRows } from './sparse-rows.ts';

/** Neighbours of the floor that every report shows. */
export const NEIGHBOURS = 50;

/** Cells whose similarities are held at once. */
const CELLS_AT_ONCE = 256;

/**
 * The nearest-neighbour floor: the mean of the 50 reference cells that are most alike in the z-scored shared genes
 * (cosine similarity), weighted by max(0, cos) / Σ, or plainly where all are 0. Ties go to the earlier cell.
 *
 * @param inputs positions in the list of shared genes that are used; all when left out
 */
export function neighbourPredictor(data: MethodData, inputs?: Int32Array): Predictor {
  const { spatial, reference, shared } = data;
  const used = inputs ?? rowRange(0, shared.reference.length);
  const st = used.map((i) => shared.spatial[i]!);
  const sc = used.map((i) => shared.reference[i]!);
  const stView: AffineView = { source: spatial.values, columns: st, ...scaling(spatial, st) };
  const scView: AffineView = { source: reference.values, columns: sc, ...scaling(reference, sc) };
  const cells = reference.values.rows;
  // Genes × cells, as the product wants them: turned once and not for every block.
  const directions = tf.tidy(() =>
    tf.transpose(unitRows(tf.tensor2d(gatherRows(scView, rowRange(0, cells)), [cells, used.length]))),
  );
  return {
    name: 'knn',
    at: (rows) => {
      const weighted: Neighbours[] = [];
      for (let first = 0; first < rows.length; first += CELLS_AT_ONCE) {
        const some = rows.subarray(first, first + CELLS_AT_ONCE);
        const cosines = computed(() => {
          const z = unitRows(tf.tensor2d(gatherRows(stView, some), [some.length, used.length]));
          return tf.matMul(z, directions);
        });
        for (let i = 0; i < some.length; i++) {
          weighted.push(neighbourWeights(cosines.subarray(i * cells, (i + 1) * cells), NEIGHBOURS));
        }
      }
      return (genes) => weightedMeans(weighted, reference.values, genes);
    },
    dispose: () => directions.dispose(),
  };
}

/** Rows scaled to length 1; rows of zeros stay. */
function unitRows(z: tf.Tensor2D): tf.Tensor2D {
  const length = tf.sqrt(tf.sum(tf.square(z), 1, true));
  return tf.div(z, tf.maximum(length, 1e-12));
}

/** Positions of the k largest values, earlier ones first among equals. */
export function nearest(values: Float32Array, k: number): Int32Array {
  const count = Math.min(k, values.length);
  const best = new Int32Array(count);
  let filled = 0;
  // The k-th largest so far, which nearly all values are compared with and stay below.
  let least = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value <= least && filled === count) continue;
    let at = filled < count ? filled++ : count - 1;
    while (at > 0 && values[best[at - 1]!]! < value) {
      best[at] = best[at - 1]!;
      at -= 1;
    }
    best[at] = i;
    if (filled === count) least = values[best[count - 1]!]!;
  }
  return best;
}

interface Neighbours {
  readonly cells: Int32Array;
  /** Sum 1. */
  readonly weights: Float32Array;
}

function neighbourWeights(cosines: Float32Array, k: number): Neighbours {
  const cells = nearest(cosines, k);
  const positive = Float32Array.from(cells, (cell) => Math.max(0, cosines[cell]!));
  const total = positive.reduce((sum, weight) => sum + weight, 0);
  const weights = positive.map((weight) => (total > 0 ? weight / total : 1 / cells.length));
  return { cells, weights };
}

/** Means of the neighbours' values, cells × genes; what is 0 in a neighbour adds nothing and is not looked at. */
function weightedMeans(
  neighbours: readonly Neighbours[],
  reference: Matrix,
  genes: Int32Array,
): Float32Array {
  const width = genes.length;
  const result = new Float32Array(neighbours.length * width);
  const rows = sparseRows(reference);
  const places = placesOf(genes);
  for (const [i, { cells, weights }] of neighbours.entries()) {
    const target = result.subarray(i * width, (i + 1) * width);
    for (let n = 0; n < cells.length; n++) addRow(target, rows, cells[n]!, places, weights[n]!);
  }
  return result;
}
