import * as tf from '@tensorflow/tfjs-core';
import { centreColumns, sumAll } from './reduce.ts';

/** `paper`: covariance divisor n − 1, factor 1/4d². `code`: divisor n, factor 1/d² (the authors' release). */
export type CoralForm = 'paper' | 'code';

/**
 * One half of CORAL: ‖Cov(fake) − Cov(real)‖²_F / 4d² (Sun & Saenko 2016; `code` as the authors released it).
 *
 * @param fake cells × d translated codes, differentiable
 * @param real cells × d codes of the domain; a constant (its number of cells may differ)
 */
export function coralLoss(fake: tf.Tensor2D, real: tf.Tensor2D, form: CoralForm = 'paper'): tf.Scalar {
  const latent = fake.shape[1];
  const factor = form === 'paper' ? 1 / (4 * latent * latent) : 1 / (latent * latent);
  const less = form === 'paper' ? 1 : 0;
  const divisor = Math.max(1, fake.shape[0] - less);
  const loss = tf.customGrad((input, save) => {
    const centred = centreColumns(input as tf.Tensor2D);
    const realCentred = centreColumns(real);
    const difference = tf.sub(
      covariance(centred, divisor),
      covariance(realCentred, Math.max(1, real.shape[0] - less)),
    );
    (save as tf.GradSaveFunc)([centred, difference]);
    return {
      value: tf.mul(sumAll(tf.square(difference)), factor),
      // d‖Δ‖² = 2Δ : dCov, Cov = XᵀX / n, Δ symmetric; the centring passes through because X is centred.
      gradFunc: (upstream: tf.Tensor, saved: tf.Tensor[]) =>
        tf.mul(tf.matMul(saved[0]!, saved[1]!), tf.mul(upstream, (4 * factor) / divisor)),
    };
  });
  return loss(fake) as tf.Scalar;
}

function covariance(centred: tf.Tensor2D, divisor: number): tf.Tensor2D {
  return tf.div(tf.matMul(centred, centred, true, false), divisor);
}
