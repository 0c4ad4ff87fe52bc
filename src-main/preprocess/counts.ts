import type { StopSignal } from '../../src-shared/contract/errors.ts';
import type { OpenMatrix } from '../matrix/dataset.ts';
import type { Dense } from '../matrix/dense.ts';
import { extract } from './extract.ts';
import type { ProcessedDomain } from './processed-domain.ts';
import { allocate } from './requirements.ts';

/** The values of the file, neither clipped nor scaled, of the cells and genes that processing kept. */
export async function keptCounts(
  open: OpenMatrix,
  { cells, genes }: ProcessedDomain,
  signal?: StopSignal,
): Promise<Dense> {
  const { rows } = cells;
  const { columns } = genes;
  const values = allocate(open, rows.length, columns.length);
  const limits = new Float64Array(columns.length).fill(Number.NaN);
  const plan = { rows, columns, limits, normalisation: 'none', sizeFactors: undefined } as const;
  await extract(open.source, plan, values, signal);
  return { rows: rows.length, columns: columns.length, values };
}
