import { beforeAll, describe, expect, it } from 'vitest';
import { loadBlas } from '../../../src-main/backend/blas.ts';
import { useNativeKernels, type NativeKernels } from '../../../src-main/backend/kernels.ts';
import { adamSweep, stepNumbers } from '../../../src-main/model/adam.ts';
import { backward, forward } from '../../../src-main/model/batch-norm.ts';
import { dropoutMask } from '../../../src-main/model/dropout.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { hasKernels, needsKernels } from '../../helpers/kernels.ts';
import { product, wave, worst } from './reference.ts';

describe.skipIf(!hasKernels)(`native kernels ${needsKernels}`, () => {
  let kernels: NativeKernels;

  beforeAll(() => {
    const loaded = loadBlas();
    if ('problem' in loaded) throw new Error(loaded.problem);
    kernels = loaded.kernels;
  });

  /** The same work in JavaScript and by the kernels. */
  function both<T>(work: () => T): [T, T] {
    useNativeKernels(undefined);
    const plain = work();
    useNativeKernels(kernels);
    const native = work();
    useNativeKernels(undefined);
    return [plain, native];
  }

  const sizes: readonly (readonly [number, number, number])[] = [
    [1, 7, 5],
    [5, 7, 1],
    [33, 65, 17],
    [130, 67, 129],
    [700, 40, 90],
  ];
  const cases = [1, 2, 3].flatMap((threads) =>
    sizes.flatMap((size) =>
      [false, true].flatMap((a) => [false, true].map((b) => ({ threads, size, a, b }))),
    ),
  );

  it.each(cases)('multiply: $size, transposed $a $b, $threads threads', ({ threads, size, a, b }) => {
    const [m, k, n] = size;
    const [left, right, result] = [wave(m * k, 0.3), wave(k * n, 1.1), new Float32Array(m * n).fill(9)];
    kernels.setThreads(threads);
    kernels.multiply(left, right, result, m, n, k, a, b);
    expect(worst(result, product(left, right, size, a, b))).toBeLessThan(2e-6);
  });

  it.each([1, 2])('give the same bits every time and with %i threads', (threads) => {
    const run = (count: number) => {
      kernels.setThreads(count);
      const [p, m, v] = [wave(100_000, 1), new Float32Array(100_000), new Float32Array(100_000)];
      for (let t = 1; t <= 3; t++) kernels.adam(p, wave(100_000, t), m, v, 1e-3, 1.1, 1e-3, 1e-8);
      const arrays = [0, 1, 2].map(() => new Float32Array(100_000));
      const [mean, variance] = [new Float64Array(500), new Float64Array(500)];
      const [gamma, beta] = [wave(500, 1), wave(500, 2)];
      const [out, xhat, gate] = arrays as [Float32Array, Float32Array, Float32Array];
      const inverse = new Float32Array(500);
      kernels.blockForward(p, gamma, beta, undefined, out, xhat, gate, inverse, mean, variance);
      return [p, m, v, out, xhat, gate, inverse];
    };
    expect(run(threads)).toEqual(run(1));
  });

  it.each([2, 31, 128])('BatchNorm, LeakyReLU and dropout of %i cells, and back', (rows) => {
    const width = 301;
    const h = wave(rows * width, 0.7).map((value, i) => 3 * value + (i % width));
    const keep = wave(rows * width, 5).map((value) => (value > 0 ? 2 : 0));
    const [gamma, beta, upstream] = [wave(width, 1), wave(width, 2), wave(rows * width, 3)];
    const make = () => {
      const wide = () => new Float32Array(rows * width);
      const arrays = { out: wide(), xhat: wide(), gate: wide(), inverse: new Float32Array(width) };
      const moments = forward(h, gamma, beta, keep, arrays);
      const gradient = { h: wide(), gamma: new Float32Array(width), beta: new Float32Array(width) };
      backward(upstream, arrays.gate, arrays.xhat, arrays.inverse, gamma, gradient);
      return [...Object.values(arrays), moments.mean, moments.variance, ...Object.values(gradient)];
    };
    const [plain, native] = both(make);
    plain.forEach((values, i) => expect(worst(native[i]!, values)).toBeLessThan(2e-5));
  });

  it('a column that is constant is exactly zero after BatchNorm', () => {
    useNativeKernels(kernels);
    const wide = () => new Float32Array(40);
    const arrays = { out: wide(), xhat: wide(), gate: wide(), inverse: new Float32Array(2) };
    const h = Float32Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 0.1 : i));
    forward(h, Float32Array.of(1, 1), Float32Array.of(0, 0), undefined, arrays);
    useNativeKernels(undefined);
    expect(arrays.xhat.filter((_, i) => i % 2 === 0)).toEqual(new Float32Array(20));
  });

  it.each([true, false])('Adam, with a gradient: %s', (withGradient) => {
    const [p, m, v] = [wave(1001, 1), wave(1001, 2), wave(1001, 3).map(Math.abs)];
    const g = withGradient ? wave(1001, 4) : undefined;
    const numbers = stepNumbers(3, 1e-2, 1e-2);
    const plain = [p.slice(), m.slice(), v.slice()] as const;
    adamSweep(plain[0], plain[0], g ?? new Float32Array(1001), plain[1], plain[2], numbers);
    kernels.adam(p, g, m, v, numbers.rate, numbers.root, numbers.decay, numbers.epsilon);
    [p, m, v].forEach((values, i) => expect(worst(values, plain[i]!)).toBeLessThan(1e-6));
  });

  it.each([1, 7, 1000])('dropout masks of %i units come from the same stream', (width) => {
    const draw = () => {
      const random = new Random(7, 'mask');
      return [dropoutMask(3, width, 0.3, random), dropoutMask(2, width, 0.5, random), random.uniform()];
    };
    const [plain, native] = both(draw);
    expect(native).toEqual(plain);
  });

  it('add a bias, with LeakyReLU and its slopes', () => {
    const [x, bias, gate] = [Float32Array.of(1, -1, 0, 3), Float32Array.of(-2, 0.5), new Float32Array(4)];
    kernels.addBias(x, bias, gate, true);
    [-0.2, -0.1, -0.4, 3.5].forEach((value, i) => expect(x[i]).toBeCloseTo(value, 6));
    [0.2, 0.2, 0.2, 1].forEach((value, i) => expect(gate[i]).toBeCloseTo(value, 6));
  });

  it('sum rows in double', () => {
    // In float32, 2^25 swallows every 1 that is added to it.
    const matrix = Float32Array.of(2 ** 25, ...Array.from({ length: 64 }, () => 1), -(2 ** 25));
    const result = new Float32Array(1);
    kernels.rowTimesMatrix(undefined, matrix, result, 1);
    expect(result[0]).toBe(64);
  });

  it('refuse arrays that do not fit, instead of crashing', () => {
    const six = new Float32Array(6);
    expect(() => kernels.multiply(six, six, six, 2, 2, 3, false, false)).toThrow(/sizes do not fit/);
    expect(() => kernels.adam(six, undefined, six, new Float32Array(5), 1, 1, 1, 1)).toThrow(/do not fit/);
    expect(() => kernels.addBias(new Float64Array(6) as never, six, undefined, false)).toThrow(
      /another kind/,
    );
  });
});
