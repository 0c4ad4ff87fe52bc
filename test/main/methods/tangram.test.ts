import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../../src-main/backend/select.ts';
import { planBlocks } from '../../../src-main/methods/tangram-blocks.ts';
import { tangram, tangramClusters, tangramMethod } from '../../../src-main/methods/tangram.ts';
import { pearson } from '../../../src-shared/maths/metrics.ts';
import { median } from '../../../src-shared/maths/statistics.ts';
import { fitted, imputed, methodInput, twoKinds } from '../../helpers/method-input.ts';

const reference = twoKinds(30, 1, 3);
const spatial = twoKinds(20, 2, 1).map((row) => row.slice(0, 4));
const labels = reference.map((_, i) => (i % 2 === 0 ? 'even' : 'odd'));
const input = methodInput({ spatial, reference, shared: 4, labels });

beforeAll(async () => {
  await selectBackend('wasm', { threads: 1 });
});

describe('blocks of a mapping', () => {
  it('are one block where the limits allow it', () => {
    const { blocks, departures } = planBlocks(10, 4, 1, { entries: 40, sources: 4 });
    expect(blocks).toHaveLength(1);
    expect([...blocks[0]!.spots]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([...blocks[0]!.sources]).toEqual([0, 1, 2, 3]);
    expect(departures).toEqual([]);
  });

  it('cover every spot once, stay below the limits, and sample the sources', () => {
    // 12 entries over 3 sources: 4 spots a block, so 3 blocks of 10 spots.
    const { blocks, departures } = planBlocks(10, 5, 1, { entries: 12, sources: 3 });
    expect(blocks.map(({ spots }) => spots.length)).toEqual([4, 3, 3]);
    expect(blocks.flatMap(({ spots }) => [...spots]).sort((a, b) => a - b)).toEqual([...Array(10).keys()]);
    for (const { sources } of blocks) expect(new Set(sources).size).toBe(3);
    expect(departures).toEqual([
      'The spatial cells were mapped in 3 random blocks of about 4.',
      'Each block uses a random 3 of the 5 reference cells.',
    ]);
    expect(planBlocks(10, 5, 1, { entries: 12, sources: 3 })).toEqual({ blocks, departures });
    expect(planBlocks(10, 5, 2, { entries: 12, sources: 3 }).blocks).not.toEqual(blocks);
  });
});

describe('tangram', () => {
  it.each([
    ['cells', tangram],
    ['clusters', tangramClusters],
  ] as const)('%s: gives each cell the targets of its own kind', async (_, method) => {
    const before = tf.memory().numTensors;
    const values = await imputed(method, input);
    expect(tf.memory().numTensors).toBe(before);
    for (let i = 0; i < spatial.length; i++) {
      const [own, other] = i % 2 === 0 ? [0, 1] : [1, 0];
      expect(values[2 * i + own]!).toBeGreaterThan(3 * values[2 * i + other]!);
    }
  });

  it.each(['cells', 'clusters'] as const)('%s: keeps the mean count of the reference', async (mode) => {
    // Every source lands somewhere, so the sum over the spots is that of the normalised reference.
    const values = await imputed(tangramMethod({ mode, epochs: 20 }), input);
    const typical = median(input.counts.reference.totals);
    for (const target of [0, 1]) {
      const squares = Array.from(spatial, (_, i) => values[2 * i + target]! ** 2);
      const normalised = reference.map(
        (row, i) => (row[4 + target]! * typical) / input.counts.reference.totals[i]!,
      );
      const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length;
      expect(mean(squares)).toBeCloseTo(mean(normalised), 3);
    }
  });

  it('brings more to a cell of greater depth', async () => {
    const deep = [...spatial, spatial[0]!.map((count) => 4 * count)];
    const values = await imputed(tangram, methodInput({ spatial: deep, reference, shared: 4 }));
    // Four times the counts: four times the density, twice the square root.
    expect(values[40]! / values[0]!).toBeGreaterThan(1.9);
    expect(values[40]! / values[0]!).toBeLessThan(2.2);
  });

  it('maps in blocks where memory asks for it, says so, and predicts much the same', async () => {
    const limits = { entries: 200, sources: 20 };
    const method = tangramMethod({ mode: 'cells', limits });
    const { departures } = await fitted(method, input);
    expect(departures.slice(1)).toEqual([
      'The spatial cells were mapped in 2 random blocks of about 10.',
      'Each block uses a random 20 of the 30 reference cells.',
    ]);
    expect(pearson(await imputed(method, input), await imputed(tangram, input))).toBeGreaterThan(0.95);
  });

  it('finds clusters where there are no labels, and says so', async () => {
    const { departures } = await fitted(tangramClusters, { ...input, labels: undefined });
    expect(departures.join(' ')).toContain('no cell types, so 5 clusters were found by k-means');
    expect((await fitted(tangramClusters, input)).departures).toHaveLength(1);
  });

  it('is the same for a seed and another for another', async () => {
    const method = tangramMethod({ mode: 'cells', epochs: 5 });
    const [a, b, c] = [
      await imputed(method, input),
      await imputed(method, input),
      await imputed(method, { ...input, seed: 2 }),
    ];
    expect([...a]).toEqual([...b]);
    expect([...a]).not.toEqual([...c]);
  });

  it('stops when told to, and leaves nothing behind', async () => {
    const before = tf.memory().numTensors;
    const endless = tangramMethod({ mode: 'cells', epochs: 1e9 });
    const stop = { aborted: false };
    const run = endless.fit({ ...input, stop });
    const first = await run.next();
    expect(first.value).toMatchObject({ kind: 'steps', total: 1e9 });
    stop.aborted = true;
    await expect(run.next()).rejects.toThrow('Stopped.');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('says what it lacks', async () => {
    const silent = methodInput({ spatial: spatial.map(() => [0, 0, 0, 0]), reference, shared: 4 });
    await expect(fitted(tangram, silent)).rejects.toThrow(
      'needs training genes with counts in both datasets',
    );
  });
});
