import { Random } from '../../src-shared/maths/random.ts';
import { takeRows, type Matrix } from '../matrix/dense.ts';
import type { ProcessedDomain } from '../preprocess/processed-domain.ts';
import type { MethodData } from './predictor.ts';

/** Cells that are left to train on. */
export function sampledCells(cells: number, maxCells: number): number {
  return maxCells === 0 ? cells : Math.min(cells, maxCells);
}

/**
 * The data that methods are fitted on: at most `maxCells` cells of each dataset, drawn at random and kept in
 * order and in memory; means and sds stay those of all cells. The data themselves when `maxCells` is 0 or they are
 * small enough.
 */
export function trainingSample(data: MethodData, maxCells: number, seed: number): MethodData {
  return {
    ...data,
    spatial: sampled(data.spatial, maxCells, new Random(seed, 'training cells st')),
    reference: sampled(data.reference, maxCells, new Random(seed, 'training cells sc')),
  };
}

function sampled(domain: ProcessedDomain<Matrix>, maxCells: number, random: Random): ProcessedDomain<Matrix> {
  const { values } = domain;
  const count = sampledCells(values.rows, maxCells);
  if (count === values.rows) return domain;
  const rows = random.permutation(values.rows).slice(0, count).sort();
  return { ...domain, values: takeRows(values, rows) };
}
