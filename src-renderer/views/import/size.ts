import type { DatasetRecord } from '../../../src-shared/domain/project.ts';

/** Bytes that are read in a few seconds. */
const QUICK = 500_000_000;

/** Whether the picture of a dataset comes by itself, or only when it is asked for. */
export function readsAtOnce({ files }: Pick<DatasetRecord, 'files'>): boolean {
  return files.reduce((sum, { bytes }) => sum + bytes, 0) <= QUICK;
}
