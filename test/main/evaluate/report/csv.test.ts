import { describe, expect, it } from 'vitest';
import type { GeneRow } from '../../../../src-shared/domain/evaluation.ts';
import { perGeneCsv, summaryCsv } from '../../../../src-main/evaluate/report/csv.ts';
import { synthetic } from './synthetic.ts';

const row: GeneRow = {
  dataset: 'd',
  method: 'ridge',
  seed: 1,
  fold: 0,
  gene: 'Actb',
  pcc: 0.1 + 0.2,
  spearman: -1e-7,
  ssim: 0,
  ssim_li2022: 1,
  rmse: 1.25,
  mae: 1,
  moran_measured: null,
  moran_imputed: -0.5,
};

/** Reads CSV as RFC 4180 has it. */
function parse(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/gu)) {
    if (end === '' && plain === '' && quoted === undefined) break;
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end === '\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('per_gene.csv', () => {
  it('is exactly these columns and characters', () => {
    expect(perGeneCsv([row])).toBe(
      'dataset,method,seed,fold,gene,pcc,spearman,ssim,ssim_li2022,rmse,mae,moran_measured,moran_imputed\n' +
        'd,ridge,1,0,Actb,0.30000000000000004,-1e-7,0,1,1.25,1,,-0.5\n',
    );
  });

  it('quotes names only where it must', () => {
    const names = ['a,b', 'say "x"', 'two\nlines', ' led', 'plain-name.1', '=1+1'];
    const lines = perGeneCsv(names.map((gene) => ({ ...row, gene })));
    expect(parse(lines).slice(1).map((cells) => cells[4])).toEqual(names); // prettier-ignore
    expect(lines).toContain(',plain-name.1,');
    expect(lines).toContain(',"say ""x""",');
  });

  it('gives every number back to the last bit', () => {
    const { rows } = synthetic({ genes: 20, cells: 10 });
    const [head, ...cells] = parse(perGeneCsv(rows));
    expect(cells).toHaveLength(rows.length);
    for (const [i, line] of cells.entries()) {
      for (const [j, name] of head!.entries()) {
        const value = rows[i]![name as keyof GeneRow];
        expect(typeof value === 'number' ? Number(line[j]) : line[j]).toBe(value);
      }
    }
  });
});

describe('summary.csv', () => {
  it('is exactly these columns and characters', () => {
    const summary = [
      { method: 'knn', metric: 'rmse', genes: 33, mean: 1.5, median: 1.25, low: 1, high: 2 },
    ] as const;
    expect(summaryCsv(summary)).toBe('method,metric,genes,mean,median,low,high\nknn,rmse,33,1.5,1.25,1,2\n');
  });
});
