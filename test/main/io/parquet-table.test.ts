import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCoordinates, readSomeCoordinates } from '../../../src-main/io/coordinates.ts';
import { isParquet, readParquetTable } from '../../../src-main/io/parquet-table.ts';
import { sharedData, temporary } from './temporary.ts';
import { writeParquet } from './write-parquet.ts';

const { folder, write } = temporary();
const real = join(sharedData, 'formats/folders/visium-hd-016um/spatial/tissue_positions.parquet');

describe('readParquetTable', () => {
  it('reads numbers, 64-bit integers and text, with what is missing', async () => {
    const path = join(folder, 'cells.parquet');
    writeParquet(path, [
      { name: 'cell_id', type: 'string', values: ['b', 'a', null] },
      { name: 'x_centroid', type: 'double', values: [3.5, null, 1] },
      { name: 'size', type: 'int64', values: [7, 8, 2 ** 40] },
    ]);
    expect(await isParquet(path)).toBe(true);
    expect(await readParquetTable(path)).toEqual([
      { name: 'cell_id', kind: 'text', values: ['b', 'a', ''] },
      { name: 'x_centroid', kind: 'number', values: Float64Array.of(3.5, NaN, 1) },
      { name: 'size', kind: 'number', values: Float64Array.of(7, 8, 2 ** 40) },
    ]);
  });

  it('says in what way a file is packed that it cannot unpack', async () => {
    const path = join(folder, 'lzo.parquet');
    writeParquet(path, [{ name: 'x', type: 'double', values: [1] }], 3);
    await expect(readParquetTable(path)).rejects.toThrow(
      /lzo\.parquet is packed with lzo, which is not read/,
    );
  });

  it('tells of a file that was cut off', async () => {
    const path = join(folder, 'cut.parquet');
    writeParquet(path, [{ name: 'x', type: 'double', values: [1, 2, 3] }]);
    writeFileSync(path, readFileSync(path).subarray(0, 60));
    await expect(readParquetTable(path)).rejects.toThrow(/cut\.parquet: the Parquet data is truncated/);
  });

  it('does not take text for Parquet', async () => {
    expect(await isParquet(write('table.parquet', 'cell,x,y\n'))).toBe(false);
  });
});

describe('positions in a Parquet table', () => {
  const path = join(folder, 'positions.parquet');
  writeParquet(path, [
    { name: 'x_centroid', type: 'double', values: [3, 1] },
    { name: 'y_centroid', type: 'double', values: [4, 2] },
    { name: 'cell_id', type: 'string', values: ['b', 'a'] },
  ]);

  it('are joined by the names of the cells', async () => {
    const { coordinates } = await readCoordinates(path, ['a', 'b']);
    expect([...coordinates.values]).toEqual([1, 2, 3, 4]);
    expect(coordinates.unit).toBe('micrometre');
  });

  it('leave cells without one in place and say how many', async () => {
    const { coordinates, warnings } = await readSomeCoordinates(path, ['a', 'q', 'b']);
    expect([...coordinates!.values]).toEqual([1, 2, NaN, NaN, 3, 4]);
    expect(warnings[0]?.message).toMatch(/no position for 1 of 3 cells \(the first is q\)/);
  });

  it('are none when no cell is known', async () => {
    const { coordinates, warnings } = await readSomeCoordinates(path, ['q', 'r']);
    expect(coordinates).toBeUndefined();
    expect(warnings[0]?.message).toMatch(/no position for 2 of 2 cells .* of another dataset\.$/);
  });
});

describe.skipIf(!existsSync(real))('the positions of Visium HD (needs ../shared/data)', () => {
  it('are those that the file holds', async () => {
    const { coordinates } = await readCoordinates(real, ['TACATAGGCATACACC-1', 'TCCTTCAATCCCTACG-1']);
    expect(coordinates.unit).toBe('pixel');
    expect([...coordinates.values]).toEqual([
      1759.5627664346111, 4050.842190467237, 13648.299468258207, 8062.008751866655,
    ]);
  });
});
