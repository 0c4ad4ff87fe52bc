/**
 * Matrix products and element-wise sweeps in native code, in place on typed arrays; made by the addon in
 * backend/addon. Matrices are row-major. Sizes that do not fit throw an Error.
 */
export interface NativeKernels {
  /** c ← op(a) op(b): m × n, inner length k; op transposes where it says so. Overwrites c. */
  multiply(
    a: Float32Array,
    b: Float32Array,
    c: Float32Array,
    m: number,
    n: number,
    k: number,
    transposeA: boolean,
    transposeB: boolean,
  ): void;
  /** result ← scale · weights · matrix (1 × n times n × d; weights of 1 where undefined), added up in double. */
  rowTimesMatrix(
    weights: Float32Array | undefined,
    matrix: Float32Array,
    result: Float32Array,
    scale: number,
  ): void;
  /** BatchNorm with batch statistics → LeakyReLU → Dropout; writes out … variance (see model/batch-norm.ts). */
  blockForward(
    h: Float32Array,
    gamma: Float32Array,
    beta: Float32Array,
    keep: Float32Array | undefined,
    out: Float32Array,
    xhat: Float32Array,
    gate: Float32Array,
    inverse: Float32Array,
    mean: Float64Array,
    variance: Float64Array,
  ): void;
  /** Its gradients; writes the last three. */
  blockBackward(
    upstream: Float32Array,
    gate: Float32Array,
    xhat: Float32Array,
    inverse: Float32Array,
    gamma: Float32Array,
    h: Float32Array,
    dGamma: Float32Array,
    dBeta: Float32Array,
  ): void;
  /** One Adam update in place (see model/adam.ts); no gradient is a zero one. */
  adam(
    parameters: Float32Array,
    gradient: Float32Array | undefined,
    m: Float32Array,
    v: Float32Array,
    rate: number,
    root: number,
    decay: number,
    epsilon: number,
  ): void;
  /** x ← x + bias, with LeakyReLU(0.2) where `leaky`, whose slopes go to `gate` where there is one. In place. */
  addBias(x: Float32Array, bias: Float32Array, gate: Float32Array | undefined, leaky: boolean): void;
  /** Fills a dropout mask (see model/dropout.ts) and moves the state of the random stream on. */
  dropout(mask: Float32Array, threshold: number, kept: number, state: Uint32Array): void;
  setThreads(threads: number): void;
  /** Which BLAS, and its kernels: `OpenBLAS 0.3.34, Haswell kernels`. */
  description(): string;
}

let current: NativeKernels | undefined;

/** The native kernels, while the backend that computes has them (`blas`); they work on the WASM heap. */
export function nativeKernels(): NativeKernels | undefined {
  return current;
}

/** Called by the backend that starts; undefined switches them off. */
export function useNativeKernels(kernels: NativeKernels | undefined): void {
  current = kernels;
}
