import type { AnalysisParameters } from '../../../../src-shared/domain/analysis.ts';
import type { AnalysisResult, AnalysisTable } from '../../../../src-shared/domain/analysis-result.ts';

/** A table of a result from its columns. */
export function aTable(
  name: string,
  columns: Readonly<Record<string, readonly (string | number | null)[]>>,
): AnalysisTable {
  return {
    name,
    title: name,
    columns: Object.entries(columns).map(([column, values]) =>
      values.every((value) => typeof value === 'string')
        ? { name: column, kind: 'text', values: [...values] }
        : { name: column, kind: 'number', values: values as (number | null)[] },
    ),
  };
}

export function aResult(parameters: AnalysisParameters, part: Partial<AnalysisResult> = {}): AnalysisResult {
  return {
    format: 'spagene-analysis',
    formatVersion: 1,
    parameters,
    basis: 'both',
    summary: 'Something was found.',
    notes: [],
    vectors: [],
    embeddings: [],
    tables: [],
    matrices: [],
    ...part,
  };
}
