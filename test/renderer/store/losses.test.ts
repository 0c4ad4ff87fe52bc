import { describe, expect, it } from 'vitest';
import { KEPT_RUNS, LossStore } from '../../../src-renderer/store/losses.ts';
import type { Point } from '../../../src-renderer/store/losses/run-losses.ts';
import { CAPACITY } from '../../../src-renderer/store/losses/series.ts';
import { fakeEngine } from '../helpers/fake-engine.ts';

function point(step: number, part: Partial<Point> = {}): Point {
  const terms = { 'identity.st': step, total: -step };
  return { member: 0, stage: 'translation', epoch: 0, step, steps: 1000, terms, ...part };
}

/** A store over a fake engine whose frames a test lets pass. */
function aStore(known: Readonly<Record<string, Point[]>>) {
  const frames: (() => void)[] = [];
  const engine = fakeEngine({ 'run:losses': ({ id }) => ({ points: known[id] ?? [] }) });
  const store = new LossStore(engine.client, (then) => frames.push(then));
  const frame = () => frames.splice(0).forEach((then) => then());
  return { store, engine, frame, frames };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('LossStore', () => {
  it('asks once for a run and follows it from there, each point once', async () => {
    const { store, engine } = aStore({ a: [point(0), point(1), point(2)] });
    store.watch('a');
    store.watch('a');
    engine.push('run:losses', { id: 'a', points: [point(2), point(3)] });
    await settled();
    engine.push('run:losses', { id: 'a', points: [point(4)] });
    expect(engine.calls('run:losses')).toEqual([{ id: 'a' }]);
    const series = store.of('a')!.curve(0, 'translation', 'identity.st')!;
    expect([...series.step.subarray(0, series.length)]).toEqual([0, 1, 2, 3, 4]);
    expect([...series.mean.subarray(0, series.length)]).toEqual([0, 1, 2, 3, 4]);
  });

  it('leaves runs alone that nobody watches', () => {
    const { store, engine } = aStore({});
    engine.push('run:losses', { id: 'b', points: [point(0)] });
    expect(store.of('b')).toBeUndefined();
  });

  it('keeps networks and stages apart', async () => {
    const terms = { 'reconstruction.sc': 5 };
    const known = [point(0, { stage: 'autoencoder-sc', terms }), point(0), point(0, { member: 1 })];
    const { store } = aStore({ a: known });
    store.watch('a');
    await settled();
    const losses = store.of('a')!;
    expect(losses.curve(0, 'autoencoder-sc', 'reconstruction.sc')!.mean[0]).toBe(5);
    expect(losses.curve(0, 'translation', 'total')!.length).toBe(1);
    expect(losses.curve(1, 'translation', 'total')!.length).toBe(1);
    expect(losses.curve(2, 'translation', 'total')).toBeUndefined();
    expect(losses.members).toBe(2);
  });

  it('asks anew for what is watched when something may have been missed, and lets the rest go', async () => {
    const known: Record<string, Point[]> = { a: [point(0)], b: [point(0)] };
    const { store, engine } = aStore(known);
    store.watch('a');
    store.watch('b')();
    await settled();
    known['a'] = [point(0), point(1), point(2)];
    engine.resync();
    engine.push('run:losses', { id: 'a', points: [point(3)] });
    await settled();
    expect(store.of('a')!.curve(0, 'translation', 'total')!.length).toBe(4);
    expect(store.of('b')).toBeUndefined();
  });

  it('drops a late answer to an older question', async () => {
    const waiting: ((points: Point[]) => void)[] = [];
    const engine = fakeEngine({
      'run:losses': () => new Promise((resolve) => waiting.push((points) => resolve({ points }))),
    });
    const store = new LossStore(engine.client, () => undefined);
    store.watch('a');
    engine.resync();
    waiting[1]!([point(0), point(1)]);
    await settled();
    waiting[0]!([point(0)]);
    await settled();
    expect(store.of('a')!.curve(0, 'translation', 'total')!.length).toBe(2);
  });

  it('tells listeners once a frame which runs changed', async () => {
    const { store, engine, frame, frames } = aStore({});
    store.watch('a');
    store.watch('b');
    await settled();
    frame();
    const told: string[][] = [];
    store.subscribe((changed) => told.push([...changed]));
    for (let step = 0; step < 50; step += 1) engine.push('run:losses', { id: 'a', points: [point(step)] });
    expect(frames).toHaveLength(1);
    expect(told).toEqual([]);
    frame();
    expect(told).toEqual([['a']]);
  });

  it('says why curves are not there, and asks again when told to', async () => {
    let refuse = true;
    const engine = fakeEngine({
      'run:losses': () => {
        if (refuse) throw new Error('The file of the losses is gone.');
        return { points: [point(0)] };
      },
    });
    const store = new LossStore(engine.client, () => undefined);
    store.watch('a');
    await settled();
    expect(store.errorOf('a')).toBe('The file of the losses is gone.');
    refuse = false;
    store.again('a');
    await settled();
    expect(store.errorOf('a')).toBeNull();
    expect(store.of('a')!.last!.step).toBe(0);
  });

  it(`keeps ${KEPT_RUNS} runs at most, and never lets go of one that is watched`, async () => {
    const { store } = aStore({});
    store.watch('kept');
    for (let i = 0; i < 2 * KEPT_RUNS; i += 1) store.watch(`r${i}`)();
    await settled();
    const held = [...Array(2 * KEPT_RUNS).keys()].filter((i) => store.of(`r${i}`) !== undefined);
    expect(store.of('kept')).toBeDefined();
    expect(held).toHaveLength(KEPT_RUNS - 1);
    expect(held.at(-1)).toBe(2 * KEPT_RUNS - 1);
  });

  it('takes in 200,000 streamed points: none dropped, in order, in bounded memory', async () => {
    const { store, engine, frame } = aStore({});
    store.watch('a');
    await settled();
    const total = 200_000;
    let [lowest, highest, sum] = [Infinity, -Infinity, 0];
    // A slow wave with a single deep dip and a single high spike, which thinning must not lose.
    const valueOf = (step: number) =>
      step === 77_777 ? -50 : step === 123_456 ? 90 : Math.sin(step / 9000) + ((step * 7919) % 101) / 1000;
    for (let step = 0; step < total; step += 10) {
      const points = Array.from({ length: 10 }, (_, i) =>
        point(step + i, { terms: { total: valueOf(step + i) } }),
      );
      engine.push('run:losses', { id: 'a', points });
      if (step % 1000 === 0) frame();
    }
    const series = store.of('a')!.curve(0, 'translation', 'total')!;
    for (let step = 0; step < total; step += 1) {
      const value = valueOf(step);
      [lowest, highest, sum] = [Math.min(lowest, value), Math.max(highest, value), sum + value];
    }
    expect(series).toMatchObject({ points: total, lastStep: total - 1 });
    expect(series.length).toBeLessThanOrEqual(CAPACITY);
    expect(series.step.length).toBe(CAPACITY);
    const used = (values: Float32Array | Uint32Array) => [...values.subarray(0, series.length)];
    expect(used(series.step)).toEqual(used(series.step).sort((a, b) => a - b));
    expect(Math.min(...used(series.low))).toBe(lowest);
    expect(series.lowStep[used(series.low).indexOf(-50)]).toBe(77_777);
    expect(Math.max(...used(series.high))).toBe(highest);
    expect(series.highStep[used(series.high).indexOf(90)]).toBe(123_456);
    // Buckets but the last stand for as many points each: their mean is the mean of all.
    const full = series.length - 1;
    const inFull = full * series.stride;
    const meanOfMeans =
      used(series.mean)
        .slice(0, full)
        .reduce((a, b) => a + b, 0) / full;
    let meanOfAll = 0;
    for (let step = 0; step < inFull; step += 1) meanOfAll += valueOf(step) / inFull;
    expect(meanOfMeans).toBeCloseTo(meanOfAll, 5);
  });
});

describe('RunLosses', () => {
  it('knows the best score of each network, its epoch, and their mean', async () => {
    const { store } = aStore({
      a: [
        point(0, { score: 0.1, epoch: 0 }),
        point(1, { score: 0.4, epoch: 3 }),
        point(2, { score: 0.3, epoch: 4 }),
        point(0, { member: 1, score: 0.2, epoch: 0 }),
      ],
    });
    store.watch('a');
    await settled();
    const losses = store.of('a')!;
    expect(losses.best(0)).toEqual({ score: 0.4, step: 1, epoch: 3 });
    expect(losses.score).toBeCloseTo(0.3, 12);
    expect(losses.scored).toBe(2);
  });
});
