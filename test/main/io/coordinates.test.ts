import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCoordinates } from '../../../src-main/io/coordinates.ts';
import { openDataset } from '../../../src-main/io/registry.ts';
import { sharedData, temporary } from './temporary.ts';
import { writeH5 } from './write-h5.ts';

const { folder, write } = temporary();

describe('readCoordinates', () => {
  it.each([
    ['xy.csv', 'cell,x,y\nb,3,4\na,1,2\n', 'unknown'],
    ['XY.tsv.gz', 'id\tX\tY\nb\t3\t4\na\t1\t2\n', 'unknown'],
    ['merscope.csv', 'X,fov,center_x,center_y\nb,1,3,4\na,1,1,2\n', 'micrometre'],
    ['xenium.csv', '"","cell_id","x_centroid","y_centroid"\n"1","b",3,4\n"2","a",1,2\n', 'micrometre'],
    ['visium.csv', 'b,1,0,0,4,3\na,1,0,1,2,1\n', 'pixel'],
    ['r.csv', 'x,y\nb,3,4\na,1,2\n', 'unknown'],
  ])('reads %s by the names of the cells', async (name, text, unit) => {
    const { coordinates } = await readCoordinates(write(name, text), ['a', 'b']);
    expect([...coordinates.values]).toEqual([1, 2, 3, 4]);
    expect(coordinates.unit).toBe(unit);
  });

  it('hands the other columns on in the order of the cells', async () => {
    const path = write('more.csv', 'cell,x,y,layer,area\nb,3,4,L4,8\na,1,2,L1,7\n');
    const { obs } = await readCoordinates(path, ['a', 'b']);
    expect(obs).toEqual([
      { name: 'layer', kind: 'text', values: ['L1', 'L4'] },
      { name: 'area', kind: 'number', values: Float64Array.of(7, 8) },
    ]);
  });

  it('says how many cells are missing and which is the first', async () => {
    const path = write('few.csv', 'cell,x,y\nb,3,4\na,1,2\n');
    await expect(readCoordinates(path, ['a', 'q', 'b', 'r'])).rejects.toThrow(
      /few\.csv has no position for 2 of 4 cells, the first of them q;/,
    );
  });

  it('lists the columns when none are positions, and refuses ragged rows', async () => {
    await expect(readCoordinates(write('none.csv', 'cell,size,type\na,1,x\n'), ['a'])).rejects.toThrow(
      'has no columns of positions (such as x and y); it has cell, size, type.',
    );
    await expect(readCoordinates(write('ragged.csv', 'cell,x,y\na,1,2\nb,3\n'), ['a'])).rejects.toThrow(
      'has 2 fields in row 3 and 3 in its header',
    );
  });

  it('takes the positions of an .h5ad', async () => {
    const path = join(folder, 'positions.h5ad');
    await writeH5(path, {
      obs: { '@': { _index: 'id' }, id: ['b', 'a'] },
      var: { '@': { _index: 'id' }, id: ['Sox9'] },
      obsm: { spatial: { data: Float64Array.of(3, 4, 1, 2), shape: [2, 2] } },
    });
    expect([...(await readCoordinates(path, ['a', 'b'])).coordinates.values]).toEqual([1, 2, 3, 4]);
  });
});

describe('a table of positions that cannot be right', () => {
  it.each([
    ['an empty position', 'cell,x,y\na,1,2\nb,,4\n', /empty position for cell b/u],
    ['a word', 'cell,x,y\na,1,2\nb,abc,4\n', /row 3: "abc" in column x is not a number/u],
    ['a cell twice', 'cell,x,y\na,1,2\nb,3,4\na,5,6\n', /row 4: cell a stands in the table twice/u],
  ])('%s', async (name, text, sentence) => {
    const path = write(`${name}.csv`, text);
    await expect(readCoordinates(path, ['a', 'b'])).rejects.toThrow(sentence);
  });
});

interface Folder {
  readonly first_cell?: string;
  readonly [key: `first_xy${string}`]: readonly [number, number] | undefined;
}

const formats = join(sharedData, 'formats');
describe.skipIf(!existsSync(formats))('folders as vendors write them (needs ../shared/data)', () => {
  const expected = existsSync(formats)
    ? (JSON.parse(readFileSync(join(formats, 'expected.json'), 'utf8')) as Record<string, Folder>)
    : {};
  const folders = Object.entries(expected).filter(([, one]) =>
    Object.keys(one).some((key) => key.startsWith('first_xy')),
  );
  it.each(folders)('%s has the first position that Python found', async (name, one) => {
    const dataset = await openDataset(join(formats, name));
    const key = Object.keys(one).find((text) => text.startsWith('first_xy')) as `first_xy${string}`;
    expect([...dataset.coordinates!.values.subarray(0, 2)]).toEqual(one[key]);
    await dataset.close();
  });

  it('every pair has a position for each of its cells', async () => {
    for (const pair of [
      'osmfish_zeisel',
      'starmap_zeisel',
      'xenium_zeisel',
      'osmfish_allen',
      'pdac',
      'merfish_moffitt',
    ]) {
      const path = join(sharedData, 'pairs', pair);
      const { cells } = await (await openDataset(join(path, 'st_counts.csv.gz'))).open();
      const { coordinates } = await readCoordinates(join(path, 'st_coords.csv.gz'), cells);
      expect(coordinates.values.every(Number.isFinite), pair).toBe(true);
    }
  });
});
