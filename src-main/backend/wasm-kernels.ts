import * as tf from '@tensorflow/tfjs-core';
import { nativeKernels } from './kernels.ts';
import type { KernelConfig, KernelFunc, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';

/** What is used here of tfjs' WASM backend; tensors are views of one heap, so JavaScript can work on them. */
export interface Heap {
  disposeData(dataId: object): boolean;
  incRef(dataId: object): void;
  makeOutput(shape: number[], dtype: tf.DataType): TensorInfo;
  typedArrayFromHeap(tensor: TensorInfo): Float32Array | Int32Array | Uint8Array;
}

type Inputs = Record<string, TensorInfo>;
/** Gives undefined where the shipped kernel is to do the work. */
type FastPath = (inputs: Inputs, attributes: NamedAttrMap, heap: Heap) => TensorInfo | undefined;

/** Puts a fast path before a kernel of tfjs-backend-wasm; what it does not handle goes on as shipped. */
export function putBefore(kernelName: string, fast: FastPath): void {
  const shipped = tf.getKernel(kernelName, 'wasm');
  const kernelFunc: KernelFunc = (call) =>
    fast(call.inputs as Inputs, call.attrs ?? {}, call.backend as Heap) ?? shipped.kernelFunc(call);
  const replacement: KernelConfig = { ...shipped, kernelFunc };
  tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel(replacement);
}

/** A new float32 tensor; ask for views of the inputs only afterwards, since the heap may have moved. */
export function newMatrix(heap: Heap, shape: number[]): { tensor: TensorInfo; values: Float32Array } {
  const tensor = heap.makeOutput(shape, 'float32');
  return { tensor, values: heap.typedArrayFromHeap(tensor) as Float32Array };
}

export function floats(heap: Heap, tensor: TensorInfo): Float32Array {
  return heap.typedArrayFromHeap(tensor) as Float32Array;
}

/** Side of the squares in which a matrix is transposed: both the rows read and those written stay in cache. */
const square = 16;

/** Writes the transpose of a rows × columns matrix. */
export function transposeInto(from: Float32Array, to: Float32Array, rows: number, columns: number): void {
  for (let top = 0; top < rows; top += square) {
    const bottom = Math.min(top + square, rows);
    for (let left = 0; left < columns; left += square) {
      const right = Math.min(left + square, columns);
      for (let j = left; j < right; j++) {
        for (let i = top, k = j * rows + top; i < bottom; i++, k++) to[k] = from[i * columns + j]!;
      }
    }
  }
}

/** Transpose of a float32 matrix; tfjs' own goes through general strides, five times slower. */
const transpose: FastPath = ({ x }, { perm }, heap) => {
  const order = perm as number[];
  if (x!.dtype !== 'float32' || x!.shape.length !== 2 || order[0] !== 1) return undefined;
  const [rows, columns] = x!.shape as [number, number];
  const result = newMatrix(heap, [columns, rows]);
  transposeInto(floats(heap, x!), result.values, rows, columns);
  return result.tensor;
};

/** row (1 × n) times matrix (n × d), or its sum of columns where row is undefined; adds up in double. */
export function rowTimesMatrix(
  row: Float32Array | undefined,
  matrix: Float32Array,
  result: Float32Array,
  scale = 1,
): void {
  const native = nativeKernels();
  if (native !== undefined && result.length > 0) {
    native.rowTimesMatrix(row, matrix, result, scale);
    return;
  }
  const width = result.length;
  const sums = new Float64Array(width);
  for (let start = 0, i = 0; start < matrix.length; start += width, i++) {
    const weight = row === undefined ? 1 : row[i]!;
    for (let j = 0; j < width; j++) sums[j] = sums[j]! + weight * matrix[start + j]!;
  }
  for (let j = 0; j < width; j++) result[j] = sums[j]! * scale;
}

/** Whether `axis` means the first axis of a matrix. */
function isFirstAxis(axis: unknown, rank: number): boolean {
  const axes = Array.isArray(axis) ? axis : [axis];
  return rank === 2 && axes.length === 1 && (axes[0] === 0 || axes[0] === -2);
}

/** Sum or mean of every column; tfjs transposes first and then adds up in float32. */
function columnReduction(isMean: boolean): FastPath {
  return ({ x }, { axis, keepDims }, heap) => {
    const [rows, columns] = x!.shape as [number, number];
    if (x!.dtype !== 'float32' || !isFirstAxis(axis, x!.shape.length) || rows * columns === 0)
      return undefined;
    const result = newMatrix(heap, keepDims === true ? [1, columns] : [columns]);
    rowTimesMatrix(undefined, floats(heap, x!), result.values, isMean ? 1 / rows : 1);
    return result.tensor;
  };
}

/** Rows of a float32 matrix by number (a batch of cells); tfjs' own copies value by value. */
const gatherRows: FastPath = ({ x, indices }, { axis, batchDims }, heap) => {
  const isRows = x!.shape.length === 2 && axis === 0 && (batchDims ?? 0) === 0;
  if (!isRows || x!.dtype !== 'float32' || indices!.dtype !== 'int32' || indices!.shape.length !== 1) {
    return undefined;
  }
  const [rows, columns] = x!.shape as [number, number];
  const result = newMatrix(heap, [indices!.shape[0]!, columns]);
  const from = floats(heap, x!);
  heap.typedArrayFromHeap(indices!).forEach((row, i) => {
    if (row < 0 || row >= rows) throw new RangeError(`gather: there is no row ${row} among ${rows}`);
    result.values.set(from.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return result.tensor;
};

/**
 * A tensor of the same numbers under a name of its own. tfjs' own copies them, and it is called for every tensor that
 * a gradient keeps, the weights of every layer among them; the other backends share, as this does. Not with XNNPACK,
 * which keeps packed operands by tensor: there, shared weights came out as NaN.
 */
const identity: FastPath = ({ x }, _attributes, heap) => {
  if (nativeKernels() === undefined || x!.dtype === 'string') return undefined;
  heap.incRef(x!.dataId);
  return { dataId: x!.dataId, shape: x!.shape, dtype: x!.dtype };
};

/** Registers the fast paths; once, after tfjs-backend-wasm is loaded. */
export function registerWasmKernels(): void {
  putBefore('Identity', identity);
  putBefore('Transpose', transpose);
  putBefore('Sum', columnReduction(false));
  putBefore('Mean', columnReduction(true));
  putBefore('GatherV2', gatherRows);
}
