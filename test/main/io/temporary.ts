import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll } from 'vitest';
import type { MatrixSource } from '../../../src-main/matrix/csr.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
/** Real data beside the repository; tests that need it are skipped where it is absent. */
export const sharedData = resolve(root, '../shared/data');

/** A folder that goes when the test file is done, and a way to write files into it (packed when the name says .gz). */
export function temporary(): { readonly folder: string; write: (name: string, text: string) => string } {
  const folder = mkdtempSync(join(tmpdir(), 'spagene-io-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    write(name, text) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
      return path;
    },
  };
}

/** All rows of a source as plain numbers; checks on the way that blocks follow one another and columns increase. */
export async function rowsOf(source: MatrixSource): Promise<number[][]> {
  const rows: number[][] = [];
  for await (const block of source.blocks()) {
    if (block.firstRow !== rows.length)
      throw new Error(`a block starts at ${block.firstRow} after ${rows.length} rows`);
    for (let row = 0; row < block.rows; row++) {
      const dense = new Array<number>(source.columns).fill(0);
      let last = -1;
      for (let at = block.indptr[row]!; at < block.indptr[row + 1]!; at++) {
        if (block.indices[at]! <= last) throw new Error(`columns do not increase in row ${rows.length}`);
        last = block.indices[at]!;
        dense[last] = block.values[at]!;
      }
      rows.push(dense);
    }
  }
  return rows;
}
