import type { Dense } from '../../../src-main/matrix/dense.ts';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forceDevice } from '../../../src-main/backend/device.ts';
import { selectBackend } from '../../../src-main/backend/select.ts';
import { RemoteTrainer } from '../../../src-main/methods/remote-stage.ts';
import { serveStages, type TrainerOptions } from '../../../src-main/methods/serve-stages.ts';
import type { Line } from '../../../src-main/methods/stage-protocol.ts';
import { createStage, type StageTask } from '../../../src-main/methods/stage-task.ts';
import { noStore, trainMembers, type TrainingStore } from '../../../src-main/methods/train-members.ts';
import { stateOf, trainIn } from '../../../src-main/methods/training-place.ts';
import type { TensorMap } from '../../../src-main/model/frozen-state.ts';
import type { Snapshot, Stage } from '../../../src-main/train/stage.ts';
import { drain } from '../../../src-shared/contract/drain.ts';
import { StoppedError } from '../../../src-shared/contract/errors.ts';
import type { LossPoint } from '../../../src-shared/domain/loss-point.ts';
import { smallData, smallMember, smallParameters } from '../../helpers/small-member.ts';

/** Two ends of a line over real ports: what is sent is cloned, and arrives later. */
function lines(): { near: Line; far: Line; close: () => void } {
  const { port1, port2 } = new MessageChannel();
  const over = (port: typeof port1): Line => ({
    send: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', listener),
    onClose: (listener) => void port.on('close', listener),
  });
  return { near: over(port1), far: over(port2), close: () => port2.close() };
}

const working: TrainerOptions = {
  start: () => Promise.resolve({ device: 'a card' }),
  fault: () => undefined,
};

function joined(options: Partial<TrainerOptions> = {}) {
  const { near, far, close } = lines();
  serveStages(far, { ...working, ...options });
  return { trainer: new RemoteTrainer(near), close };
}

const task = (): StageTask => ({
  kind: 'autoencoder',
  data: smallMember(),
  options: { domain: 'st', member: 0, seed: 5, parameters: smallParameters },
});

async function run(stage: Stage): Promise<LossPoint[]> {
  const points: LossPoint[] = [];
  for await (const point of stage.run()) points.push(point);
  return points;
}

describe.each([false, true])('stages at the other end of a line (in tensor operations: %s)', (device) => {
  beforeAll(async () => {
    await selectBackend('wasm', { threads: 1 });
    forceDevice(device);
  });
  afterAll(() => {
    forceDevice(undefined);
    trainIn(undefined);
  });

  it('train whole members to the same numbers as here', async () => {
    const trained = async () => {
      const points: LossPoint[] = [];
      const members = await drain(
        trainMembers(smallData(), smallParameters, 1, noStore),
        (point) => void points.push(point),
      );
      const { encodeSt, translate, decodeSc } = members[0]!.path;
      const networks = new Map([
        ['e', encodeSt],
        ['t', translate],
        ['d', decodeSc],
      ] as const);
      return { points, state: await stateOf(networks) };
    };
    const here = await trained();
    const { trainer, close } = joined();
    trainIn(trainer);
    const there = await trained();
    trainIn(undefined);
    close();
    expect(new Set(there.points.map(({ stage }) => stage)).size).toBe(3);
    expect(there).toEqual(here);
  });

  it('give checkpoints that belong to the point before them', async () => {
    const { trainer, close } = joined();
    trainIn(trainer);
    const saved = new Map<string, [number, Snapshot]>();
    let last = -1;
    const store: TrainingStore = {
      ...noStore,
      due: () => true,
      save: (stage, snapshot) => Promise.resolve(void saved.set(`${stage} ${last}`, [last, snapshot])),
    };
    await drain(trainMembers(smallData(), smallParameters, 1, store), ({ step }) => void (last = step));
    trainIn(undefined);
    close();
    expect(saved.size).toBeGreaterThan(6);
    for (const [step, { counters }] of saved.values()) expect(counters['step']).toBe(step + 1);
  });

  it('go on from a checkpoint of here', async () => {
    const whole = await createStage(task());
    const expected = await run(whole);
    const half = await createStage(task());
    for await (const { step } of half.run()) if (step >= 5) break;
    const { trainer, close } = joined();
    const rest = await trainer.stage(task());
    rest.restore(await half.snapshot());
    const points = await run(rest);
    expect(points).toEqual(expected.slice(-points.length));
    const state = (stage: Stage): Promise<TensorMap> => stateOf(stage.finish());
    expect(await state(rest)).toEqual(await state(whole));
    close();
  });

  it('stop between two steps, and then give a checkpoint', async () => {
    const { trainer, close } = joined();
    const stage = await trainer.stage(task());
    const stop = new AbortController();
    const running = (async () => {
      for await (const { step } of stage.run(stop.signal)) if (step > 2) stop.abort();
    })();
    await expect(running).rejects.toBeInstanceOf(StoppedError);
    const { counters } = await stage.snapshot();
    expect(counters['step']).toBeGreaterThan(3);
    expect(counters['step']).toBeLessThan(12);
    expect(stage.usable).toBe(false);
    close();
  });
});

describe('the line to a trainer', () => {
  beforeAll(async () => {
    await selectBackend('wasm', { threads: 1 });
  });

  it('says what there is, or why there is nothing', async () => {
    const able = joined();
    await expect(able.trainer.device()).resolves.toEqual({ device: 'a card' });
    able.close();
    const unable = joined({ start: () => Promise.resolve({ problem: 'no card' }) });
    await expect(unable.trainer.device()).resolves.toEqual({ problem: 'no card' });
    unable.close();
  });

  it('fails in a sentence when the other end is gone, before or while it trains', async () => {
    const { trainer, close } = joined();
    const stage = await trainer.stage(task());
    const gone = expect(run(stage)).rejects.toThrow(/window that trained on the graphics card has ended/u);
    close();
    await gone;
    await expect(run(await trainer.stage(task()))).rejects.toThrow(/has ended/u);
  });

  it('trusts no number after a fault of the graphics card', async () => {
    let fault: string | undefined;
    const { trainer, close } = joined({ fault: () => fault });
    const stage = await trainer.stage(task());
    const seen: number[] = [];
    const running = (async () => {
      for await (const { step } of stage.run()) {
        seen.push(step);
        fault = 'it was lost (driver reset)';
      }
    })();
    await expect(running).rejects.toThrow(/failed: it was lost \(driver reset\).*another backend/u);
    expect(seen).toHaveLength(1);
    close();
  });

  it('passes on an error of the training as it stands', async () => {
    const { trainer, close } = joined();
    const own = task();
    (own.data.st.source as Dense).values.fill(Number.NaN);
    await expect(run(await trainer.stage(own))).rejects.toThrow(/loss term reconstruction\.st became NaN/u);
    close();
  });
});
