import { z } from 'zod';
import { count, float32, path, share, warning } from '../contract/schemas.ts';
import { datasetRole, lengthUnit, valueKind } from './project.ts';
import { presetNames } from './presets.ts';

/** What the import view shows of a dataset before it is taken in. */

/** Bars between `edges[i]` and `edges[i + 1]`. */
export const histogram = z.strictObject({ edges: z.array(z.number()), counts: z.array(count) });
export type Histogram = z.infer<typeof histogram>;

export const previewMatrix = z.strictObject({
  name: z.string(),
  cells: count,
  genes: count,
  values: valueKind,
});

export const previewColumn = z.strictObject({
  name: z.string(),
  kind: z.enum(['category', 'number', 'text']),
  distinct: count,
  /** A few values, as text. */
  examples: z.array(z.string()),
});

/** A published pair of datasets, with the place where its authors offer it. */
export const knownData = z.strictObject({
  preset: z.enum(presetNames),
  title: z.string(),
  role: datasetRole,
});

export const datasetPreview = z.strictObject({
  path,
  format: z.string(),
  name: z.string(),
  /** The vendor's or file's matrices; the first is the one that is shown. */
  matrices: z.array(previewMatrix),
  /** Name of the matrix that the numbers below are of. */
  matrix: z.string(),
  cells: count,
  genes: count,
  sparsity: share,
  values: valueKind,
  medianCounts: z.number(),
  medianGenes: z.number(),
  geneExamples: z.array(z.string()),
  columns: z.array(previewColumn),
  /** Positions of at most 20,000 cells, interleaved x y; null where there are none. */
  positions: z.strictObject({ unit: lengthUnit, source: z.string(), xy: float32 }).nullable(),
  /** Tables beside the file that may hold the positions or the cell types. */
  tables: z.array(path),
  images: z.array(z.strictObject({ name: z.string(), path })),
  countsPerCell: histogram,
  genesPerCell: histogram,
  /** Share of the cells in which a gene is seen. */
  detectionPerGene: histogram,
  known: knownData.nullable(),
  warnings: z.array(warning),
});
export type DatasetPreview = z.infer<typeof datasetPreview>;

export const geneOverlap = z.strictObject({
  /** Name in the spatial data and in the reference; they differ in spelling at most. */
  shared: z.array(z.tuple([z.string(), z.string()])),
  onlySpatial: z.array(z.string()),
  referenceGenes: count,
  warnings: z.array(warning),
  /** One sentence when there are too few shared genes to train. */
  problem: z.string().nullable(),
});
export type GeneOverlap = z.infer<typeof geneOverlap>;
