import { Random } from '../../src-shared/maths/random.ts';
import type { Csr } from '../matrix/csr.ts';
import { dissociation } from './anatomy.ts';
import { drawCells, type Cells } from './cells.ts';
import { countBlock, drawCount, dropout, meansOf, ranges, spatialSizeFactor, type Draw } from './counts.ts';
import { drawGenes, type Genes } from './genes.ts';
import { checkOptions, type SimulationOptions } from './options.ts';

/** Counts of the spatial cells over all genes, as drawn and as expected. */
export interface TruthBlock {
  readonly drawn: Csr;
  /** rows × genes, row-major: mean count at this cell's library size, capture efficiency and dropout. */
  readonly expected: Float32Array;
}

/** A simulated tissue. Counts are drawn in order, a block of cells at a time, always the same for a seed. */
export interface Tissue {
  readonly options: Required<SimulationOptions>;
  readonly genes: Genes;
  readonly spatial: Cells;
  readonly reference: Cells;
  /** Blocks of reference cells × all genes. */
  referenceBlocks(rows: number): Generator<Csr>;
  /** Blocks of spatial cells × panel genes. */
  spatialBlocks(rows: number): Generator<Csr>;
  /** Blocks of spatial cells × all genes; panel genes have the counts of {@link spatialBlocks}. */
  truthBlocks(rows: number): Generator<TruthBlock>;
}

/**
 * Simulates a layered tissue and a single-cell reference of it. The mean count of gene g in cell c is
 * library_c · efficiency_g · exp(type + depth + states); counts are negative binomial, with extra dropout.
 * Throws a UserError (usage) when a size is out of range.
 */
export function simulateTissue(given: SimulationOptions): Tissue {
  const options = checkOptions(given);
  const { seed } = options;
  const genes = drawGenes(new Random(seed, 'genes'), options.genes, options.panelGenes);
  const spatial = drawCells(new Random(seed, 'spatial-cells'), options.cells);
  const reference = drawCells(new Random(seed, 'reference-cells'), options.referenceCells, dissociation);
  const all = Int32Array.from({ length: genes.count }, (_, g) => g);
  const spatialDraw = (stream: string): Draw => {
    const random = new Random(seed, stream);
    return (mean, g) => drawCount(random, mean, genes.size[g]! * spatialSizeFactor, dropout.spatial);
  };
  return {
    options,
    genes,
    spatial,
    reference,
    *referenceBlocks(rows) {
      const random = new Random(seed, 'reference-counts');
      const one: Draw = (mean, g) => drawCount(random, mean, genes.size[g]!, dropout.reference);
      const means = meansOf(genes, reference, genes.referenceEfficiency);
      for (const [start, end] of ranges(reference.count, rows)) yield countBlock(start, end, all, means, one);
    },
    *spatialBlocks(rows) {
      const one = spatialDraw('panel-counts');
      const means = meansOf(genes, spatial, genes.spatialEfficiency);
      for (const [start, end] of ranges(spatial.count, rows))
        yield countBlock(start, end, genes.panel, means, one);
    },
    *truthBlocks(rows) {
      const measured = panelMask(genes);
      // Two streams, so that the panel's counts do not depend on whether the hidden genes are drawn.
      const [panel, hidden] = [spatialDraw('panel-counts'), spatialDraw('hidden-counts')];
      const one: Draw = (mean, g) => (measured[g] === 1 ? panel(mean, g) : hidden(mean, g));
      const means = meansOf(genes, spatial, genes.spatialEfficiency);
      for (const [start, end] of ranges(spatial.count, rows)) {
        const expected = new Float32Array((end - start) * genes.count);
        yield { drawn: countBlock(start, end, all, means, one, expected), expected };
      }
    },
  };
}

/** 1 for the genes that the spatial assay measures. */
export function panelMask(genes: Genes): Uint8Array {
  const mask = new Uint8Array(genes.count);
  for (const g of genes.panel) mask[g] = 1;
  return mask;
}
