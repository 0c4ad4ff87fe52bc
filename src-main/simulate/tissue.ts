import { Random } from '../../src-shared/maths/random.ts';
import type { Csr } from '../matrix/csr.ts';
import type { Anatomy } from './anatomy.ts';
import type { Cells } from './cells.ts';
import { countBlock, drawCount, dropout, meansOf, ranges, spatialSizeFactor, type Draw } from './counts.ts';
import { drawGenes, type Genes } from './genes.ts';
import { checkOptions, type ResolvedOptions, type SimulationOptions } from './options.ts';
import { scenarios } from './scenarios.ts';

/** Counts of the spatial cells over all genes, as drawn and as expected. */
export interface TruthBlock {
  readonly drawn: Csr;
  /** rows × genes, row-major: mean count at this cell's library size, capture efficiency and dropout. */
  readonly expected: Float32Array;
}

/** A simulated tissue. Counts are drawn in order, a block of cells at a time, always the same for a seed. */
export interface Tissue {
  readonly options: ResolvedOptions;
  readonly anatomy: Anatomy;
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
 * Simulates a tissue of the scenario asked for and a single-cell reference of it. The mean count of gene g in cell c is
 * library_c · efficiency_g · exp(type + course + states); counts are negative binomial, with extra dropout.
 * Throws a UserError (usage) when an option is out of range or does not go with the scenario.
 */
export function simulateTissue(given: SimulationOptions): Tissue {
  const options = checkOptions(given);
  const { seed } = options;
  const anatomy = scenarios[options.scenario];
  const genes = drawGenes(anatomy, options);
  const { spatial, reference } = anatomy.drawCells(options);
  const all = Int32Array.from({ length: genes.count }, (_, g) => g);
  const spatialDraw = (stream: string): Draw => {
    const random = new Random(seed, stream);
    return (mean, g) => drawCount(random, mean, genes.size[g]! * spatialSizeFactor, dropout.spatial);
  };
  return {
    options,
    anatomy,
    genes,
    spatial,
    reference,
    *referenceBlocks(rows) {
      const random = new Random(seed, 'reference-counts');
      const one: Draw = (mean, g) => drawCount(random, mean, genes.size[g]!, dropout.reference);
      const means = meansOf(anatomy, genes, reference, genes.referenceEfficiency);
      for (const [start, end] of ranges(reference.count, rows)) yield countBlock(start, end, all, means, one);
    },
    *spatialBlocks(rows) {
      const one = spatialDraw('panel-counts');
      const means = meansOf(anatomy, genes, spatial, genes.spatialEfficiency);
      for (const [start, end] of ranges(spatial.count, rows))
        yield countBlock(start, end, genes.panel, means, one);
    },
    *truthBlocks(rows) {
      const measured = panelMask(genes);
      // Two streams, so that the panel's counts do not depend on whether the hidden genes are drawn.
      const [panel, hidden] = [spatialDraw('panel-counts'), spatialDraw('hidden-counts')];
      const one: Draw = (mean, g) => (measured[g] === 1 ? panel(mean, g) : hidden(mean, g));
      const means = meansOf(anatomy, genes, spatial, genes.spatialEfficiency);
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
