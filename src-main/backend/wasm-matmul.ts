import * as tf from '@tensorflow/tfjs-core';
import type { KernelConfig, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { nativeKernels } from './kernels.ts';
import { floats, newMatrix, rowTimesMatrix } from './wasm-kernels.ts';
import type { Heap } from './wasm-kernels.ts';

type Kernel = (inputs: Record<string, TensorInfo>, attributes: NamedAttrMap) => TensorInfo;

function kernel(name: string, backend: Heap): Kernel {
  const { kernelFunc } = tf.getKernel(name, 'wasm');
  return (inputs, attrs) => kernelFunc({ inputs, backend, attrs }) as TensorInfo;
}

/** Swaps the last two axes; a matrix with a side of 1 is only reshaped. */
function transposed(x: TensorInfo, backend: Heap): TensorInfo {
  const rank = x.shape.length;
  const [rows, columns] = [x.shape[rank - 2]!, x.shape[rank - 1]!];
  if (rows === 1 || columns === 1) {
    return kernel('Reshape', backend)({ x }, { shape: [...x.shape.slice(0, -2), columns, rows] });
  }
  const perm = Array.from({ length: rank }, (_, i) => i);
  perm.splice(rank - 2, 2, rank - 1, rank - 2);
  return kernel('Transpose', backend)({ x }, { perm });
}

/** Products that XNNPACK does badly or wrongly, of operands that are not transposed. */
function specialProduct(a: TensorInfo, b: TensorInfo, backend: Heap): TensorInfo | undefined {
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const outer = [a.shape.at(-2)!, b.shape.at(-1)!];
  const sizeOf = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);
  if (sizeOf(a.shape) * sizeOf(b.shape) === 0) {
    return kernel('Fill', backend)({}, { shape: [...batch, ...outer], value: 0, dtype: 'float32' });
  }
  if (sizeOf(batch) > Math.max(sizeOf(a.shape.slice(0, -2)), sizeOf(b.shape.slice(0, -2)))) {
    throw new Error('matMul: tfjs-backend-wasm cannot broadcast both operands; tile one of them first');
  }
  // Column sums and means come as products with one row; packing the matrix would cost more than they do.
  if (a.shape.length !== 2 || b.shape.length !== 2 || outer[0] !== 1) return undefined;
  const result = newMatrix(backend, outer);
  rowTimesMatrix(floats(backend, a), floats(backend, b), result.values);
  return result.tensor;
}

/** A product of two float32 matrices by the native kernels, where they are in use; transposed operands cost nothing. */
function nativeProduct(
  a: TensorInfo,
  b: TensorInfo,
  attributes: NamedAttrMap | undefined,
  backend: Heap,
): TensorInfo | undefined {
  const native = nativeKernels();
  if (native === undefined || a.shape.length !== 2 || b.shape.length !== 2) return undefined;
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return undefined;
  const [transposeA, transposeB] = [attributes?.['transposeA'] === true, attributes?.['transposeB'] === true];
  const m = a.shape[transposeA ? 1 : 0]!;
  const k = a.shape[transposeA ? 0 : 1]!;
  const n = b.shape[transposeB ? 0 : 1]!;
  // Sums of columns come as products with one row; they are added up in double.
  if (m === 1 && !transposeA && !transposeB) return undefined;
  const result = newMatrix(backend, [m, n]);
  native.multiply(floats(backend, a), floats(backend, b), result.values, m, n, k, transposeA, transposeB);
  return result.tensor;
}

/**
 * The kernel `name` of tfjs-backend-wasm with its transposed operands written out first.
 *
 * XNNPACK, which it calls, multiplies plain matrices only; for transposeA or transposeB tfjs falls back
 * on a scalar loop that is 10 to 30 times slower, and every gradient of a product needs one of them.
 *
 * XNNPACK keeps a packed copy of b for as long as the tensor lives, so values must never be written into a
 * tensor in place: the next product would use the old ones.
 */
function transposeFirst(name: 'BatchMatMul' | '_FusedMatMul'): KernelConfig {
  const shipped = tf.getKernel(name, 'wasm');
  return {
    ...shipped,
    kernelFunc: ({ inputs, backend: any, attrs }) => {
      const backend = any as Heap;
      if (name === 'BatchMatMul') {
        const product = nativeProduct(inputs['a']!, inputs['b']!, attrs, backend);
        if (product !== undefined) return product;
      }
      const made: TensorInfo[] = [];
      const plain = (x: TensorInfo, isTransposed: unknown): TensorInfo => {
        if (isTransposed !== true) return x;
        const result = transposed(x, backend);
        made.push(result);
        return result;
      };
      const a = plain(inputs['a']!, attrs?.['transposeA']);
      const b = plain(inputs['b']!, attrs?.['transposeB']);
      const call = {
        inputs: { ...inputs, a, b },
        backend,
        attrs: { ...attrs, transposeA: false, transposeB: false },
      };
      // A fused product also adds and activates; none is special, and tfjs-core hands in rank 3.
      const special = name === 'BatchMatMul' ? specialProduct(a, b, backend) : undefined;
      const result = special ?? shipped.kernelFunc(call);
      for (const { dataId } of made) backend.disposeData(dataId);
      return result;
    },
  };
}

/** Replaces both product kernels of the WASM backend; once, after tfjs-backend-wasm is loaded. */
export function registerWasmMatMul(): void {
  for (const name of ['BatchMatMul', '_FusedMatMul'] as const) {
    const replacement = transposeFirst(name);
    tf.unregisterKernel(name, 'wasm');
    tf.registerKernel(replacement);
  }
}
