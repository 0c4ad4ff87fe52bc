import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TicketedWork } from '../../../src-main/service/work.ts';
import { StoppedError } from '../../../src-shared/contract/errors.ts';

describe('work under tickets', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('reports at once, then ten times a second at most, and the last state always', async () => {
    const told: [number, string, number | null][] = [];
    const began = Date.now();
    const work = new TicketedWork(({ stage, share }) => told.push([Date.now() - began, stage, share]));
    const running = work.run('t-1', async (_, report) => {
      for (let i = 0; i <= 100; i += 1) {
        report('reading', i / 100);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      report('done', null);
      return 42;
    });
    await vi.advanceTimersByTimeAsync(1000);
    expect(await running).toBe(42);
    expect(told[0]).toEqual([0, 'reading', 0]);
    expect(told.at(-1)![1]).toBe('done');
    expect(told.length).toBeGreaterThan(5);
    expect(told.length).toBeLessThanOrEqual(7);
    const count = told.length;
    await vi.advanceTimersByTimeAsync(1000);
    expect(told).toHaveLength(count);
  });

  it('is stopped by its own ticket only, and says that it was stopped', async () => {
    const work = new TicketedWork(() => undefined);
    const until = (ticket: string) =>
      work.run(
        ticket,
        (signal) =>
          new Promise<string>((resolve, reject) => {
            signal.addEventListener('abort', () => reject(new Error('a library gave up')));
            setTimeout(() => resolve(ticket), 500);
          }),
      );
    const [one, two] = [until('one'), until('two')];
    const stopped = expect(one).rejects.toBeInstanceOf(StoppedError);
    await expect(until('two')).rejects.toMatchObject({ kind: 'usage' });
    work.cancel('one');
    work.cancel('not there');
    await stopped;
    await vi.advanceTimersByTimeAsync(500);
    expect(await two).toBe('two');
    // A ticket is free again when its work is over.
    const again = until('one');
    await vi.advanceTimersByTimeAsync(500);
    expect(await again).toBe('one');
  });

  it('hands on errors as they are', async () => {
    const work = new TicketedWork(() => undefined);
    await expect(work.run('t', () => Promise.reject(new Error('own')))).rejects.toThrow('own');
  });

  it('stops as a whole when the process ends', async () => {
    const work = new TicketedWork(() => undefined);
    const aborted = (ticket: string) =>
      work.run(
        ticket,
        (signal) =>
          new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('x')))),
      );
    const all = [aborted('a'), aborted('b')].map((each) => expect(each).rejects.toBeInstanceOf(StoppedError));
    work.cancelAll();
    await Promise.all(all);
  });
});
