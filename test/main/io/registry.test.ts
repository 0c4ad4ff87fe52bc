import { copyFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkMatrix } from '../../../src-main/io/checks.ts';
import { openDataset } from '../../../src-main/io/registry.ts';
import { sharedData, temporary } from './temporary.ts';
import { writeH5 } from './write-h5.ts';

interface Expected {
  readonly cells_by_genes?: readonly [number, number];
  readonly X_sum?: number;
  readonly sum?: number;
  readonly first_cell?: string;
}

const expectedFile = join(sharedData, 'formats/expected.json');
const { folder, write } = temporary();

async function look(path: string, name?: string): Promise<{ size: number[]; sum: number; first: string }> {
  const dataset = await openDataset(path);
  try {
    const matrix = await dataset.open(name);
    const { sum } = await checkMatrix(matrix);
    const { rows, columns } = matrix.source;
    expect([rows, columns]).toEqual([matrix.cells.length, matrix.genes.length]);
    return { size: [rows, columns], sum, first: matrix.cells[0]! };
  } finally {
    await dataset.close();
  }
}

describe.skipIf(!existsSync(expectedFile))('real files of every format (needs ../shared/data)', () => {
  const all = existsSync(expectedFile)
    ? (JSON.parse(readFileSync(expectedFile, 'utf8')) as Record<string, Expected & Record<string, Expected>>)
    : {};
  const single = Object.entries(all).filter(([, value]) => value.cells_by_genes);
  it.each(single)('%s has the size and sum that Python found', async (name, value) => {
    const found = await look(join(sharedData, 'formats', name));
    expect(found.size).toEqual(value.cells_by_genes);
    const sum = value.X_sum ?? value.sum!;
    expect(Math.abs(found.sum - sum)).toBeLessThanOrEqual(1e-12 * Math.abs(sum));
    if (value.first_cell) expect(found.first).toBe(value.first_cell);
  });

  it('reads each of several genomes by its name', async () => {
    const name = '10x-h5/v2-two-genomes.h5';
    for (const [genome, value] of Object.entries(all[name] ?? {})) {
      const found = await look(join(sharedData, 'formats', name), genome);
      expect(found.size).toEqual(value.cells_by_genes);
      expect(found.sum).toBe(value.sum);
    }
    await expect(look(join(sharedData, 'formats', name), 'mm10')).rejects.toThrow(
      'another_genome, hg19_chr21',
    );
  });

  it('opens a file without X and says which matrices there are', async () => {
    const dataset = await openDataset(join(sharedData, 'formats/h5ad/anndata-0.11.4-no-X.h5ad'));
    expect(dataset.mainMatrix).toBeUndefined();
    expect(dataset.matrices).toEqual([]);
    expect([dataset.cells?.length, dataset.genes?.length]).toEqual([10, 20]);
    expect(dataset.warnings.map(({ code }) => code)).toContain('no-main-matrix');
    await expect(dataset.open()).rejects.toThrow('has no main matrix: it has no expression matrix at all');
    await dataset.close();
  });

  it('reads a file as what it is when its name says otherwise', async () => {
    const path = join(folder, 'mislabelled.csv');
    copyFileSync(join(sharedData, 'formats/h5ad/krumsiek-augmented-0.8.h5ad'), path);
    const dataset = await openDataset(path);
    expect(dataset.format).toBe('h5ad');
    expect(dataset.warnings[0]?.code).toBe('format-differs-from-name');
    await dataset.close();
  });

  it('says that a truncated file is truncated', async () => {
    const path = join(folder, 'half.h5ad');
    copyFileSync(join(sharedData, 'formats/h5ad/squidpy-spatial.h5ad'), path);
    truncateSync(path, 300_000);
    await expect(openDataset(path)).rejects.toThrow(
      `${path} cannot be read: the HDF5 file is truncated or damaged`,
    );
  });

  const pairs = join(sharedData, 'pairs');
  const list = existsSync(pairs)
    ? (JSON.parse(readFileSync(join(pairs, 'pairs.json'), 'utf8')) as Record<string, string & number[]>[])
    : [];
  it.each(list.map((pair) => [pair['name']!, pair] as const))(
    'both files of %s have their shapes',
    async (_, pair) => {
      for (const side of ['spatial', 'reference']) {
        const found = await look(join(sharedData, pair[`${side}_counts`]!));
        expect(found.size).toEqual(pair[`${side}_shape`]);
      }
    },
  );
});

describe('openDataset', () => {
  it('says when a path does not exist or is empty', async () => {
    await expect(openDataset(join(folder, 'nowhere.h5ad'))).rejects.toThrow(
      /nowhere\.h5ad does not exist\.$/,
    );
    await expect(openDataset(write('empty.csv', ''))).rejects.toThrow(/empty\.csv is empty\.$/);
  });

  it.each([
    ['sheet.csv', 'PK\x03\x04\x14\0\x06\0', 'a ZIP or Excel file'],
    ['page.h5', '<!DOCTYPE html><html>', 'a web page'],
    ['wide.txt', '\xff\xfec\0e\0', 'UTF-16'],
    ['noise.bin', '\x01\x02\x03\x04\x05\x06\x07\x08\x10\x11', 'of no format that is read here'],
  ])('names what %s is', async (name, start, words) => {
    const path = write(name, '');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(path, Buffer.from(start, 'latin1'));
    await expect(openDataset(path)).rejects.toThrow(words);
  });

  it('lists the members of an HDF5 file of another kind', async () => {
    const path = join(folder, 'other.h5');
    await writeH5(path, { weights: Float32Array.of(1, 2), biases: Float32Array.of(1) });
    await expect(openDataset(path)).rejects.toThrow(
      'neither AnnData nor Loom nor 10x: it holds biases, weights',
    );
  });

  it('says what a folder without a matrix holds', async () => {
    write('pictures/cat.png', 'x');
    const path = join(folder, 'pictures');
    await expect(openDataset(path)).rejects.toThrow(`${basename(path)} is a folder without a matrix`);
  });
});
