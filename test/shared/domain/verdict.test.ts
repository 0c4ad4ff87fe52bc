import { describe, expect, it } from 'vitest';
import type {
  Comparison,
  EvaluatedMethod,
  GeneRow,
  SummaryRow,
} from '../../../src-shared/domain/evaluation.ts';
import { mean, median } from '../../../src-shared/maths/statistics.ts';
import { verdictOf } from '../../../src-shared/domain/verdict.ts';

type Kind = EvaluatedMethod['kind'];
interface Case {
  /** Name → title, kind and the PCC of each gene; SSIM is the PCC plus `ssim`. */
  readonly methods: Readonly<Record<string, readonly [string, Kind, readonly number[], number?]>>;
  readonly comparisons?: readonly Partial<Comparison>[];
  readonly folds?: number;
  readonly run?: { folds: number; foldsRun: readonly number[] };
}

function verdict({ methods, comparisons = [], folds = 5, run }: Case): string[] {
  const rows: GeneRow[] = [];
  const summary: SummaryRow[] = [];
  for (const [method, [, , values, more = 0]] of Object.entries(methods)) {
    for (const [i, pcc] of values.entries()) {
      const rest = {
        spearman: 0,
        ssim_li2022: 0,
        rmse: 1,
        mae: 1,
        moran_measured: null,
        moran_imputed: null,
      };
      rows.push({
        dataset: 'd',
        method,
        seed: 1,
        fold: i % folds,
        gene: `G${i}`,
        pcc,
        ssim: pcc + more,
        ...rest,
      });
    }
    for (const metric of ['pcc', 'ssim'] as const) {
      const of = values.map((value) => value + (metric === 'ssim' ? more : 0));
      summary.push({ method, metric, genes: of.length, mean: mean(of), median: median(of), low: 0, high: 0 });
    }
  }
  const whole = comparisons.map((comparison): Comparison => ({
    metric: 'pcc',
    a: 'spagene',
    b: '',
    genes: 40,
    wins: 30,
    meanDifference: 0.05,
    p: 0,
    pHolm: 0,
    ...comparison,
  }));
  const list = Object.entries(methods).map(([name, [title, kind]]) => ({ name, title, kind }));
  return verdictOf(summary, whole, list, rows, run);
}

const genes = (level: number, count = 40): number[] =>
  Array.from({ length: count }, (_, i) => level + (0.2 * (i - (count - 1) / 2)) / count);

const usual = {
  spagene: ['SpaGene', 'spagene', genes(0.28)],
  tangram: ['Tangram', 'peer', genes(0.19)],
  ridge: ['ridge', 'floor', genes(0.21)],
} as const;

