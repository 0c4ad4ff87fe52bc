import { describe, expect, it } from 'vitest';
import type { EvaluationReport, GeneRow } from '../../../../src-shared/domain/evaluation.ts';
import { boxPlots } from '../../../../src-main/evaluate/report/box-plots.ts';
import { expectedAgainstAchieved } from '../../../../src-main/evaluate/report/expected.ts';
import { reportData } from '../../../../src-main/evaluate/report/figure.ts';
import { accuracyByLevel } from '../../../../src-main/evaluate/report/levels.ts';
import { geneScatter, sidesOf } from '../../../../src-main/evaluate/report/scatter.ts';
import { synthetic } from './synthetic.ts';

const { report, rows, expected } = synthetic({ cells: 50 });
const data = reportData(report, rows);

const count = (svg: string, pattern: RegExp): number => [...svg.matchAll(pattern)].length;

/** Data of two methods with these PCCs, one gene each. */
function small(ours: readonly number[], theirs: readonly number[]): ReturnType<typeof reportData> {
  const template = rows[0]!;
  const made = (method: string, values: readonly number[]): GeneRow[] =>
    values.map((pcc, i) => ({ ...template, method, seed: 1, gene: `G${i}`, pcc, ssim: 1 - pcc }));
  const genes = ours.map((_, i) => ({ ...report.genes[i]!, gene: `G${i}` }));
  const own: EvaluationReport = { ...report, genes };
  return reportData(own, [...made('spagene', ours), ...made('ridge', theirs)]);
}

/** From ticks of the first panel: position of a value on its axis. */
function axisOf(svg: string): (value: number) => number {
  const label = /<text x="([\d.]+)" y="[\d.]+" text-anchor="middle" font-size="11"[^>]*>([−\d.]+)<\/text>/gu;
  const ticks = [...svg.matchAll(label)].map((m) => [Number(m[2]!.replace('−', '-')), Number(m[1])] as const);
  const [[v0, x0], [v1, x1]] = [ticks[0]!, ticks[1]!];
  return (value) => x0 + ((value - v0) * (x1 - x0)) / (v1 - v0);
}

describe('box plots', () => {
  it('draw the box, median and whiskers where the axis says they are', () => {
    // Quartiles 0.3, 0.5, 0.7 by hand; 2.0 lies beyond 0.7 + 1.5 × 0.4.
    const { svg } = boxPlots(small([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 2], [0, 0.1, 0.2]));
    const at = axisOf(svg);
    const box =
      /<line x1="([\d.]+)"[^>]*x2="([\d.]+)"[^>]*\/><line x1="([\d.]+)"[^>]*x2="([\d.]+)"[^>]*\/><rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="12"[^>]*\/><line x1="([\d.]+)"/u;
    const [low, q1, q3, high, left, width, median] = box.exec(svg)!.slice(1).map(Number);
    for (const [drawn, value] of [
      [low, 0.1],
      [q1, 0.3],
      [q3, 0.7],
      [high, 0.8],
      [left, 0.3],
      [left! + width!, 0.7],
      [median, 0.5],
    ] as const) {
      expect(drawn).toBeCloseTo(at(value), 1);
    }
  });

  it('show six metrics by eleven methods, SpaGene first, floors last and named as such', () => {
    const { svg, caption } = boxPlots(data);
    expect(count(svg, /height="12"/gu)).toBe(66);
    const labels = [...svg.matchAll(/text-anchor="end"[^>]*>([^<]+)</gu)].map((match) => match[1]);
    expect(labels[0]).toBe('SpaGene');
    expect(labels.slice(7, 11)).toEqual([
      'Ridge regression',
      '50 nearest neighbours',
      'Cluster mean',
      'Most correlated panel gene',
    ]);
    expect(count(svg, /Floors: simple methods to beat/gu)).toBe(2);
    expect(count(svg, /smaller is better/gu)).toBe(2);
    expect(caption).toContain('156 held-out genes');
  });

  it('thin outliers above 200 a box', () => {
    const many = [
      ...Array.from({ length: 3000 }, () => 0.5),
      ...Array.from({ length: 500 }, (_, i) => 1 + i / 100),
    ];
    const { svg } = boxPlots(small(many, [0.1]));
    expect(Math.max(...[...svg.matchAll(/ d="((?:M[^"]*h0)+)"/gu)].map((m) => count(m[1]!, /h0/gu)))).toBe(
      200,
    );
  });
});

describe('gene-by-gene scatter', () => {
  const pairs = [
    { gene: 'a', x: 0, y: 1 },
    { gene: 'b', x: 1, y: 0 },
    { gene: 'c', x: 0.5, y: 0.5 },
    { gene: 'd', x: -2, y: -1 },
  ];

  it('counts the genes above, below and on the line', () => {
    expect(sidesOf(pairs)).toEqual({ above: 2, below: 1, on: 1 });
  });

  it('says the counts in words and draws each gene once', () => {
    const pcc = geneScatter(small([0.9, 0.8, 0.1, 0.4], [0.1, 0.2, 0.3, 0.4]), 'pcc')!;
    expect(pcc.svg).toContain('>2 above, 1 below, 1 on it<');
    expect(count(pcc.svg, /<circle/gu)).toBe(4);
    expect(pcc.svg).toContain('<title>G0: 0.900 against 0.100</title>');
    expect(pcc.svg).toContain('Ridge regression');
    // SSIM here is 1 − PCC, so the sides change places.
    expect(geneScatter(small([0.9, 0.8, 0.1, 0.4], [0.1, 0.2, 0.3, 0.4]), 'ssim')!.svg).toContain(
      '1 above, 2 below',
    );
  });

  it('has a panel for every other method and none for SpaGene itself', () => {
    const figure = geneScatter(data, 'pcc')!;
    expect(count(figure.svg, /\d+ above, \d+ below<\/text>/gu)).toBe(10);
    expect(count(figure.svg, /<circle/gu)).toBe(1560);
  });

  it('draws dots as one path where there are very many', () => {
    const many = Array.from({ length: 9000 }, (_, i) => i / 9000);
    const { svg } = geneScatter(small(many, [...many].reverse()), 'pcc')!;
    expect(svg).not.toContain('<circle');
    expect(count(svg, /h0/gu)).toBe(9000);
  });

  it('is left out when there is nothing to compare with', () => {
    const only = rows.filter(({ method }) => method === 'gimvi');
    expect(geneScatter(reportData(report, only), 'pcc')).toBeUndefined();
    expect(geneScatter(reportData(report, []), 'pcc')).toBeUndefined();
  });
});

describe('accuracy by level', () => {
  it('draws SpaGene and the best that is not SpaGene, with trends', () => {
    const { svg, caption } = accuracyByLevel(data)!;
    expect(caption).toContain('SpaGene and Ridge regression');
    // Two series in four panels, and their two marks in the legend.
    expect(count(svg, /<circle/gu)).toBe(4 * 2 * 156 + 2);
    expect(count(svg, /stroke="#ffffff" stroke-width="5"/gu)).toBe(8);
    expect(count(svg, /log scale/gu)).toBe(2);
  });
});

describe('expected and achieved', () => {
  it('is drawn only where the report speaks of it and values are given', () => {
    expect(count(expectedAgainstAchieved(data, expected)!.svg, /<circle/gu)).toBe(156);
    expect(expectedAgainstAchieved(data, undefined)).toBeUndefined();
    expect(expectedAgainstAchieved(data, [])).toBeUndefined();
    expect(
      expectedAgainstAchieved({ ...data, report: { ...report, expected: null } }, expected),
    ).toBeUndefined();
  });
});
