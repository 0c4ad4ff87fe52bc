import { describe, expect, it } from 'vitest';
import type { EvaluationReport } from '../../../src-shared/domain/evaluation.ts';
import { evaluationReport } from '../../../src-shared/domain/evaluation-report-schema.ts';

const report: EvaluationReport = {
  format: 'spagene-evaluation',
  formatVersion: 1,
  versions: { node: 'v20' },
  dataset: 'cortex',
  backend: 'wasm',
  files: [{ role: 'spatial', path: 'a.h5ad', sha256: 'ab' }],
  cells: { spatial: 10, reference: 20 },
  folds: 5,
  foldsRun: [0],
  foldRule: 'name',
  seeds: [1],
  genes: [
    { gene: 'Gad1', fold: 0, meanSpatial: 1, sparsitySpatial: 0.5, meanReference: 2, sparsityReference: 0.1 },
  ],
  methods: [
    {
      name: 'knn',
      title: 'Neighbours',
      kind: 'floor',
      source: 'x',
      departures: [],
      secondsPerFold: Number.NaN,
    },
  ],
  summary: [
    { method: 'knn', metric: 'pcc', genes: 1, mean: 0.5, median: 0.5, low: Number.NaN, high: Number.NaN },
  ],
  comparisons: [],
  expected: null,
  verdict: ['Only one gene.'],
  warnings: [],
};

describe('evaluationReport', () => {
  it('reads what was written, with NaN where JSON has null', () => {
    expect(evaluationReport.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it('reads past keys of a later version', () => {
    const later = { ...(JSON.parse(JSON.stringify(report)) as object), added: 1 };
    expect(evaluationReport.parse(later)).toEqual(report);
  });

  it.each([
    ['another format', { format: 'spagene-run' }],
    ['another version', { formatVersion: 2 }],
    ['no verdict', { verdict: undefined }],
    ['words for numbers', { folds: 'five' }],
  ])('refuses %s', (_, change) => {
    const changed = { ...(JSON.parse(JSON.stringify(report)) as object), ...change };
    expect(evaluationReport.safeParse(changed).success).toBe(false);
  });
});
