import { describe, expect, it } from 'vitest';
import { pseudotime } from '../../../src-main/analysis/pseudotime.ts';
import type { PseudotimeInput } from '../../../src-main/analysis/pseudotime.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { spearman } from '../../../src-shared/maths/metrics.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { trajectoryReference } from '../../helpers/trajectory-reference.ts';

describe("pseudotime against spaTrack's definition in Python", () => {
  const { runs, planted, ...cells } = trajectoryReference.trajectory;

  it.each(runs)('expression counting $expressionWeight, start cells $startCells', async (run) => {
    const startCells = Int32Array.from(run.startCells);
    const weights = { expression: run.expressionWeight, space: 1 - run.expressionWeight };
    const ours = await pseudotime({ ...cells, dimensions: 2, startCells }, { weights });
    expect(ours.converged).toBe(true);
    const largest = Math.max(...run.transition);
    ours.transition.forEach((value, cell) => {
      expect(Math.abs(value - run.transition[cell]!)).toBeLessThan(1e-6 * largest);
    });
    // Published: rank by transition, the largest first. Ours: start cells before all others.
    const others = planted.flatMap((_, cell) => (startCells.includes(cell) ? [] : [cell]));
    const published = others.map((cell) => run.transition[cell]!);
    const times = others.map((cell) => ours.pseudotime[cell]!);
    expect(spearman(times, published)).toBeCloseTo(-1, 12);
    if (startCells.length > 1) expect(spearman(ours.pseudotime, run.transition)).toBeLessThan(-0.98);
    const starts = run.startCells.map((cell) => ours.pseudotime[cell]!);
    expect(Math.max(...starts)).toBeCloseTo((starts.length - 1) / (planted.length - 1), 12);
    expect(spearman(ours.pseudotime, planted)).toBeGreaterThan(0.9);
  });
});

/** A planted gradient along x, seen in expression too. */
function gradient(n: number, seed: number): PseudotimeInput & { readonly planted: Float64Array } {
  const random = new Random(seed);
  const planted = Float64Array.from({ length: n }, () => random.uniform());
  const components = 10;
  const loadings = Float64Array.from({ length: components }, () => random.normal());
  const principalComponents = new Float32Array(n * components);
  const positions = new Float32Array(n * 2);
  planted.forEach((t, cell) => {
    positions.set([900 * t + 20 * random.normal(), 300 * random.uniform()], cell * 2);
    loadings.forEach((loading, axis) => {
      principalComponents[cell * components + axis] = 5 * t * loading + random.normal();
    });
  });
  const startCells = Int32Array.from(planted.keys()).filter((cell) => planted[cell]! < 0.05);
  return { principalComponents, components, positions, dimensions: 2, startCells, planted };
}

describe('pseudotime with landmarks', () => {
  it('is nearly that without, and finds the planted gradient', async () => {
    const cells = gradient(4000, 3);
    const exact = await pseudotime(cells);
    const fast = await pseudotime(cells, { exactCells: 3999, landmarks: 800 });
    expect([exact.landmarks, fast.landmarks]).toEqual([4000, 800]);
    expect(spearman(fast.pseudotime, exact.pseudotime)).toBeGreaterThan(0.95);
    expect(spearman(exact.pseudotime, cells.planted)).toBeGreaterThan(0.9);
    expect(spearman(fast.pseudotime, cells.planted)).toBeGreaterThan(0.9);
  });

  it('is the same again with the same seed, and has start cells first', async () => {
    const cells = gradient(600, 4);
    const options = { exactCells: 100, landmarks: 100, seed: 8 };
    const once = await pseudotime(cells, options);
    expect(await pseudotime(cells, options)).toEqual(once);
    const starts = cells.startCells.length;
    for (const cell of cells.startCells) expect(once.pseudotime[cell]).toBeLessThan(starts / 599);
    expect([Math.min(...once.pseudotime), Math.max(...once.pseudotime)]).toEqual([0, 1]);
  });

  it('tells its progress and stops', async () => {
    const shares: number[] = [];
    const stop = { aborted: false };
    const progress = (share: number): void => {
      shares.push(share);
      stop.aborted = share > 0.3;
    };
    const running = pseudotime(gradient(40_000, 5), { landmarks: 1000, stop, progress });
    await expect(running).rejects.toThrow('Stopped.');
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });
});

describe('pseudotime of what it cannot order', () => {
  const cells = { components: 1, dimensions: 1, startCells: Int32Array.of(0) };
  const of = (principalComponents: number[], positions: number[], startCells = cells.startCells) =>
    pseudotime({ ...cells, principalComponents, positions, startCells });

  it('says what is wrong', async () => {
    await expect(of([1, 2], [1, 2])).rejects.toThrow(/at least 3 cells, and there are 2/);
    await expect(of([1, 2, 3], [1, 2, 3], new Int32Array())).rejects.toThrow(/at least one start cell/);
    await expect(of([1, Number.NaN, 3], [1, 2, 3])).rejects.toThrow(/Cell 2 of 3 has no expression/);
    await expect(of([1, 2, 3], [1, 2, Number.NaN])).rejects.toThrow(/Cell 3 of 3 has no position/);
    await expect(of([1, 1, 1], [2, 2, 2])).rejects.toThrow(UserError);
    await expect(of([1, 2, 3], [1, 2, 3], Int32Array.of(3))).rejects.toThrow(RangeError);
    await expect(of([1, 2, 3], [1, 2])).rejects.toThrow(RangeError);
  });

  it('orders by position alone where expression is constant', async () => {
    const { pseudotime: times } = await of([1, 1, 1, 1], [0, 3, 2, 1]);
    expect([...times]).toEqual([0, 1, 2 / 3, 1 / 3]);
  });
});
