import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import type * as promises from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { copyDataset } from '../../../../src-main/service/dataset/copy.ts';
import { recordOf } from '../../../../src-main/service/dataset/record-of.ts';
import { tableOf, temporary, twelveGenes } from './support.ts';

const { folder, write } = temporary();
const disk = vi.hoisted(() => ({ free: Infinity }));

// A disk that takes only so many bytes.
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof promises>();
  const open: typeof promises.open = async (path, ...rest) => {
    const handle = await real.open(path, ...rest);
    if (rest[0] !== 'wx') return handle;
    const write = handle.writeFile.bind(handle);
    handle.writeFile = (data, ...options) => {
      disk.free -= (data as Uint8Array).length;
      if (disk.free < 0) return Promise.reject(Object.assign(new Error('ENOSPC: write'), { code: 'ENOSPC' }));
      return write(data, ...options);
    };
    return handle;
  };
  return { ...real, open, default: { ...real, open } };
});

let home = '';
let count = 0;
beforeEach(() => {
  home = join(folder, `project-${++count}/datasets`);
  disk.free = Infinity;
});

describe('copyDataset', () => {
  it('says that the disk is full and leaves nothing', async () => {
    const record = await recordOf({ path: write('a.csv', tableOf(twelveGenes, 40)) }, 'reference');
    disk.free = 100;
    await expect(copyDataset(record, home)).rejects.toThrow(
      /^The disk is full: .*datasets.reference was not written/,
    );
    expect(readdirSync(home)).toEqual([]);
  });

  it('says that there is no folder to write to', async () => {
    const record = await recordOf({ path: write('b.csv', tableOf(twelveGenes, 40)) }, 'reference');
    const file = write('file', 'x');
    await expect(copyDataset(record, join(file, 'datasets'))).rejects.toThrow(
      /a part of this path is a file/,
    );
  });

  it('refuses a file that changes meanwhile', async () => {
    const path = write('c.csv', tableOf(twelveGenes, 40));
    const record = await recordOf({ path }, 'reference');
    writeFileSync(path, tableOf(twelveGenes, 41));
    await expect(copyDataset(record, home)).rejects.toThrow(/c\.csv changed while it was being copied/);
    expect(readdirSync(home)).toEqual([]);
  });

  it('gives files of one name places of their own', async () => {
    const path = write('one/cells.csv', tableOf(twelveGenes, 40));
    const rows = Array.from({ length: 40 }, (_, i) => `cell${i + 1},${i},0`);
    const coordinates = write('two/cells.csv', `cell,x,y\n${rows.join('\n')}\n`);
    const { record } = await copyDataset(await recordOf({ path, coordinates }, 'spatial'), home);
    expect(record.choice.path).toBe(join(home, 'spatial/cells.csv'));
    expect(record.choice.coordinates).toBe(join(home, 'spatial/2-cells.csv'));
    expect(record.files.every((file) => existsSync(file.path))).toBe(true);
  });
});
