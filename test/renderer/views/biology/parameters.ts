import { analysisDefaults, type ParametersOf } from '../../../../src-shared/domain/analysis.ts';

const neighbourhood = {
  labels: { column: 'cell_type' },
  types: ['Tumour'],
  graph: { kind: 'nearest' as const, k: 20 },
};

export const genesParameters: ParametersOf<'genes'> = {
  kind: 'genes',
  ...analysisDefaults.genes,
  neighbourhood,
};

export const pathwaysParameters: ParametersOf<'pathways'> = {
  kind: 'pathways',
  ...analysisDefaults.pathways,
  genes: 'genes-1',
  files: [],
};

export const pseudotimeParameters: ParametersOf<'pseudotime'> = {
  kind: 'pseudotime',
  ...analysisDefaults.pseudotime,
  start: { labels: { column: 'cell_type' }, names: ['Tumour'] },
  neighbourhood,
};
