import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ScratchFolder } from '../../../src-main/io/scratch-matrix.ts';
import { gatherRows, plainView } from '../../../src-main/matrix/affine-view.ts';
import { isInMemory, passOver, rowsBetween, takeRows } from '../../../src-main/matrix/dense.ts';
import { temporary } from './temporary.ts';

const { folder } = temporary();
const fresh = () => mkdtempSync(join(folder, 'scratch-'));

/** 7 rows × 3 columns: 0, 1, 2, … */
const values = Float32Array.from({ length: 21 }, (_, i) => i);

async function stored(where: string) {
  const scratch = await ScratchFolder.open(where, 80);
  const room = scratch.room(7, 3);
  room.write(0, values.subarray(0, 6));
  room.write(2, values.subarray(6));
  return { scratch, matrix: room.matrix() };
}

describe('a matrix in a scratch file', () => {
  it('gives back what was written, in ranges, in lists of rows and in passes', async () => {
    const { scratch, matrix } = await stored(fresh());
    expect(isInMemory(matrix)).toBe(false);
    expect([...rowsBetween(matrix, 2, 2)]).toEqual([6, 7, 8, 9, 10, 11]);
    expect([...takeRows(matrix, Int32Array.of(5, 6, 0, 3)).values]).toEqual([
      15, 16, 17, 18, 19, 20, 0, 1, 2, 9, 10, 11,
    ]);
    const view = { ...plainView(matrix), columns: Int32Array.of(2, -1, 0) };
    expect([...gatherRows(view, Int32Array.of(6, 1))]).toEqual([20, 0, 18, 5, 0, 3]);
    expect([...passOver(matrix)].flatMap((part) => [...part.values])).toEqual([...values]);
    await scratch.close();
  });

  it('stays in memory up to the limit', async () => {
    const scratch = await ScratchFolder.open(fresh(), 84);
    const room = scratch.room(7, 3);
    room.write(0, values);
    const matrix = room.matrix();
    expect(isInMemory(matrix) && [...matrix.values]).toEqual([...values]);
    await scratch.close();
  });

  it('leaves nothing behind, and removes what a killed process left', async () => {
    const where = fresh();
    const host = hostname().replace(/[^\w-]/g, '_');
    // No process has this number: it is above the largest that systems give out.
    writeFileSync(join(where, `.matrix-0.${host}-99999999-0123abcd.tmp`), 'left');
    const { scratch } = await stored(where);
    expect(readdirSync(where).filter((name) => name.includes('99999999'))).toEqual([]);
    await scratch.close();
    expect(readdirSync(where)).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')('says in one sentence that the disk is full', async () => {
    const { ScratchFile } = await import('../../../src-main/io/scratch-matrix.ts');
    const file = new ScratchFile('/dev/full', join(folder, 'matrix-0'), 7, 3);
    expect(() => file.write(0, values)).toThrow(/^The disk is full: .*matrix-0 was not written\./u);
    file.close();
  });
});
