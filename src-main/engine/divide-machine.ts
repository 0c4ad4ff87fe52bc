import { readFileSync } from 'node:fs';
import { availableParallelism, freemem, totalmem } from 'node:os';
import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';

/** What there is to compute with. */
export interface Machine {
  readonly cores: number;
  /** Bytes that may still be taken. */
  readonly memory: number;
}

/** How the machine is shared out: never more computing threads than cores, unless more processes are asked for. */
export interface Division {
  readonly processes: number;
  /** Threads of each process. */
  readonly threads: number;
}

/** What is to be computed. */
export interface Demand {
  /** Processes that the user asked for. */
  readonly asked: number | undefined;
  /** Pieces of work that can run side by side. */
  readonly units: number;
  /** Bytes that a process may come to need. */
  readonly bytesEach: number;
}

/** More side by side read the same disk and wait for the same memory. */
const MOST_PROCESSES = 8;

/**
 * As many processes as there are cores, memory and work for; each gets its share of the cores. A process on its own
 * thread computes more than a second thread on a process adds, since a training step has parts that do not divide.
 */
export function divide({ cores, memory }: Machine, { asked, units, bytesEach }: Demand): Division {
  const fit = Math.floor(memory / bytesEach);
  const wanted = asked ?? Math.min(cores, fit, MOST_PROCESSES);
  const processes = Math.max(1, Math.min(wanted, units));
  return { processes, threads: Math.max(1, Math.floor(cores / processes)) };
}

/** This machine, or the part of it that a container, a batch system or SPAGENE_THREADS leaves to this process. */
export function thisMachine(): Machine {
  const asked = Number(process.env['SPAGENE_THREADS'] ?? Number.NaN);
  const cores = Number.isInteger(asked) && asked > 0 ? asked : Math.min(availableParallelism(), quota());
  return { cores, memory: availableMemory() };
}

/** A container's share of the processors, which its operating system does not show as processors. */
function quota(): number {
  try {
    return coresOfQuota(readFileSync('/sys/fs/cgroup/cpu.max', 'utf8'));
  } catch {
    return Infinity;
  }
}

/** Whole cores of a cgroup's cpu.max: "MAX PERIOD" in microseconds, or "max PERIOD" for no limit. */
export function coresOfQuota(text: string): number {
  const [most, period] = text.trim().split(/\s+/u).map(Number);
  if (most === undefined || period === undefined || !(most > 0) || !(period > 0)) return Infinity;
  return Math.max(1, Math.floor(most / period));
}

/** On Linux what can be had without swapping, within the limits of a container or a batch job. */
function availableMemory(): number {
  // macOS counts as free only what nobody has touched yet; half of all is a cautious guess of what it gives back.
  if (process.platform === 'darwin') return Math.max(freemem(), totalmem() / 2);
  return Math.min(freemem(), process.availableMemory());
}

/** Cells and genes of the two files. */
export interface FileSizes {
  readonly cells: { readonly spatial: number; readonly reference: number };
  readonly genes: { readonly spatial: number; readonly reference: number };
}

/** Node, the backend, the networks, and what the reading of a file leaves behind. */
const BASE = 500 * 2 ** 20;
/** Shared genes above the highly variable ones that processing keeps. */
const SHARED_KEPT = 1000;
/**
 * Bytes a value of the processed matrices, counted from what is alive at once: truth, fold, counts, the backend's copy
 * and a method's own, each in float32, and what was read of the file. STARmap (3,190 × 166, reference 550 × 2,050)
 * comes to 570 MB by this and took 445.
 */
const BYTES_A_VALUE = 32;

/** Bytes that a process of an evaluation may come to need. */
export function bytesOfProcess({ cells, genes }: FileSizes, parameters: Hyperparameters): number {
  const most = parameters['data.highlyVariable'] + SHARED_KEPT;
  const values =
    cells.spatial * Math.min(genes.spatial, most) + cells.reference * Math.min(genes.reference, most);
  return BASE + BYTES_A_VALUE * values;
}
