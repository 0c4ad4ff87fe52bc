import { describe, expect, it } from 'vitest';
import { sinkhorn } from '../../../src-main/analysis/sinkhorn.ts';
import { StoppedError } from '../../../src-shared/contract/errors.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { trajectoryReference } from '../../helpers/trajectory-reference.ts';

const uniform = (n: number): Float64Array => new Float64Array(n).fill(1 / n);

describe('entropic transport against POT', () => {
  it.each(trajectoryReference.transports.map((problem, at) => ({ at, ...problem })))(
    'problem $at, regularisation $regularisation',
    async ({ cost, a, b, plan, regularisation }) => {
      const ours = await sinkhorn(Float64Array.from(cost), Float64Array.from(a), Float64Array.from(b), {
        regularisation,
        maxIterations: 100_000,
        tolerance: 1e-12,
      });
      expect(ours.converged).toBe(true);
      const largest = Math.max(...plan);
      plan.forEach((wanted, entry) => {
        expect(Math.abs(ours.plan[entry]! - wanted)).toBeLessThan(1e-6 * largest);
        const [i, j] = [Math.floor(entry / b.length), entry % b.length];
        const exponent = ours.rowPotentials[i]! + ours.columnPotentials[j]! - cost[entry]!;
        expect(ours.plan[entry]).toBeCloseTo(Math.exp(exponent / regularisation), 12);
      });
    },
  );
});

describe('entropic transport at its limits', () => {
  const random = new Random(5);
  const cost = Float64Array.from({ length: 30 * 20 }, () => random.uniform());

  it.each([1e-2, 1e-4, 1e-7, 1e3])(
    'gives finite numbers with the masses kept, ε = %s',
    async (regularisation) => {
      const { plan } = await sinkhorn(cost, uniform(30), uniform(20), { regularisation, maxIterations: 300 });
      expect(plan.every((value) => value >= 0 && value <= 1)).toBe(true);
      for (let i = 0; i < 30; i++) {
        const row = plan.subarray(i * 20, (i + 1) * 20).reduce((sum, value) => sum + value, 0);
        expect(row).toBeCloseTo(1 / 30, 12);
      }
    },
  );

  it('comes near the cheapest permutation with a small ε', async () => {
    const square = Float64Array.from([4, 1, 3, 2, 0, 5, 3, 2, 2]);
    const { plan } = await sinkhorn(square, uniform(3), uniform(3), {
      regularisation: 0.02,
      maxIterations: 100_000,
    });
    // Of the six sums 4+0+2, 4+5+2, 1+2+2, 1+5+3, 3+2+2, 3+0+3 the third.
    const expected = [0, 1, 0, 1, 0, 0, 0, 0, 1];
    expected.forEach((value, entry) => expect(plan[entry]).toBeCloseTo(value / 3, 4));
  });

  it('leaves rows and columns without mass empty, and forbidden moves unused', async () => {
    const costs = Float64Array.from([Infinity, 1, 1, 1, 1, 1, 1, Infinity, Infinity]);
    const a = Float64Array.from([0.5, 0, 0.5]);
    const { plan, converged } = await sinkhorn(costs, a, a, { regularisation: 0.1 });
    expect(converged).toBe(true);
    expect([...plan].map((value) => Number(value.toFixed(6)))).toEqual([0, 0, 0.5, 0, 0, 0, 0.5, 0, 0]);
  });

  it('says that it has not converged', async () => {
    const result = await sinkhorn(cost, uniform(30), uniform(20), { regularisation: 1e-3, maxIterations: 2 });
    expect(result).toMatchObject({ converged: false, iterations: 2 });
    expect(result.error).toBeGreaterThan(1e-3);
  });

  it('refuses what is no problem', async () => {
    const one = uniform(1);
    const solve = (costs: number[], a: Float64Array, b: Float64Array, regularisation = 1) =>
      sinkhorn(Float64Array.from(costs), a, b, { regularisation });
    await expect(solve([1, 2], one, one)).rejects.toThrow(/2 costs between 1 and 1 masses/);
    await expect(solve([1], one, one, 0)).rejects.toThrow(/ε of 0/);
    await expect(solve([Number.NaN], one, one)).rejects.toThrow(/a cost of NaN/);
    await expect(solve([1], one, Float64Array.of(2))).rejects.toThrow(/masses of 1 and 2/);
    await expect(solve([1], Float64Array.of(-1), one)).rejects.toThrow(/a mass of -1/);
    await expect(solve([Infinity, Infinity, 1, 1], uniform(2), uniform(2))).rejects.toThrow(
      /row 0 has nowhere/,
    );
  });

  it('stops', async () => {
    const size = 1500;
    const stop = { aborted: false };
    const running = sinkhorn(new Float64Array(size * size), uniform(size), uniform(size), {
      regularisation: 1,
      tolerance: -1,
      stop,
    });
    setTimeout(() => (stop.aborted = true), 5);
    await expect(running).rejects.toThrow(StoppedError);
  });
});
