import { afterEach, describe, expect, it, vi } from 'vitest';
import { partOf, Turns } from '../../../src-main/analysis/long-work.ts';
import { StoppedError } from '../../../src-shared/contract/errors.ts';

describe('turns of a long work', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are due when a while has passed since the last', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const turns = new Turns();
    expect(turns.due).toBe(false);
    vi.advanceTimersByTime(100);
    expect(turns.due).toBe(true);
    await turns.take();
    expect(turns.due).toBe(false);
  });

  it('tell the share where there is one, and let a stop arrive', async () => {
    const shares: number[] = [];
    const stop = { aborted: false };
    const turns = new Turns({ stop, progress: (share) => shares.push(share) });
    await turns.take();
    await turns.take(0.25);
    expect(shares).toEqual([0.25]);
    setTimeout(() => (stop.aborted = true));
    await expect(turns.take(0.5)).rejects.toThrow(StoppedError);
    await expect(turns.take(0.75)).rejects.toThrow(StoppedError);
    expect(shares).toEqual([0.25, 0.5]);
  });

  it('are taken between the steps of a computation', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const shares: number[] = [];
    let done = 0;
    function* steps(): Generator<undefined, string> {
      for (; done < 4; done++) {
        vi.advanceTimersByTime(30);
        yield undefined;
      }
      return 'all';
    }
    const turns = new Turns({ progress: (share) => shares.push(share) });
    expect(await turns.through(steps(), () => done / 4)).toBe('all');
    expect(shares).toEqual([0.25, 0.75]);
  });
});

it('a part of a work tells its share of the whole, and keeps the rest', () => {
  const shares: number[] = [];
  const stop = { aborted: false };
  const part = partOf({ stop, seed: 3, progress: (share: number) => shares.push(share) }, 0.5, 0.75);
  part.progress(0);
  part.progress(0.5);
  part.progress(1);
  expect(shares).toEqual([0.5, 0.625, 0.75]);
  expect(part.stop).toBe(stop);
  expect(part.seed).toBe(3);
});
