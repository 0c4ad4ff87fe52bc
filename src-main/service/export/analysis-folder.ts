import { readdir } from 'node:fs/promises';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { hasAnalysis } from '../../engine/analyse/analysis-files.ts';
import { copyParts } from './report-folder.ts';

/**
 * Copies what an analysis found (analysis.h5ad, its tables, report.json) into a new folder. @returns its bytes
 * Throws a UserError when it has found nothing yet.
 */
export async function copyAnalysis(from: string, to: string): Promise<number> {
  if (!hasAnalysis(from)) {
    throw new UserError('This analysis has found nothing yet; export it when it is finished.', {
      file: from,
    });
  }
  const parts = (await readdir(from)).filter(
    (name) => name === 'analysis.h5ad' || name === 'report.json' || name.endsWith('.csv'),
  );
  return copyParts(from, to, parts.sort());
}
