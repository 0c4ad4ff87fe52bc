import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openMtx } from '../../../src-main/io/mtx.ts';
import { rowsOf, temporary } from './temporary.ts';

const { write } = temporary();

function folder(
  name: string,
  matrix: string,
  genes = 'ENSG1\tA\nENSG2\tB\nENSG3\tC\n',
  cells = 'x-1\ny-1\n',
): string {
  write(`${name}/genes.tsv`, genes);
  write(`${name}/barcodes.tsv`, cells);
  return write(`${name}/matrix.mtx`, matrix);
}

async function read(path: string): Promise<number[][]> {
  return rowsOf((await (await openMtx(path)).open()).source);
}

const head = '%%MatrixMarket matrix coordinate';

describe('openMtx', () => {
  it.each([
    [
      'integer',
      `${head} integer general\n%\n3 2 3\n1 1 5\n3 1 2\n2 2 7\n`,
      [
        [5, 0, 2],
        [0, 7, 0],
      ],
    ],
    [
      'unordered',
      `${head} real general\n3 2 3\n2 2 7\n3 1 2.5\n1 1 5e-1\n`,
      [
        [0.5, 0, 2.5],
        [0, 7, 0],
      ],
    ],
    [
      'repeated',
      `${head} integer general\n3 2 3\n1 1 5\n1 1 2\n2 2 7\n`,
      [
        [7, 0, 0],
        [0, 7, 0],
      ],
    ],
    [
      'pattern',
      `${head} pattern general\n3 2 2\n1 2\n3 1\n`,
      [
        [0, 0, 1],
        [1, 0, 0],
      ],
    ],
    [
      'upright',
      `${head} integer general\n2 3 2\n1 3 4\n2 1 6\n`,
      [
        [0, 0, 4],
        [6, 0, 0],
      ],
    ],
    [
      'array',
      '%%MatrixMarket matrix array real general\n3 2\n1\n2\n3\n4\n5\n6\n',
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
  ])('reads a matrix that is %s', async (name, text, rows) => {
    expect(await read(folder(name, text))).toEqual(rows);
  });

  it('unfolds a symmetric matrix', async () => {
    const path = folder('symmetric', `${head} integer symmetric\n2 2 2\n1 1 3\n2 1 4\n`, 'a\tA\nb\tB\n');
    expect(await read(path)).toEqual([
      [3, 4],
      [4, 0],
    ]);
  });

  it('opens the folder, packed files, and keeps only gene expression with a warning', async () => {
    const matrix = write('v3/matrix.mtx.gz', `${head} integer general\n3 2 3\n1 1 5\n2 1 9\n3 2 7\n`);
    write('v3/barcodes.tsv.gz', 'x-1\ny-1\n');
    const types = ['Gene Expression', 'Antibody Capture', 'Gene Expression'];
    write('v3/features.tsv.gz', types.map((type, i) => `ENSG${i}\tG${i}\t${type}`).join('\n'));
    const dataset = await openMtx(dirname(matrix));
    const opened = await dataset.open();
    expect(opened.genes).toEqual(['G0', 'G2']);
    expect(opened.geneIds).toEqual(['ENSG0', 'ENSG2']);
    expect(await rowsOf(opened.source)).toEqual([
      [5, 0],
      [0, 7],
    ]);
    expect(dataset.warnings[0]?.message).toContain('left out are 1 of type Antibody Capture');
  });

  it.each([
    ['outside', `${head} integer general\n3 2 1\n4 1 5\n`, 'line 3: the entry at 4, 1 lies outside'],
    ['too-few', `${head} integer general\n3 2 2\n1 1 5\n`, 'says it has 2 entries and has 1'],
    ['half-line', `${head} integer general\n3 2 1\n1 1\n`, 'line 3: expected 3 numbers'],
    [
      'other-lists',
      `${head} integer general\n9 2 1\n1 1 1\n`,
      'is 9 × 2, but genes.tsv lists 3 genes and barcodes.tsv 2 cells',
    ],
    ['huge', `${head} integer general\n1099511627776 2 1\n1 1 1\n`, 'are impossible'],
    ['complex', `${head} complex general\n3 2 1\n1 1 1 0\n`, 'values of type complex are not read'],
    ['skew', `${head} real skew-symmetric\n3 2 1\n1 1 1\n`, 'a skew-symmetric matrix is not read'],
    ['sizeless', `${head} real general\nthree 2 1\n1 1 1\n`, 'the line with the sizes'],
  ])('refuses a file that is %s', async (name, text, words) => {
    await expect(read(folder(name, text))).rejects.toThrow(words);
  });

  it('asks for the lists of genes and cells', async () => {
    await expect(openMtx(write('alone/matrix.mtx', head))).rejects.toThrow('needs the lists of genes');
  });
});
