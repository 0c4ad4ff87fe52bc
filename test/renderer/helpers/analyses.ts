import type { AnalysisParameters, ParametersOf } from '../../../src-shared/domain/analysis.ts';
import type { AnalysisResult, AnalysisTable } from '../../../src-shared/domain/analysis-result.ts';
import { analysisDefaults } from '../../../src-shared/domain/analysis.ts';

/** Results as the engine sends them, of a made-up tissue: columns of cells of one type after the other. */

export const TYPES = ['Tumour', 'T cell', 'Stroma'] as const;

export function aResult(part: Partial<AnalysisResult> & { parameters: AnalysisParameters }): AnalysisResult {
  return {
    format: 'spagene-analysis',
    formatVersion: 1,
    basis: 'positions',
    summary: 'Something was found.',
    notes: [],
    vectors: [],
    embeddings: [],
    tables: [],
    matrices: [],
    ...part,
  };
}

export function aTable(
  name: string,
  columns: Readonly<Record<string, readonly string[] | readonly (number | null)[]>>,
): AnalysisTable {
  return {
    name,
    title: name,
    columns: Object.entries(columns).map(([column, values]) =>
      typeof values[0] === 'string'
        ? { name: column, kind: 'text', values: [...values] as string[] }
        : { name: column, kind: 'number', values: [...values] as (number | null)[] },
    ),
  };
}

/** Codes 0 … n − 1 in blocks of equal size, over `cells` cells. */
export function blocks(cells: number, n: number): Uint16Array {
  return Uint16Array.from({ length: cells }, (_, cell) => Math.floor((cell * n) / cells));
}

export function aNichesResult(cells = 30, part: Partial<AnalysisResult> = {}): AnalysisResult {
  const parameters: ParametersOf<'niches'> = {
    kind: 'niches',
    labels: { column: 'cell_type' },
    ...analysisDefaults.niches,
  };
  const names = ['Tumour core', 'Border', 'Stroma rich'];
  const matrix = { rows: names, columns: [...TYPES] };
  return aResult({
    parameters,
    summary: 'The tissue falls into 3 niches.',
    notes: ['Niches rest on cell types.'],
    vectors: [{ name: 'niche', title: 'Niche', kind: 'category', names, codes: blocks(cells, 3) }],
    tables: [
      aTable('silhouette', {
        niches: [2, 3, 4],
        silhouette: [0.21, 0.44, 0.32],
        inertia: [30, 20, 15],
      }),
      aTable('niches', {
        niche: names,
        suggested: ['Tumour', 'Border', 'Stroma rich'],
        cells: [10, 10, 10],
        share: [1 / 3, 1 / 3, 1 / 3],
      }),
    ],
    matrices: [
      {
        ...matrix,
        name: 'niche_composition',
        title: 'Composition',
        values: Float32Array.of(0.9, 0.05, 0.05, 0.4, 0.5, 0.1, 0.1, 0.1, 0.8),
      },
      {
        ...matrix,
        name: 'niche_scaled',
        title: 'z',
        values: Float32Array.of(1.3, -0.8, -0.7, -0.2, 1.4, -0.6, -1.1, -0.6, 1.3),
      },
    ],
    ...part,
  });
}

export function aNeighboursResult(cells = 30, types: string[] = ['Tumour']): AnalysisResult {
  const parameters: ParametersOf<'neighbours'> = {
    kind: 'neighbours',
    labels: { column: 'cell_type' },
    ...analysisDefaults.neighbours,
    types,
  };
  const square = { rows: [...TYPES], columns: [...TYPES] };
  const groups = ['none', 'low', 'moderate', 'high'];
  const proportion = Float32Array.from({ length: cells }, (_, cell) => 1 - cell / (cells - 1));
  const hasTypes = types.length > 0;
  return aResult({
    parameters,
    summary: 'Tumour cells lie beside their own.',
    vectors: hasTypes
      ? [
          { name: 'neighbour_proportion', title: 'Share of Tumour', kind: 'number', values: proportion },
          {
            name: 'neighbour_group',
            title: 'Group',
            kind: 'category',
            names: groups,
            codes: Uint16Array.from(proportion, (p) => (p === 0 ? 0 : p <= 0.2 ? 1 : p <= 0.6 ? 2 : 3)),
          },
        ]
      : [],
    embeddings: [
      {
        name: 'neighbour_composition',
        title: 'Composition of the neighbours',
        columns: [...TYPES],
        values: Float32Array.from({ length: cells * 3 }, (_, i) => (i % 3) / 3),
      },
    ],
    tables: hasTypes
      ? [
          aTable('groups', { group: groups, cells: [1, 6, 12, 11], share: [0.03, 0.2, 0.4, 0.37] }),
          aTable('fields', {
            field: ['most 1', 'least 1'],
            section: ['', ''],
            x: [-1, 79],
            y: [99, 99],
            side: [32, 32],
            cells: [9, 9],
            value: [0.9, 0.1],
          }),
        ]
      : [],
    matrices: [
      {
        ...square,
        name: 'enrichment_z',
        title: 'z',
        values: Float32Array.of(12, -4, -6, -4, 8, 1, -6, 1, 9),
      },
      {
        ...square,
        name: 'enrichment_count',
        title: 'Count',
        values: Float32Array.of(1200, 40, 20, 40, 600, 80, 20, 80, 700),
      },
      {
        ...square,
        name: 'composition',
        title: 'Composition',
        values: Float32Array.of(0.95, 0.03, 0.02, 0.06, 0.83, 0.11, 0.02, 0.1, 0.88),
      },
    ],
  });
}

export function aCellTypesResult(cells = 30): AnalysisResult {
  return aResult({
    parameters: { kind: 'cell-types', ...analysisDefaults['cell-types'], method: 'transfer' },
    basis: 'imputed',
    summary: '3 types were taken over.',
    vectors: [
      { name: 'cell_type', title: 'Cell type', kind: 'category', names: [...TYPES], codes: blocks(cells, 3) },
      {
        name: 'cell_type_confidence',
        title: 'Confidence',
        kind: 'number',
        values: Float32Array.from({ length: cells }, (_, cell) => 0.5 + (0.5 * cell) / cells),
      },
    ],
    tables: [aTable('types', { type: [...TYPES], cells: [10, 10, 10], share: [1 / 3, 1 / 3, 1 / 3] })],
  });
}

export function aMoranResult(): AnalysisResult {
  return aResult({
    parameters: { kind: 'moran', ...analysisDefaults.moran },
    basis: 'both',
    summary: '3 genes form patterns.',
    notes: ['Imputation smooths, so the I of imputed genes is too high.'],
    tables: [
      aTable('moran', {
        gene: ['Gad1', 'Vip', 'Unmeasured1', 'Sst'],
        measured_i: [0.31, 0.12, null, 0.2],
        measured_q: [0.001, 0.01, null, 0.002],
        imputed_i: [0.52, 0.44, 0.71, 0.15],
        imputed_q: [0.001, 0.001, 0.001, 0.2],
        panel: ['yes', 'yes', 'no', 'yes'],
      }),
    ],
  });
}
