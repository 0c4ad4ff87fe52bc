import type { Random } from '../../src-shared/maths/random.ts';
import type { Csr } from '../matrix/csr.ts';
import type { Anatomy } from './anatomy.ts';
import { stateCount, type Cells } from './cells.ts';
import { negativeBinomial } from './draws.ts';
import type { Genes } from './genes.ts';

/** Chance that a molecule count is lost altogether, beyond what the counting noise explains. */
export const dropout = { spatial: 0.03, reference: 0.1 } as const;
/** The spatial assay counts with less overdispersion than the reference. */
export const spatialSizeFactor = 3;

/** Draws one count. */
export type Draw = (mean: number, gene: number) => number;
/** Writes the mean counts of one cell, before dropout, for the genes listed. */
export type Means = (cell: number, genes: Int32Array, out: Float64Array) => void;

/** One count; lost with the chance given. */
export function drawCount(random: Random, mean: number, size: number, lost: number): number {
  const count = negativeBinomial(random, mean, size);
  return count > 0 && random.uniform() < lost ? 0 : count;
}

/** The mean counts of an assay with these capture efficiencies. */
export function meansOf(anatomy: Anatomy, genes: Genes, cells: Cells, efficiency: Float64Array): Means {
  const courses = new Float64Array(anatomy.courseCount);
  return (cell, list, out) => {
    const type = cells.type[cell]!;
    anatomy.courses(cells.coordinate[cell]!, courses);
    for (let p = 0; p < courses.length; p++) courses[p] = anatomy.response[type]! * courses[p]!;
    for (let i = 0; i < list.length; i++) {
      const g = list[i]!;
      let log = genes.logMean[type * genes.count + g]! + genes.courseHeight[g]! * courses[genes.course[g]!]!;
      for (let k = 0; k < stateCount; k++) {
        log += cells.states[cell * stateCount + k]! * genes.loadings[k * genes.count + g]!;
      }
      out[i] = cells.library[cell]! * efficiency[g]! * Math.exp(log);
    }
  };
}

/**
 * Draws the counts of a block of cells for the genes listed.
 * `expected`, rows × genes, takes the means after dropout in the spatial assay.
 */
export function countBlock(
  start: number,
  end: number,
  list: Int32Array,
  means: Means,
  one: Draw,
  expected?: Float32Array,
): Csr {
  const mean = new Float64Array(list.length);
  const indptr = new Uint32Array(end - start + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let cell = start; cell < end; cell++) {
    means(cell, list, mean);
    for (let i = 0; i < list.length; i++) {
      if (expected !== undefined) {
        expected[(cell - start) * list.length + i] = mean[i]! * (1 - dropout.spatial);
      }
      const count = one(mean[i]!, list[i]!);
      if (count === 0) continue;
      indices.push(i);
      values.push(count);
    }
    indptr[cell - start + 1] = indices.length;
  }
  const size = { rows: end - start, columns: list.length };
  return { ...size, indptr, indices: Int32Array.from(indices), values: Float32Array.from(values) };
}

/** The runs start … end − 1 of at most `step` that make up 0 … count − 1. */
export function* ranges(count: number, step: number): Generator<[number, number]> {
  for (let start = 0; start < count; start += step) yield [start, Math.min(start + step, count)];
}
