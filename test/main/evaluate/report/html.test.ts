import { describe, expect, it } from 'vitest';
import type { EvaluationReport, GeneRow } from '../../../../src-shared/domain/evaluation.ts';
import { reportData } from '../../../../src-main/evaluate/report/figure.ts';
import { reportPage } from '../../../../src-main/evaluate/report/html.ts';
import { geneMaps } from '../../../../src-main/evaluate/report/maps.ts';
import { geneScatter } from '../../../../src-main/evaluate/report/scatter.ts';
import { synthetic } from './synthetic.ts';

const made = synthetic({ genes: 20, cells: 60, mapGenes: 1 });
const none = { accuracy: [], maps: [], expected: undefined };

function page(report: EvaluationReport = made.report, rows: readonly GeneRow[] = made.rows): string {
  return reportPage(reportData(report, rows), none, made.maps, report.warnings);
}

/** Text of the cells of the first table, row by row; best values in asterisks. */
function firstTable(html: string): string[][] {
  const body = /<tbody>(.*?)<\/tbody>/su.exec(html)![1]!;
  return [...body.matchAll(/<tr[^>]*>(.*?)<\/tr>/gsu)].map((row) =>
    [...row[1]!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gsu)].map((cell) => cell[1]!.replace(/<\/?b>/gu, '*')),
  );
}

describe('report.html', () => {
  it('forbids every connection, before anything else could be loaded', () => {
    const html = page();
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/u.exec(html)!;
    expect(policy[1]!.replaceAll('&#39;', "'")).toBe(
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'",
    );
    expect(policy.index).toBeLessThan(html.search(/<style|<script|<svg/u));
  });

  it('says the verdict first, every sentence alike', () => {
    const html = page({ ...made.report, verdict: ['SpaGene is good.', 'Ridge, a floor, is better.'] });
    expect(
      html.includes('<div class="verdict"><p>SpaGene is good.</p><p>Ridge, a floor, is better.</p></div>'),
    ).toBe(true);
    expect(html.indexOf('class="verdict"')).toBeLessThan(html.indexOf('<table'));
  });

  it('shows the best of each column in bold, the smallest where smaller is better', () => {
    const { report } = made;
    const summary = report.summary.map((row) => {
      if (row.method === 'gimvi' && row.metric === 'rmse') return { ...row, mean: 0.5 };
      return row.method === 'knn' && row.metric === 'pcc'
        ? { ...row, mean: 0.9, low: 0.85, high: 0.95 }
        : row;
    });
    const cells = firstTable(page({ ...report, summary }));
    const of = (name: string): string[] => cells.find(([title]) => title === name)!;
    expect(of('50 nearest neighbours').slice(1, 4)).toEqual(['Floor', '*0.900*', '0.850 to 0.950']);
    expect(of('gimVI')[6]).toBe('*0.500*');
    expect(cells.filter((row) => row[2]!.startsWith('*'))).toHaveLength(1);
    expect(cells[0]![0]).toBe('SpaGene');
  });

  it('writes p-values as readers expect them', () => {
    const [first] = made.report.comparisons.filter(({ metric }) => metric === 'pcc');
    const html = page({
      ...made.report,
      comparisons: [{ ...first!, wins: 13, genes: 20, meanDifference: -0.0123, pHolm: 1e-9 }],
    });
    expect(/13 of 20<.*>−0\.012<.*>p &lt; 0\.001</u.test(html)).toBe(true);
  });

  it('escapes everything that comes from files', () => {
    const evil = `<img src=x onerror="alert('1')">&\u0000`;
    const { report, rows } = made;
    const hostile: EvaluationReport = {
      ...report,
      dataset: evil,
      backend: evil,
      versions: { [evil]: evil },
      files: [{ role: evil, path: evil, sha256: evil }],
      genes: report.genes.map((gene) => ({ ...gene, gene: evil + gene.gene })),
      methods: report.methods.map((method) => ({ ...method, title: evil, source: evil, departures: [evil] })),
      verdict: [evil],
      warnings: [evil],
    };
    const named = rows.map((row) => ({ ...row, gene: evil + row.gene }));
    const data = reportData(hostile, named);
    const maps = { ...made.maps, genes: made.maps.genes.map((map) => ({ ...map, gene: evil })) };
    const figures = {
      accuracy: [geneScatter(data, 'pcc')!],
      maps: geneMaps(data, maps),
      expected: undefined,
    };
    const html = reportPage(data, figures, maps, [evil]);
    expect(html.includes('<img')).toBe(false);
    expect(html.includes('\u0000')).toBe(false);
    expect(
      html.split('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;\uFFFD').length,
    ).toBeGreaterThan(50);
  });

  it('says that there are no maps, and why', () => {
    const data = reportData(made.report, made.rows);
    const html = reportPage(data, none, { ...made.maps, positions: undefined, genes: [] }, []);
    expect(html.includes('There are no maps: the spatial data have no positions.')).toBe(true);
  });

  it('holds settings, sources, departures, warnings and every gene', () => {
    const html = page();
    for (const words of [
      'Spatial cells are mapped in random blocks of 2,000.',
      'doi:10.0000/gimvi',
      'ab'.repeat(32),
      '5 of 5 run (0, 1, 2, 3, 4)',
      '12 cells have the same position as another cell.',
      'Spearman correlation of 0.61',
      'Gene20',
    ]) {
      expect(html.includes(words)).toBe(true);
    }
  });

  it('sets SpaGene beside the best that is not SpaGene, gene by gene', () => {
    const { report, rows } = made;
    const html = page();
    const table = /<table class="sortable">.*?<\/table>/su.exec(html)![0];
    expect(table).toContain('PCC, Ridge regression');
    const mean = (method: string): number => {
      const [a, b] = rows.filter((row) => row.method === method && row.gene === report.genes[0]!.gene);
      return (a!.pcc + b!.pcc) / 2;
    };
    const [gene, fold, ...numbers] = firstTable(table)[0]!;
    expect([gene, fold, numbers]).toEqual([report.genes[0]!.gene, '0', expect.any(Array)]);
    const shown = numbers.map((text) => Number(text.replace('−', '-')));
    expect(shown[0]).toBeCloseTo(mean('spagene'), 3);
    expect(shown[3]).toBeCloseTo(mean('ridge'), 3);
    expect(shown[6]).toBeCloseTo(mean('spagene') - mean('ridge'), 3);
  });

  it('is a page, too, when nothing was scored', () => {
    const html = page({ ...made.report, summary: [], comparisons: [], expected: null, genes: [] }, []);
    expect(html.includes('Without a score: SpaGene')).toBe(true);
    expect(html.includes('NaN')).toBe(false);
  });
});
