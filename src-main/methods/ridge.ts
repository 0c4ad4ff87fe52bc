import * as tf from '@tensorflow/tfjs-core';
import { solvePositiveDefinite } from '../../src-shared/maths/cholesky.ts';
import { computed } from '../backend/read.ts';
import { gatherRows, rowRange, type AffineView } from '../matrix/affine-view.ts';
import { rowsBetween } from '../matrix/dense.ts';
import { ForGenes } from './for-genes.ts';
import { scaling, type MethodData, type Predictor } from './predictor.ts';

/** α of the golden numbers and of the floor that every report shows. */
export const RIDGE_ALPHA = 100;

/**
 * Normal equations of ridge regression in the reference, from the z-scored shared genes Z to every gene:
 * B = (ZᵀZ + α I)⁻¹ Zᵀ(Y − Ȳ), the intercept Ȳ unpenalised (Hoerl & Kennard 1970). One Gram matrix serves any
 * subset of shared genes, any α and any target.
 */
export class RidgeEquations {
  readonly #data: MethodData;
  /** shared × shared */
  readonly #gram: Float32Array;
  /** shared × reference genes */
  readonly #moments: Float32Array;

  constructor(data: MethodData) {
    this.#data = data;
    const { values } = data.reference;
    const columns = data.shared.reference;
    const view: AffineView = { source: values, columns, ...scaling(data.reference, columns) };
    const count = columns.length;
    const gram = new Float32Array(count * count);
    const moments = new Float32Array(count * values.columns);
    for (let first = 0; first < values.rows; first += BLOCK) {
      const rows = rowRange(first, Math.min(BLOCK, values.rows - first));
      const y = rowsBetween(values, first, rows.length);
      tf.tidy(() => {
        const z = tf.tensor2d(gatherRows(view, rows), [rows.length, count]);
        addTo(gram, tf.matMul(z, z, true, false));
        addTo(moments, tf.matMul(z, tf.tensor2d(y, [rows.length, values.columns]), true, false));
      });
    }
    this.#gram = gram;
    this.#moments = moments;
  }

  /**
   * Coefficients from some of the shared genes (positions in the list of shared genes) to some reference genes.
   *
   * @returns inputs × targets, row-major
   */
  solve(inputs: Int32Array, targets: Int32Array, alpha: number): Float64Array {
    const shared = this.#data.shared.reference.length;
    const genes = this.#data.reference.values.columns;
    const n = inputs.length;
    const a = new Float64Array(n * n);
    const b = new Float64Array(n * targets.length);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) a[i * n + j] = this.#gram[inputs[i]! * shared + inputs[j]!]!;
      a[i * n + i] = a[i * n + i]! + alpha;
      // Σ z = 0, so the means of Y need no subtraction.
      for (let t = 0; t < targets.length; t++) {
        b[i * targets.length + t] = this.#moments[inputs[i]! * genes + targets[t]!]!;
      }
    }
    return solvePositiveDefinite(a, b, n, targets.length);
  }

  /**
   * How well some shared genes tell each target (none of the targets among them) in the reference: the largest
   * absolute correlation with a single one, and the share of variance that ridge regression explains,
   * R² = (2 bᵀm − bᵀG b) / (n s²). 0 for a target that does not vary.
   */
  panelFit(inputs: Int32Array, targets: Int32Array, alpha: number): PanelFit {
    const { values, sd } = this.#data.reference;
    const shared = this.#data.shared.reference;
    const [n, width] = [inputs.length, targets.length];
    const b = this.solve(inputs, targets, alpha);
    const gram = computed(() => {
      const full = tf.tensor2d(this.#gram, [shared.length, shared.length]);
      const chosen = tf.tensor1d(inputs, 'int32');
      const part = tf.gather(tf.gather(full, chosen), chosen, 1);
      return tf.matMul(part, tf.tensor2d(Float32Array.from(b), [n, width]));
    });
    const correlation = new Float64Array(width);
    const r2 = new Float64Array(width);
    for (let t = 0; t < width; t++) {
      const target = targets[t]!;
      const deviation = sd[target]!;
      if (!(deviation > 0)) continue;
      let explained = 0;
      for (let i = 0; i < n; i++) {
        const moment = this.#moments[inputs[i]! * values.columns + target]!;
        explained += b[i * width + t]! * (2 * moment - gram[i * width + t]!);
        correlation[t] = Math.max(correlation[t]!, Math.abs(moment) / (values.rows * deviation));
      }
      r2[t] = explained / (values.rows * deviation ** 2);
    }
    return { correlation, r2 };
  }
}

/** One value a target. */
export interface PanelFit {
  readonly correlation: Float64Array;
  readonly r2: Float64Array;
}

const BLOCK = 4096;

function addTo(sum: Float32Array, part: tf.Tensor): void {
  const values = part.dataSync();
  for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + values[i]!;
}

/**
 * The ridge floor: z-scored shared genes of the spatial data (its own means and sds) into the reference's
 * coefficients; never below zero.
 *
 * @param inputs positions in the list of shared genes that are used
 * @param targets reference columns that will be asked for; all when left out
 */
export function ridgePredictor(
  data: MethodData,
  equations: RidgeEquations,
  options: { readonly inputs?: Int32Array; readonly targets?: Int32Array; readonly alpha?: number } = {},
): Predictor {
  const { spatial, reference, shared } = data;
  const inputs = options.inputs ?? rowRange(0, shared.reference.length);
  const targets = options.targets ?? rowRange(0, reference.values.columns);
  const solved = equations.solve(inputs, targets, options.alpha ?? RIDGE_ALPHA);
  const columns = inputs.map((i) => shared.spatial[i]!);
  const view: AffineView = { source: spatial.values, columns, ...scaling(spatial, columns) };
  const position = new Map(Array.from(targets, (column, i) => [column, i]));
  const coefficients = tf.tensor2d(Float32Array.from(solved), [inputs.length, targets.length]);
  const chosen = new ForGenes((genes) => {
    const take = Int32Array.from(genes, (gene) => position.get(gene)!);
    return {
      slopes: tf.gather(coefficients, tf.tensor1d(take, 'int32'), 1),
      means: tf.tensor1d(Float32Array.from(genes, (gene) => reference.mean[gene]!)),
    };
  });
  return {
    name: 'ridge',
    at: (rows) => {
      const z = gatherRows(view, rows);
      return (genes) =>
        computed(() => {
          const { slopes, means } = chosen.of(genes);
          const product = tf.matMul(tf.tensor2d(z, [rows.length, columns.length]), slopes);
          return tf.relu(tf.add(product, means));
        });
    },
    dispose: () => {
      coefficients.dispose();
      chosen.dispose();
    },
  };
}
