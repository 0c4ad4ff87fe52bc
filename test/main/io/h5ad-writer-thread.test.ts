import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StoppedError } from '../../../src-shared/contract/errors.ts';
import { createH5adInThread } from '../../../src-main/io/h5ad-writer-thread.ts';
import { createH5ad } from '../../../src-main/io/h5ad-writer.ts';
import { readMatrix } from '../../helpers/matrix.ts';
import { temporary } from './temporary.ts';

const { folder } = temporary();
const fresh = () => mkdtempSync(join(folder, 'thread-'));
const rows = 20_000;
const content = {
  obsNames: Array.from({ length: rows }, (_, i) => `cell ${i}`),
  varNames: ['a', 'b', 'c'],
  x: { layout: 'dense' as const, compression: 1 },
  obsm: { codes: { columns: 2 } },
};
const block = (first: number, columns: number) =>
  Float32Array.from({ length: 1000 * columns }, (_, i) => first * columns + i);

describe('an AnnData file written by a thread', () => {
  it('is the file that the same rows make without one', async () => {
    const where = fresh();
    const plain = await createH5ad(join(where, 'plain.h5ad'), content);
    const threaded = await createH5adInThread(join(where, 'threaded.h5ad'), content);
    for (let first = 0; first < rows; first += 1000) {
      plain.writeX(first, block(first, 3));
      plain.writeObsm('codes', first, block(first, 2));
      await threaded.append(first, { '/X': block(first, 3), '/obsm/codes': block(first, 2) });
    }
    expect(readdirSync(where)).not.toContain('threaded.h5ad');
    await plain.finish();
    await threaded.finish();
    expect(readdirSync(where).sort()).toEqual(['plain.h5ad', 'threaded.h5ad']);
    const read = await readMatrix(join(where, 'threaded.h5ad'));
    expect(read.values.every((value, i) => value === i)).toBe(true);
    const plainly = await readMatrix(join(where, 'plain.h5ad'));
    expect(read.values).toEqual(plainly.values);
    expect(read.dataset.obs).toEqual(plainly.dataset.obs);
  });

  it('does not put a file in place that lacks rows', async () => {
    const where = fresh();
    const writer = await createH5adInThread(join(where, 'short.h5ad'), content);
    await writer.append(0, { '/X': block(0, 3), '/obsm/codes': block(0, 2) });
    await expect(writer.finish()).rejects.toThrow(RangeError);
    expect(readdirSync(where)).toEqual([]);
  });

  it('reports a failed write with a later one, and leaves the old file alone', async () => {
    const where = fresh();
    writeFileSync(join(where, 'old.h5ad'), 'old');
    const writer = await createH5adInThread(join(where, 'old.h5ad'), content);
    await writer.append(0, { '/X': block(0, 3) });
    const after = async () => {
      for (let i = 0; i < 100; i++) {
        await writer.append(5000, { '/X': block(5000, 3) });
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    await expect(after()).rejects.toThrow('row 1000 comes next, not row 5000');
    await writer.abort();
    expect(readdirSync(where)).toEqual(['old.h5ad']);
    expect(readFileSync(join(where, 'old.h5ad'), 'utf8')).toBe('old');
  });

  it('says in one sentence that there is no such folder', async () => {
    const path = join(folder, 'nowhere', 'x.h5ad');
    await expect(createH5adInThread(path, content)).rejects.toThrow(/^The folder .*nowhere is not there/u);
  });

  it('ends at once when told to stop', async () => {
    const where = fresh();
    const writer = await createH5adInThread(join(where, 'x.h5ad'), content);
    const append = writer.append(0, { '/X': block(0, 3) }, { aborted: true });
    await expect(append).rejects.toThrow(StoppedError);
    await writer.abort();
    expect(readdirSync(where)).toEqual([]);
  });
});
