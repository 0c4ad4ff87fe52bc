import { statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import {
  datasetChoice,
  datasetRecord,
  inputFile,
  type DatasetRecord,
} from '../../src-shared/domain/project.ts';
import type { Ledger } from './ledger.ts';
import { resolvePath, storedPath, storePath } from './stored-path.ts';

/** Cell types of a reference: a column of its own, or a table beside it and perhaps a column of that. */
const storedLabels = z.union([
  z.string(),
  z.strictObject({ file: storedPath, column: z.string().exactOptional() }),
]);

/** A dataset as project.json keeps it: paths in a form that survives a move, files with the time of their last change. */
export const storedDataset = z.strictObject({
  ...datasetRecord.shape,
  choice: z.strictObject({
    ...datasetChoice.shape,
    path: storedPath,
    coordinates: storedPath.exactOptional(),
    labels: storedLabels.exactOptional(),
  }),
  files: z.array(
    z.strictObject({ ...inputFile.shape, path: storedPath, modified: z.number().exactOptional() }),
  ),
});
export type StoredDataset = z.infer<typeof storedDataset>;

export function storeDataset(folder: string, record: DatasetRecord, ledger: Ledger): StoredDataset {
  const store = (path: string) => storePath(folder, path, ledger.unresolved);
  const { path, coordinates, labels, ...choice } = record.choice;
  return {
    ...record,
    choice: {
      ...choice,
      path: store(path),
      ...(coordinates === undefined ? {} : { coordinates: store(coordinates) }),
      ...(labels === undefined ? {} : { labels: storeLabels(labels, record, store) }),
    },
    files: record.files.map((file) => {
      const modified = ledger.modifiedOf(file);
      return { ...file, path: store(file.path), ...(modified === undefined ? {} : { modified }) };
    }),
  };
}

export function restoreDataset(folder: string, stored: StoredDataset, ledger: Ledger): DatasetRecord {
  const find = (path: z.infer<typeof storedPath>) => resolvePath(folder, path, ledger.unresolved);
  const { path, coordinates, labels, ...choice } = stored.choice;
  return {
    ...stored,
    choice: {
      ...choice,
      path: find(path),
      ...(coordinates === undefined ? {} : { coordinates: find(coordinates) }),
      ...(labels === undefined ? {} : { labels: restoreLabels(labels, find) }),
    },
    files: stored.files.map(({ modified, ...file }) => {
      const found = { ...file, path: find(file.path) };
      if (modified !== undefined) ledger.noteModified(found, modified);
      return found;
    }),
  };
}

/** The table that labels name, if they name one: FILE or FILE:COLUMN. */
export function labelsFile({ choice, files }: Pick<DatasetRecord, 'choice' | 'files'>): string | undefined {
  const { labels } = choice;
  if (labels === undefined) return undefined;
  const known = files.find(({ path }) => labels === path || labels.startsWith(`${path}:`))?.path;
  return known ?? [labels, labels.slice(0, Math.max(labels.lastIndexOf(':'), 0))].find(isFile);
}

function isFile(path: string): boolean {
  try {
    return isAbsolute(path) && statSync(path).isFile();
  } catch {
    return false;
  }
}

function storeLabels(
  labels: string,
  record: DatasetRecord,
  store: (path: string) => z.infer<typeof storedPath>,
): z.infer<typeof storedLabels> {
  const file = labelsFile(record);
  if (file === undefined) return labels;
  return labels === file
    ? { file: store(file) }
    : { file: store(file), column: labels.slice(file.length + 1) };
}

function restoreLabels(
  stored: z.infer<typeof storedLabels>,
  find: (path: z.infer<typeof storedPath>) => string,
): string {
  if (typeof stored === 'string') return stored;
  return stored.column === undefined ? find(stored.file) : `${find(stored.file)}:${stored.column}`;
}
