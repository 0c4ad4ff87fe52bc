import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { DatasetRecord } from '../../../src-shared/domain/project.ts';
import type { OpenMatrix } from '../../matrix/dataset.ts';
import type { IndexPlace } from './gene-columns.ts';

/** Where an index of the spatial dataset lies, and whether it may be written. */
export type IndexHome = Omit<IndexPlace, 'identity'>;

/**
 * The place with what tells these data from all others: size, time of last change and (as imported) hash of every file,
 * matrix and genes. Undefined where the files cannot be told.
 */
export async function indexPlace(
  home: IndexHome,
  { choice, files }: DatasetRecord,
  { name, genes }: OpenMatrix,
): Promise<IndexPlace | undefined> {
  const known = files.length > 0 ? files : [{ path: choice.path, sha256: '' }];
  const parts: unknown[] = [];
  for (const { path, sha256 } of known) {
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() !== true) return undefined;
    parts.push([found.size, found.mtimeMs, sha256]);
  }
  const text = JSON.stringify([parts, name, genes]);
  return { ...home, identity: createHash('sha256').update(text).digest('hex') };
}
