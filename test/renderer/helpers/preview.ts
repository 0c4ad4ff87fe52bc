import type { DatasetPreview, GeneOverlap } from '../../../src-shared/domain/preview.ts';

const histogram = { edges: [0, 1, 2, 4], counts: [1, 5, 2] };

/** A preview as the engine sends it, with the parts that a test cares about. */
export function aPreview(part: Partial<DatasetPreview> = {}): DatasetPreview {
  return {
    path: '/data/slide.h5ad',
    format: 'AnnData',
    name: 'slide',
    matrices: [{ name: 'X', cells: 3000, genes: 33, values: 'counts' }],
    matrix: 'X',
    cells: 3000,
    genes: 33,
    sparsity: 0.714,
    values: 'counts',
    medianCounts: 163,
    medianGenes: 23,
    geneExamples: ['Gad2', 'Vip'],
    columns: [],
    positions: { unit: 'micrometre', source: 'obsm/spatial', xy: new Float32Array([0, 0, 10, 20]) },
    tables: [],
    images: [],
    countsPerCell: histogram,
    genesPerCell: histogram,
    detectionPerGene: { edges: [0, 0.5, 1], counts: [10, 23] },
    known: null,
    warnings: [],
    ...part,
  };
}

export function anOverlap(part: Partial<GeneOverlap> = {}): GeneOverlap {
  return {
    shared: [
      ['Vip', 'Vip'],
      ['Gad2', 'GAD2'],
    ],
    onlySpatial: ['Sst'],
    referenceGenes: 15_000,
    warnings: [],
    problem: null,
    ...part,
  };
}
