import { describe, expect, it } from 'vitest';
import {
  bytesOfProcess,
  coresOfQuota,
  divide,
  thisMachine,
  type Demand,
} from '../../../src-main/engine/divide-machine.ts';
import { presetParameters } from '../../../src-shared/domain/run-config.ts';

const GIB = 2 ** 30;
const demand = (more: Partial<Demand> = {}): Demand => ({
  asked: undefined,
  units: 100,
  bytesEach: GIB,
  ...more,
});

describe('how a machine is divided among processes', () => {
  it('never has more threads than cores, whatever there is to do', () => {
    for (const cores of [1, 2, 3, 4, 6, 8, 16, 64]) {
      for (const gigabytes of [0.1, 1, 3, 7, 1000]) {
        for (const units of [0, 1, 2, 3, 5, 10, 100]) {
          const { processes, threads } = divide({ cores, memory: gigabytes * GIB }, demand({ units }));
          expect(processes).toBeGreaterThanOrEqual(1);
          expect(threads).toBeGreaterThanOrEqual(1);
          expect(processes * threads).toBeLessThanOrEqual(cores);
          expect(processes).toBeLessThanOrEqual(Math.max(1, units, 1));
          expect(processes === 1 || processes * GIB <= gigabytes * GIB).toBe(true);
        }
      }
    }
  });

  it.each([
    // Five units on two cores: no third process, which would have to share a core.
    [2, 24, 5, { processes: 2, threads: 1 }],
    // What is left when one unit is there gets everything.
    [8, 24, 1, { processes: 1, threads: 8 }],
    [8, 24, 3, { processes: 3, threads: 2 }],
    // Little memory leaves cores to threads instead.
    [8, 2.5, 100, { processes: 2, threads: 4 }],
    [64, 1000, 100, { processes: 8, threads: 8 }],
  ])('%i cores, %d GB, %i units', (cores, gigabytes, units, expected) => {
    expect(divide({ cores, memory: gigabytes * GIB }, demand({ units }))).toEqual(expected);
  });

  it('takes the number of processes that was asked for, and divides the cores among them', () => {
    const machine = { cores: 8, memory: GIB };
    expect(divide(machine, demand({ asked: 2 }))).toEqual({ processes: 2, threads: 4 });
    expect(divide(machine, demand({ asked: 1 }))).toEqual({ processes: 1, threads: 8 });
    expect(divide(machine, demand({ asked: 4, units: 2 }))).toEqual({ processes: 2, threads: 4 });
    expect(divide({ cores: 2, memory: GIB }, demand({ asked: 3 }))).toEqual({ processes: 3, threads: 1 });
  });
});

describe('what a process may take', () => {
  it.each([
    ['max 100000\n', Infinity],
    ['200000 100000\n', 2],
    ['250000 100000\n', 2],
    ['50000 100000\n', 1],
    ['', Infinity],
    ['nonsense', Infinity],
  ])('reads the quota %j of a container', (text, cores) => {
    expect(coresOfQuota(text)).toBe(cores);
  });

  it('is what SPAGENE_THREADS leaves to it', () => {
    const before = process.env['SPAGENE_THREADS'];
    try {
      process.env['SPAGENE_THREADS'] = '3';
      expect(thisMachine().cores).toBe(3);
      delete process.env['SPAGENE_THREADS'];
      expect(thisMachine().cores).toBeGreaterThanOrEqual(1);
      expect(thisMachine().memory).toBeGreaterThan(0);
    } finally {
      if (before === undefined) delete process.env['SPAGENE_THREADS'];
      else process.env['SPAGENE_THREADS'] = before;
    }
  });
});

describe('the memory of a process', () => {
  const parameters = presetParameters('recommended');
  const bytes = (spatial: number, panel: number, reference: number, genes: number) =>
    bytesOfProcess(
      { cells: { spatial, reference }, genes: { spatial: panel, reference: genes } },
      parameters,
    );

  it('grows with the cells and the genes that are kept, not with those of the file', () => {
    expect(bytes(100_000, 300, 1000, 2000)).toBeGreaterThan(bytes(10_000, 300, 1000, 2000));
    expect(bytes(1000, 300, 100_000, 2000)).toBeGreaterThan(bytes(1000, 300, 10_000, 2000));
    expect(bytes(1000, 300, 10_000, 20_000)).toBe(bytes(1000, 300, 10_000, 40_000));
  });

  it('holds more than one copy of both processed matrices', () => {
    const matrices = 4 * (50_000 * 300 + 20_000 * 3000);
    expect(bytes(50_000, 300, 20_000, 20_000)).toBeGreaterThan(2 * matrices);
  });
});
