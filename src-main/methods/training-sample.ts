import { Random } from '../../src-shared/maths/random.ts';
import { takeRows } from '../matrix/dense.ts';
import type { ProcessedDomain } from '../preprocess/processed-domain.ts';
import type { MethodData } from './predictor.ts';

/**
 * The data that methods are fitted on: at most `maxCells` cells of each dataset, drawn at random and kept in
 * order; means and sds stay those of all cells. The data themselves when they are small enough or `maxCells` is 0.
 */
export function trainingSample(data: MethodData, maxCells: number, seed: number): MethodData {
  return {
    ...data,
    spatial: sampled(data.spatial, maxCells, new Random(seed, 'training cells st')),
    reference: sampled(data.reference, maxCells, new Random(seed, 'training cells sc')),
  };
}

function sampled(domain: ProcessedDomain, maxCells: number, random: Random): ProcessedDomain {
  const { values } = domain;
  if (maxCells === 0 || values.rows <= maxCells) return domain;
  const rows = random.permutation(values.rows).slice(0, maxCells).sort();
  return { ...domain, values: takeRows(values, rows) };
}
