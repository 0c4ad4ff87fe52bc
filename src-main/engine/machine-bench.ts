import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackendName } from '../../src-shared/domain/backends.ts';
import { listBackends } from '../backend/select.ts';
import { productRate } from '../methods/product-rate.ts';
import { productOperations, productShapes } from '../methods/product-shapes.ts';
import { calibrationCase, stageSeconds, threadsFor, type Width } from './calibrate.ts';
import { startBackend } from './start-backend.ts';

/** The stages that are measured, as the tables name them. */
export const benchStages = ['autoencoder-sc', 'translation'] as const;

/** One stage on one backend. */
export interface StageSpeed {
  readonly stepsPerSecond: number;
  /** Floating-point operations of a step, counted from the networks' shapes. */
  readonly operations: number;
  /** Rate of the step as a share of the rate that matrix products of its own shapes reach here. */
  readonly shareOfProducts: number;
}

export interface BackendSpeed {
  readonly name: BackendName;
  readonly label: string;
  readonly width: Width;
  /** Floating-point operations a second of the matrix products of a step of each stage, by themselves. */
  readonly products: Readonly<Record<string, number>>;
  readonly stages: Readonly<Record<string, StageSpeed>>;
}

export interface MachineBench {
  readonly processor: string;
  readonly cores: number;
  readonly backends: readonly BackendSpeed[];
  /** Bytes a second that reach the disk of temporary files, written in order and synchronised. */
  readonly diskWrite: number;
}

/** Measures every backend that can be used here on both kinds of networks; a minute or two in all. */
export async function benchMachine(
  progress: (what: string) => void,
  only?: readonly BackendName[],
): Promise<MachineBench> {
  const usable = (await listBackends())
    .filter(({ usable, name }) => usable && name !== 'cpu')
    .map(({ name }) => name);
  const backends: BackendSpeed[] = [];
  for (const name of usable.filter((one) => only === undefined || only.includes(one))) {
    for (const width of ['narrow', 'wide'] as const) {
      progress(`${name}, ${width} networks`);
      backends.push(await backendSpeed(name, width));
    }
  }
  progress('the disk');
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: availableParallelism(),
    backends,
    diskWrite: diskWriteRate(),
  };
}

async function backendSpeed(name: BackendName, width: Width): Promise<BackendSpeed> {
  const { parameters, size } = calibrationCase(width);
  const { label } = await startBackend(name, threadsFor(parameters));
  const seconds = await stageSeconds(width);
  const products: Record<string, number> = {};
  const stages: Record<string, StageSpeed> = {};
  for (const stage of benchStages) {
    const shapes = productShapes(stage, size, parameters);
    const rate = productRate(shapes);
    const operations = productOperations(shapes);
    const each = seconds.get(stage)!;
    products[stage] = rate;
    stages[stage] = { stepsPerSecond: 1 / each, operations, shareOfProducts: operations / each / rate };
  }
  return { name, label, width, products, stages };
}

const DISK_BYTES = 256 * 2 ** 20;

/** Bytes a second of writing a file in order and waiting for the disk. */
export function diskWriteRate(folder = tmpdir(), size = DISK_BYTES): number {
  const own = mkdtempSync(join(folder, 'spagene-bench-'));
  try {
    const block = new Uint8Array(4 * 2 ** 20).map((_, i) => (i * 2654435761) >>> 13);
    const file = openSync(join(own, 'file'), 'w');
    const began = performance.now();
    for (let written = 0; written < size; written += block.length) writeSync(file, block);
    fsyncSync(file);
    const seconds = (performance.now() - began) / 1000;
    closeSync(file);
    return size / seconds;
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}