describe('verdictOf', () => {
  it('says the medians, the best floor and peer, and how many genes are well imputed', () => {
    const [first, second] = verdict({ methods: usual });
    // 0.28 + 0.005 (i − 19.5) > 0.3 from i = 24 on.
    expect(first).toBe(
      'On 40 held-out genes SpaGene reaches a median correlation of 0.28, better than ridge (0.21) and Tangram (0.19); 16 of 40 genes are above 0.3.',
    );
    expect(second).toBe('SpaGene is the best method by mean correlation (0.280) and by mean SSIM (0.280).');
  });

  it('says it as plainly when a floor wins', () => {
    const said = verdict({ methods: { ...usual, ridge: ['Ridge regression', 'floor', genes(0.31)] } });
    expect(said[0]).toContain('better than Tangram (0.19), worse than Ridge regression (0.31)');
    expect(said[1]).toBe(
      'Ridge regression, a floor, is better than every method here that is not one: mean correlation 0.310 against 0.280 for SpaGene, the best of them.',
    );
    expect(said.join(' ')).toContain('mean SSIM 0.310 against 0.280');
  });

  it('names the winner by SSIM where it is another one', () => {
    const said = verdict({ methods: { ...usual, tangram: ['Tangram', 'peer', genes(0.19), 0.2] } });
    expect(said).toContain(
      'SpaGene is the best method by mean correlation (0.280), Tangram by mean SSIM (0.390).',
    );
  });

  it('calls medians that read the same level', () => {
    const said = verdict({ methods: { ...usual, ridge: ['ridge', 'floor', genes(0.2795)] } });
    expect(said[0]).toContain('better than Tangram (0.19), level with ridge (0.28)');
  });

  it('says what is not significant after Holm, and in which direction the rest is', () => {
    const said = verdict({
      methods: usual,
      comparisons: [
        { b: 'ridge', pHolm: 0.21 },
        { b: 'tangram', pHolm: 0.0001, meanDifference: -0.04, wins: 9 },
      ],
    }).join('\n');
    expect(said).toMatch(/no significant difference .* between SpaGene and ridge \(p = 0\.21\)/u);
    expect(said).toMatch(/significantly worse than that of Tangram/u);
    expect(said).not.toMatch(/significantly better/u);
  });

  it('does not give a direction where mean and count disagree', () => {
    const said = verdict({ methods: usual, comparisons: [{ b: 'ridge', meanDifference: -0.01, wins: 30 }] });
    expect(said.join('\n')).toMatch(/different from that of ridge, but .* opposite directions/u);
  });

  it('leaves aside comparisons of other metrics', () => {
    const said = verdict({ methods: usual, comparisons: [{ b: 'ridge', metric: 'rmse', pHolm: 0.9 }] });
    expect(said.join('\n')).not.toMatch(/significant/u);
  });

  it.each([
    [29, true],
    [30, false],
  ])('warns of few genes: %d', (count, warned) => {
    const methods = {
      spagene: ['SpaGene', 'spagene', genes(0.28, count)],
      ridge: ['ridge', 'floor', genes(0.2, count)],
    } as const;
    const said = verdict({ methods }).join('\n');
    expect(said.includes('uncertain')).toBe(warned);
  });

  it('says that SpaGene was not evaluated, or only a variant of it', () => {
    const { tangram, ridge } = usual;
    const without = verdict({ methods: { tangram, ridge } });
    expect(without[0]).toBe('SpaGene was not evaluated here.');
    expect(without[1]).toMatch(
      /^On 40 held-out genes ridge reaches a median correlation of 0\.21, better than Tangram/u,
    );
    const variant = verdict({
      methods: { ridge, 'spagene-network': ['SpaGene, network alone', 'spagene', genes(0.2)] },
    });
    expect(variant[0]).toBe(
      'SpaGene as the app delivers it was not evaluated here, only SpaGene, network alone.',
    );
  });

  it('says when only some folds were run, with or without being told how many there are', () => {
    const told = verdict({ methods: usual, folds: 2, run: { folds: 5, foldsRun: [0, 2] } }).at(-1);
    expect(told).toBe('Only folds 0 and 2 of 5 were run, so the remaining genes are not part of this.');
    expect(verdict({ methods: usual, run: { folds: 5, foldsRun: [0, 1, 2, 3, 4] } }).join()).not.toMatch(
      /Only fold/u,
    );
    expect(verdict({ methods: usual }).join()).not.toMatch(/Only fold/u);
  });

  it('says when there is no floor, no rival, no agreement on genes, no accuracy, nothing', () => {
    const { spagene } = usual;
    expect(verdict({ methods: { spagene } }).join('\n')).toMatch(/Only SpaGene was run.*\n.*No floor/u);
    const uneven = verdict({ methods: { spagene, ridge: ['ridge', 'floor', genes(0.2, 32)] } });
    expect(uneven.join('\n')).toContain('(ridge: 32; SpaGene: 40)');
    expect(uneven.join('\n')).not.toContain('uncertain');
    const poor = verdict({
      methods: { spagene: ['SpaGene', 'spagene', genes(0.05)], ridge: ['ridge', 'floor', genes(0)] },
    });
    expect(poor.join('\n')).toMatch(/No method reaches a mean correlation of 0\.1/u);
    expect(verdict({ methods: {} })).toEqual(['No held-out gene was scored, so there is no verdict.']);
  });
});
