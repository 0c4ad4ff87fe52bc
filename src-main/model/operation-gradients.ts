import * as tf from '@tensorflow/tfjs-core';

/**
 * Gradients of the plain operations that losses and the gradient penalty use. tfjs-core's build for Node leaves
 * all operation gradients out (they come with the far larger union package), so the few we need are stated here;
 * blocks and losses bring gradients of their own.
 */
export function registerOperationGradients(): void {
  for (const [kernelName, rule] of Object.entries(rules)) {
    // Undefined, whatever its type says, unless the union package was loaded (the native backends bring it).
    const known = tf.getGradient(kernelName) as tf.GradConfig | undefined;
    if (known === undefined) tf.registerGradient({ kernelName, ...rule });
  }
}

type Rule = Omit<tf.GradConfig, 'kernelName'>;
type Saved = tf.Tensor[];

const upstreamOf = (dy: tf.Tensor | tf.Tensor[]): tf.Tensor => (Array.isArray(dy) ? dy[0]! : dy);

/** Sums over the axes along which an operand was broadcast. */
function reduceTo(gradient: tf.Tensor, shape: number[]): tf.Tensor {
  const extra = gradient.rank - shape.length;
  const axes = gradient.shape.flatMap((size, axis) =>
    axis < extra || (shape[axis - extra] === 1 && size > 1) ? [axis] : [],
  );
  return tf.reshape(axes.length > 0 ? tf.sum(gradient, axes, true) : gradient, shape);
}

/** An element-wise operation of two operands with broadcasting. */
function binary(
  byA: (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  byB: (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
): Rule {
  return {
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved: Saved) => {
      const [a, b] = saved as [tf.Tensor, tf.Tensor];
      const up = upstreamOf(dy);
      return { a: () => reduceTo(byA(up, a, b), a.shape), b: () => reduceTo(byB(up, a, b), b.shape) };
    },
  };
}

/** An element-wise operation of one operand. */
function unary(byX: (dy: tf.Tensor, x: tf.Tensor) => tf.Tensor): Rule {
  return {
    inputsToSave: ['x'],
    gradFunc: (dy, saved: Saved) => ({ x: () => byX(upstreamOf(dy), saved[0]!) }),
  };
}

/** Sum or mean over axes: the upstream spread back over them. */
function reduction(divide: boolean): Rule {
  return {
    inputsToSave: ['x'],
    gradFunc: (dy, saved: Saved, attributes) => {
      const x = saved[0]!;
      const given = (attributes as unknown as { axis: number | number[] | null }).axis;
      const axes = tf.util.parseAxisParam(given!, x.shape);
      const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
      const count = divide ? axes.reduce((product, axis) => product * x.shape[axis]!, 1) : 1;
      return { x: () => tf.mul(tf.reshape(upstreamOf(dy), kept), tf.fill(x.shape, 1 / count)) };
    },
  };
}

const matrixProduct: Rule = {
  inputsToSave: ['a', 'b'],
  gradFunc: (dy, saved: Saved, attributes) => {
    const [a, b] = saved as [tf.Tensor, tf.Tensor];
    const up = upstreamOf(dy);
    const { transposeA, transposeB } = attributes as unknown as { transposeA: boolean; transposeB: boolean };
    return {
      a: () => (transposeA ? tf.matMul(b, up, transposeB, true) : tf.matMul(up, b, false, !transposeB)),
      b: () => (transposeB ? tf.matMul(up, a, true, transposeA) : tf.matMul(a, up, !transposeA, false)),
    };
  },
};

const axisOf = (attributes: tf.NamedAttrMap): number => (attributes as unknown as { axis: number }).axis;

/** Tensors put one after another: each gets its part of the upstream. */
const concatenation: Rule = {
  saveAllInputs: true,
  gradFunc: (dy, saved: Saved, attributes) => {
    const axis = axisOf(attributes);
    const sizes = saved.map(({ shape }) => shape[axis]!);
    const parts = tf.split(upstreamOf(dy), sizes, axis);
    return Object.fromEntries(parts.map((part, i) => [String(i), () => part]));
  },
};

/** A tensor cut into parts: their upstreams one after another. */
const splitting: Rule = {
  gradFunc: (dy, _saved, attributes) => ({ x: () => tf.concat(dy as tf.Tensor[], axisOf(attributes)) }),
};

const rules: Record<string, Rule> = {
  [tf.Add]: binary(
    (dy) => dy,
    (dy) => dy,
  ),
  [tf.Sub]: binary(
    (dy) => dy,
    (dy) => tf.neg(dy),
  ),
  [tf.Multiply]: binary(
    (dy, _a, b) => tf.mul(dy, b),
    (dy, a) => tf.mul(dy, a),
  ),
  [tf.RealDiv]: binary(
    (dy, _a, b) => tf.div(dy, b),
    (dy, a, b) => tf.neg(tf.div(tf.mul(dy, a), tf.square(b))),
  ),
  [tf.AddN]: {
    saveAllInputs: true,
    gradFunc: (dy, saved: Saved) =>
      Object.fromEntries(saved.map((_, i) => [String(i), () => upstreamOf(dy)])),
  },
  [tf.Neg]: unary((dy) => tf.neg(dy)),
  [tf.Relu]: unary((dy, x) => tf.mul(dy, tf.step(x))),
  [tf.Step]: unary((dy) => tf.zerosLike(dy)),
  [tf.Square]: unary((dy, x) => tf.mul(dy, tf.mul(x, 2))),
  [tf.Sqrt]: unary((dy, x) => tf.div(dy, tf.mul(tf.sqrt(x), 2))),
  [tf.Reshape]: unary((dy, x) => tf.reshape(dy, x.shape)),
  [tf.Identity]: unary((dy) => dy),
  [tf.Sum]: reduction(false),
  [tf.Mean]: reduction(true),
  [tf.BatchMatMul]: matrixProduct,
  [tf.Concat]: concatenation,
  [tf.SplitV]: splitting,
};
