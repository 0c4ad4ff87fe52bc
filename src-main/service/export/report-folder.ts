import { cp, readdir, rename, rm, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { writeError } from '../../io/atomic-write.ts';
import { makeFolder } from '../../io/make-folder.ts';

const PARTS = ['report.html', 'per_gene.csv', 'summary.csv', 'figures'] as const;

/**
 * Copies the report of an evaluation, its tables and its figures into a new folder, which is there whole or not at
 * all. @returns its bytes
 */
export async function copyReport(from: string, to: string): Promise<number> {
  if (!existsSync(join(from, 'report.html'))) {
    throw new UserError('This evaluation has no report yet; it is written when it ends.', { file: from });
  }
  return copyParts(
    from,
    to,
    PARTS.filter((name) => existsSync(join(from, name))),
  );
}

/** Copies files and folders into a new folder, which is there whole or not at all. @returns its bytes */
export async function copyParts(from: string, to: string, parts: readonly string[]): Promise<number> {
  const draft = `${to}.${process.pid}.tmp`;
  try {
    await makeFolder(dirname(to));
    await makeFolder(draft);
    for (const part of parts) await cp(join(from, part), join(draft, part), { recursive: true });
    const bytes = await bytesIn(draft);
    await rename(draft, to);
    return bytes;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw writeError(error, to);
  }
}

async function bytesIn(folder: string): Promise<number> {
  const files = (await readdir(folder, { withFileTypes: true, recursive: true })).filter((e) => e.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
