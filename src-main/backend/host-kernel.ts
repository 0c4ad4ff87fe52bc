import * as tf from '@tensorflow/tfjs-core';

/** The part of the WASM backend that is used here. */
interface HeapBackend extends tf.KernelBackend {
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array;
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
}

type Numbers<I> = {
  [K in keyof I]: I[K] extends tf.Tensor ? Float32Array : Float32Array | undefined;
};

/**
 * Runs element-wise work that no single tensor operation does, in one sweep over plain numbers. On WASM the arrays
 * are views of the heap that tensors live in; elsewhere inputs are read and outputs uploaded.
 *
 * @param inputs tensors to read; `undefined` stays undefined
 * @param shapes of the tensors to make, filled with zeros or rubbish until `body` writes them
 * @param body gets the inputs' and the outputs' numbers, row-major; must write every output
 */
export function onHost<
  const I extends readonly (tf.Tensor | undefined)[],
  const O extends readonly (readonly number[])[],
>(
  inputs: I,
  shapes: O,
  body: (inputs: Numbers<I>, outputs: { [K in keyof O]: Float32Array }) => void,
): { [K in keyof O]: tf.Tensor2D } {
  type Outputs = { [K in keyof O]: Float32Array };
  if (tf.getBackend() === 'wasm') {
    const heap = tf.backend() as HeapBackend;
    // All memory is taken before any view is made: the heap may move when it grows.
    const made = shapes.map((shape) => heap.makeOutput([...shape], 'float32'));
    const view = (tensor: tf.TensorInfo | undefined) => tensor && heap.typedArrayFromHeap(tensor);
    body(inputs.map(view) as unknown as Numbers<I>, made.map(view) as unknown as Outputs);
    return made.map((info) => tf.engine().makeTensorFromTensorInfo(info)) as unknown as {
      [K in keyof O]: tf.Tensor2D;
    };
  }
  const values = shapes.map((shape) => new Float32Array(shape.reduce((a, b) => a * b, 1)));
  body(inputs.map((tensor) => tensor?.dataSync()) as unknown as Numbers<I>, values as unknown as Outputs);
  return values.map((array, i) => tf.tensor(array, [...shapes[i]!])) as unknown as {
    [K in keyof O]: tf.Tensor2D;
  };
}

/**
 * The numbers of a tensor on the WASM backend, to read or to write in place; valid until the next allocation. Only for
 * tensors that XNNPACK never saw as a right-hand operand, since it keeps packed copies: so with native kernels.
 */
export function heapNumbers(tensor: tf.Tensor): Float32Array {
  return (tf.backend() as HeapBackend).typedArrayFromHeap(tensor);
}
