import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../../src-main/backend/select.ts';
import { Network } from '../../../src-main/model/network.ts';
import { dropoutMask } from '../../../src-main/model/dropout.ts';
import { AutoencoderTraining } from '../../../src-main/train/autoencoder-training.ts';
import { BatchStream } from '../../../src-main/train/batches.ts';
import { decoding, HiddenReconstruction } from '../../../src-main/train/reconstruction.ts';
import { batchTensor, type Stage } from '../../../src-main/train/stage.ts';
import { TermMeans } from '../../../src-main/train/term-means.ts';
import type { LossPoint } from '../../../src-shared/domain/loss-point.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { parameters, sc, st, translation, view } from './small-training.ts';

async function points(stage: Stage, until = Number.POSITIVE_INFINITY): Promise<LossPoint[]> {
  const seen: LossPoint[] = [];
  for await (const point of stage.run()) {
    seen.push(point);
    if (seen.length === until) break;
  }
  return seen;
}

function weights(stage: Stage): number[] {
  return [...stage.finish().values()].flatMap(({ layers }) =>
    layers.flatMap((layer) => [...layer.weights.dataSync(), ...layer.bias.dataSync()]),
  );
}

beforeAll(async () => {
  await selectBackend('wasm', { threads: 1 });
});

describe('BatchStream', () => {
  it('deals out every cell at most once a round, and again differently', () => {
    const stream = new BatchStream(10, 3, 1, 'x');
    const round = [0, 1, 2].flatMap((step) => [...stream.at(0, step)]);
    expect(stream.perRound).toBe(3);
    expect(new Set(round).size).toBe(9);
    expect([...stream.at(0, 3)]).not.toEqual([...stream.at(0, 0)]);
    expect([...new BatchStream(10, 3, 1, 'x').at(4, 7)]).toEqual([...stream.at(4, 7)]);
  });

  it('takes all cells when there are fewer than a batch', () => {
    expect(new BatchStream(5, 128, 1, 'x').at(0, 0)).toHaveLength(5);
  });
});

describe('dropoutMask', () => {
  it('drops the wanted share and keeps the mean', () => {
    const mask = dropoutMask(200, 501, 0.3, new Random(1))!;
    const zeros = mask.filter((value) => value === 0).length / mask.length;
    expect(mask).toHaveLength(200 * 501);
    // Five standard errors of a share of 0.3 over 100,200 draws.
    expect(Math.abs(zeros - 0.3)).toBeLessThan(5 * Math.sqrt((0.3 * 0.7) / mask.length));
    expect(mask.reduce((sum, value) => sum + value, 0) / mask.length).toBeCloseTo(1, 1);
    expect(dropoutMask(2, 2, 0, new Random(1))).toBeUndefined();
  });
});

describe('HiddenReconstruction', () => {
  it('gives the loss of decoding, and its gradient, without the genes', () => {
    const decoder = new Network(
      { name: 'D', inputs: 8, hidden: [10, 12], outputs: 40, ending: 'linear', dropout: 0 },
      4,
    ).freeze();
    const cells = Int32Array.of(3, 17, 4, 40, 22);
    const codes = batchTensor(view(5, 8, 9), Int32Array.of(0, 1, 2, 3, 4));
    const short = new HiddenReconstruction(decoder, sc).of(cells);
    const long = decoding(decoder, batchTensor(sc, cells));
    const { trunk } = decoder.parts;
    const both = [short, long].map((loss) =>
      tf.valueAndGrad((z) => loss(trunk.apply(z as tf.Tensor2D)))(codes),
    );
    expect(both[0]!.value.dataSync()[0]).toBeCloseTo(both[1]!.value.dataSync()[0]!, 5);
    const [a, b] = both.map(({ grad }) => grad.dataSync());
    const largest = Math.max(...b!.map(Math.abs));
    a!.forEach((value, i) => expect(Math.abs(value - b![i]!)).toBeLessThan(1e-4 * largest));
  });
});

describe.each([
  ['autoencoder', () => new AutoencoderTraining(st, { domain: 'st', member: 0, seed: 5, parameters }), 3],
  ['translation', () => translation(), 3],
] as const)('%s training', (_name, create, stopAfter) => {
  it('goes on from a snapshot to the bit', async () => {
    const whole = await create();
    const expected = await points(whole);
    const first = await create();
    const before = await points(first, stopAfter);
    const second = await create();
    second.restore(structuredClone(await first.snapshot()));
    const after = await points(second);
    expect([...before, ...after]).toEqual(expected);
    expect(weights(second)).toEqual(weights(whole));
  });

  it('keeps no tensor over 100 steps', async () => {
    const long = { 'train.maxStepsStage1': 120, 'train.maxStepsStage2': 120 } as const;
    const stage =
      _name === 'translation'
        ? await translation(long)
        : new AutoencoderTraining(st, {
            domain: 'st',
            member: 0,
            seed: 5,
            parameters: { ...parameters, ...long },
          });
    const counts: number[] = [];
    for await (const point of stage.run()) if (point.step >= 8) counts.push(tf.memory().numTensors);
    expect(counts.length).toBeGreaterThan(20);
    expect(new Set(counts).size).toBe(1);
    const before = tf.memory().numTensors;
    stage.dispose();
    expect(tf.memory().numTensors).toBeLessThan(before);
  });
});

describe('translation training', () => {
  it('names the term that blew up', async () => {
    const stage = await translation();
    const kept = st.source.values[0]!;
    st.source.values[0] = Number.NaN;
    try {
      await expect(points(stage)).rejects.toThrow(/loss term identity\.st became NaN in epoch 1/u);
    } finally {
      st.source.values[0] = kept;
    }
  });

  it('stops at a term that runs away while it is still a number', async () => {
    const means = new TermMeans();
    await means.add({ total: tf.scalar(3) }, 'here');
    const runaway = means.add({ gan: tf.scalar(1), total: tf.scalar(1e9) }, 'here');
    await expect(runaway).rejects.toThrow(/total became 1000000000/u);
  });

  it('works with every option of the released code', async () => {
    const released = await translation({
      'loss.mmdKernel': 'gamma',
      'loss.coralForm': 'code',
      'lambda.disc': 1e-4,
      'lambda.gradientPenalty': 10,
      'lambda.panel': 0,
      'train.decay': 'halve',
    });
    const seen = await points(released);
    expect(seen.at(-1)!.terms).not.toHaveProperty('panel');
    expect(Object.values(seen.at(-1)!.terms).every(Number.isFinite)).toBe(true);
  });
});
