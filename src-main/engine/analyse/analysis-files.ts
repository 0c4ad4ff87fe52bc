import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { decode, encode } from '../../../src-shared/contract/wire.ts';
import { analysisResult, type AnalysisResult } from '../../../src-shared/domain/analysis-result.ts';
import { writeFileAtomically } from '../../io/atomic-write.ts';
import { makeFolder } from '../../io/make-folder.ts';
import { writeAnalysisH5ad } from './analysis-h5ad.ts';
import { csvOf, matrixTable } from './analysis-csv.ts';

/** A finished analysis as it lies on disk; vectors have one entry a cell of `cells`, those of the run. */
export interface StoredAnalysis {
  readonly cells: readonly string[];
  readonly result: AnalysisResult;
}

const stored = z.strictObject({ cells: z.array(z.string()), result: analysisResult });

/** Everything at once, for the app; written last, so that what is there is whole. The other files are for people. */
export function wholeAnalysis(folder: string): string {
  return join(folder, 'analysis.bin');
}

export function hasAnalysis(folder: string): boolean {
  return existsSync(wholeAnalysis(folder));
}

/** Throws a UserError when there is no finished analysis, or it is damaged. */
export async function readAnalysis(folder: string): Promise<StoredAnalysis> {
  const path = wholeAnalysis(folder);
  if (!existsSync(path)) {
    throw new UserError(`${folder} holds no finished analysis; run it, or choose another.`, { file: folder });
  }
  try {
    return stored.parse(decode(asSent(await readFile(path))));
  } catch (error) {
    throw new UserError(
      `${path} is damaged, so the analysis cannot be read; repeat it.`,
      { file: path },
      'input',
      error,
    );
  }
}

/** What encode gave: text where the result has no arrays, else a frame (whose length would be absurd as this text). */
function asSent(bytes: Uint8Array): string | Uint8Array {
  const begin = '{"cells"';
  const text = new TextDecoder().decode(bytes.subarray(0, begin.length)) === begin;
  return text ? new TextDecoder().decode(bytes) : new Uint8Array(bytes);
}

/** What the report says besides the result, such as versions and seconds. */
export type ReportExtras = Readonly<Record<string, unknown>>;

/**
 * Writes an analysis: a report (report.json), its tables and matrices (CSV), its columns (analysis.h5ad), and all of it
 * for the app (analysis.bin), which comes last, so that what is there is whole. Throws a UserError for a full disk.
 */
export async function writeAnalysis(
  folder: string,
  cells: readonly string[],
  result: AnalysisResult,
  extras: ReportExtras = {},
): Promise<void> {
  await makeFolder(folder);
  const { parameters, basis, summary, notes, tables, matrices } = result;
  for (const table of [...tables, ...matrices.map(matrixTable)]) {
    await writeFileAtomically(join(folder, `${table.name}.csv`), csvOf(table));
  }
  await writeAnalysisH5ad(join(folder, 'analysis.h5ad'), cells, result);
  const report = { ...extras, parameters, basis, summary, notes };
  await writeFileAtomically(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeFileAtomically(wholeAnalysis(folder), encode({ cells, result }));
}
