import { describe, expect, it } from 'vitest';
import { csvOf } from '../../../../src-renderer/components/charts/csv.ts';
import { fileName } from '../../../../src-renderer/components/charts/download.ts';

describe('csvOf', () => {
  it('quotes what has to be quoted and leaves unknown numbers empty', () => {
    const text = csvOf(
      ['gene', 'value'],
      [
        ['Gad1', 0.5],
        ['H2-D1, "class I"', null],
        ['two\nlines', Number.NaN],
      ],
    );
    expect(text).toBe('gene,value\r\nGad1,0.5\r\n"H2-D1, ""class I""",\r\n"two\nlines",\r\n');
  });

  it('keeps a spreadsheet from running a name', () => {
    expect(csvOf(['gene'], [['=1+1']])).toBe("gene\r\n'=1+1\r\n");
  });
});

describe('fileName', () => {
  it('is what every file system takes', () => {
    expect(fileName('PCC gene by gene: “Ridge” ÷ β')).toBe('pcc-gene-by-gene-ridge');
    expect(fileName('…')).toBe('figure');
  });
});
