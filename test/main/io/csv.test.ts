import { describe, expect, it } from 'vitest';
import { openCsv } from '../../../src-main/io/csv.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { rowsOf, temporary } from './temporary.ts';

const { write } = temporary();

async function read(
  name: string,
  text: string,
): Promise<{ cells: string; genes: string; rows: number[][]; detail: string }> {
  const dataset = await openCsv(write(name, text));
  const { cells, genes, source } = await dataset.open();
  return { cells: cells.join(), genes: genes.join(), rows: await rowsOf(source), detail: dataset.detail };
}

const three = {
  cells: 'AAACCTGA-1,TTGGCCAA-1',
  genes: 'Gad1,Slc17a7,Sox9',
  rows: [
    [1, 0, 2.5],
    [0, 3, 0],
  ],
};

describe('openCsv', () => {
  it.each([
    ['comma.csv', 'cell,Gad1,Slc17a7,Sox9\nAAACCTGA-1,1,0,2.5\nTTGGCCAA-1,0,3,0\n'],
    ['crlf.csv', 'cell,Gad1,Slc17a7,Sox9\r\nAAACCTGA-1,1,0,2.5\r\nTTGGCCAA-1,0,3,0\r\n'],
    ['tab.tsv', '\tGad1\tSlc17a7\tSox9\nAAACCTGA-1\t1\t0\t2.5\nTTGGCCAA-1\t0\t3\t0'],
    ['packed.csv.gz', ',Gad1,Slc17a7,Sox9\nAAACCTGA-1,1,0,2.5\nTTGGCCAA-1,0,3,0\n'],
    ['european.csv', 'cell;Gad1;Slc17a7;Sox9\nAAACCTGA-1;1;0;2,5\nTTGGCCAA-1;0;3;0\n'],
    ['quoted.csv', '"","Gad1","Slc17a7","Sox9"\n"AAACCTGA-1","1",0,2.5\n"TTGGCCAA-1",0,3,0\n'],
    ['r.tsv', 'Gad1\tSlc17a7\tSox9\nAAACCTGA-1\t1\t0\t2.5\nTTGGCCAA-1\t0\t3\t0\n'],
    ['marked.csv', '\ufeffcell,Gad1,Slc17a7,Sox9\nAAACCTGA-1,1,0,2.5e0\nTTGGCCAA-1,0,+3,-0\n'],
    ['turned.csv', 'gene,AAACCTGA-1,TTGGCCAA-1\nGad1,1,0\nSlc17a7,0,3\nSox9,2.5,0\n'],
    ['turned-unnamed.csv', ',AAACCTGA-1,TTGGCCAA-1\nGad1,1,0\nSlc17a7,0,3\nSox9,2.5,0\n'],
  ])('reads %s', async (name, text) => {
    const { detail, ...found } = await read(name, text);
    expect(found).toEqual(three);
    expect(detail).toContain(name.startsWith('turned') ? 'genes × cells, turned' : 'cells × genes');
  });

  it('turns what it is told to turn, and warns when nothing speaks for either', async () => {
    const path = write('plain.csv', 'id,one two,three four\n!a,1,2\n!b,3,4\n');
    const guessed = await openCsv(path);
    expect(guessed.warnings.map(({ code }) => code)).toEqual(['orientation-assumed']);
    const asked = await openCsv(path, 'genes-by-cells');
    const { cells, genes, source } = await asked.open();
    expect([cells, genes, await rowsOf(source)]).toEqual([
      ['one two', 'three four'],
      ['!a', '!b'],
      [
        [1, 3],
        [2, 4],
      ],
    ]);
  });

  it('leaves missing values as NaN for the checks to find', async () => {
    expect((await read('missing.csv', 'cell,Gad1,Sox9\nc1,NA,1\nc2,,2\n')).rows).toEqual([
      [NaN, 1],
      [NaN, 2],
    ]);
  });

  it.each([
    ['word.csv', 'cell,Gad1,Sox9\nc1,1,2\nc2,1,high\n', 'row 3, column Sox9: "high" is no number'],
    ['short.csv', 'cell,Gad1,Sox9\nc1,1,2\nc2,1\n', 'row 3 has 1 values, the header has 2'],
    ['long.csv', 'cell,Gad1,Sox9\nc1,1,2\nc2,1,2,3\n', 'row 3 has more than 2 values, the header has 2'],
    ['headless.csv', 'c1,1,2,4\nc2,1,2,5\n', 'has no header'],
    ['lonely.csv', 'cell,Gad1,Sox9\n', 'has a header and no rows'],
    ['prose.txt', 'Dear reader\nthis is no table\n', 'is no table'],
    ['nameless.csv', `Gad1,Sox9\n${'0,1\n1,1\n'.repeat(10)}`, 'has no column of cell names'],
  ])('refuses %s in one sentence that names the place', async (name, text, words) => {
    const error = await read(name, text).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toContain(words);
    expect((error as UserError).message).toContain(name);
  });

  it('says that gzip data is truncated', async () => {
    const { gzipSync } = await import('node:zlib');
    const { writeFileSync } = await import('node:fs');
    const path = write('cut.csv', '');
    const rows = Array.from({ length: 5000 }, (_, i) => `c${i},${(i * 7919) % 13},${(i * 104729) % 17}`).join(
      '\n',
    );
    const bytes = gzipSync(`cell,Gad1,Sox9\n${rows}\n`);
    writeFileSync(path, bytes.subarray(0, bytes.length >> 1));
    await expect(openCsv(path).then((dataset) => dataset.open())).rejects.toThrow(
      'gzip data is truncated or damaged',
    );
  });
});

describe('a table of blank lines', () => {
  it.each(['\n', '\n\n', '\r\n\r\n', ' \n \n'])('%j is said to be empty', async (text) => {
    await expect(openCsv(write('blank.csv', text))).rejects.toThrow(/is empty/u);
  });
});
