import * as tf from '@tensorflow/tfjs-core';
import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';
import { computed } from '../backend/read.ts';
import { gatherRows, type AffineView } from '../matrix/affine-view.ts';
import { FrozenNetwork } from '../model/network.ts';
import { frozenLayer } from '../model/block.ts';
import { ForGenes } from './for-genes.ts';
import type { MethodData, Predictor } from './predictor.ts';

/** The three networks on the path of imputation. */
export interface ImputationPath {
  readonly encodeSt: FrozenNetwork;
  readonly translate: FrozenNetwork;
  readonly decodeSc: FrozenNetwork;
}

/** x̂ = D_sc(T_st→sc(E_st(x_st))), with the reference's z-scores undone where the networks saw z-scores. */
export function networkPredictor(
  data: MethodData,
  st: AffineView,
  path: ImputationPath,
  parameters: Hyperparameters,
): Predictor {
  const zscore = parameters['data.scale'] === 'zscore';
  const { mean, sd } = data.reference;
  const trunk = new FrozenNetwork(path.decodeSc.layers.slice(0, -1));
  const output = path.decodeSc.layers.at(-1)!;
  const chosen = new ForGenes((genes) => {
    const take = tf.tensor1d(genes, 'int32');
    return {
      weights: tf.gather(output.weights, take, 1),
      bias: tf.gather(output.bias, take, 1),
      sd: row(genes, sd),
      mean: row(genes, mean),
    };
  });
  return {
    name: 'network',
    at: (rows) => {
      const shape: [number, number] = [rows.length, output.weights.shape[0]];
      const hidden = computed(() => {
        const x = tf.tensor2d(gatherRows(st, rows), [rows.length, st.columns.length]);
        return trunk.apply(path.translate.apply(path.encodeSt.apply(x)));
      });
      return (genes) =>
        computed(() => {
          const own = chosen.of(genes);
          const predicted = frozenLayer(tf.tensor2d(hidden, shape), { ...output, ...own });
          return zscore ? tf.add(tf.mul(predicted, own.sd), own.mean) : predicted;
        });
    },
    dispose: () => {
      chosen.dispose();
      path.encodeSt.dispose();
      path.translate.dispose();
      path.decodeSc.dispose();
    },
  };
}

/** Latent code of the cells in the reference's space: T_st→sc(E_st(x_st)), rows × latent. */
export function translatedCodes(st: AffineView, path: ImputationPath, rows: Int32Array): Float32Array {
  return computed(() => {
    const x = tf.tensor2d(gatherRows(st, rows), [rows.length, st.columns.length]);
    return path.translate.apply(path.encodeSt.apply(x));
  });
}

function row(genes: Int32Array, values: Float64Array): tf.Tensor1D {
  return tf.tensor1d(Float32Array.from(genes, (gene) => values[gene]!));
}
