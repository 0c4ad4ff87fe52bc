import { z } from 'zod';
import { float32, uint16 } from '../contract/schemas.ts';
import { analysisParameters } from './analysis.ts';
import { BASES } from './value-basis.ts';

const name = z.string().min(1).max(256);

/** Code of a cell without a category, in every vector of categories. */
export const NO_CATEGORY = 65_535;

/** What the numbers rest on: values, or places and labels alone. */
export const analysisBasis = z.enum([...BASES, 'positions']);
export type AnalysisBasis = z.infer<typeof analysisBasis>;

const titled = { name, title: z.string() };

/** One entry a cell. */
export const analysisVector = z.discriminatedUnion('kind', [
  z.strictObject({ ...titled, kind: z.literal('category'), names: z.array(z.string()), codes: uint16 }),
  /** NaN where there is no value. */
  z.strictObject({ ...titled, kind: z.literal('number'), values: float32 }),
]);
export type AnalysisVector = z.infer<typeof analysisVector>;

/** Several numbers a cell, row-major: an embedding, the composition of the surroundings. */
export const analysisEmbedding = z.strictObject({
  ...titled,
  columns: z.array(z.string()),
  values: float32,
});
export type AnalysisEmbedding = z.infer<typeof analysisEmbedding>;

/** Null stands for a number that does not exist. */
export const tableColumn = z.discriminatedUnion('kind', [
  z.strictObject({ name, kind: z.literal('text'), values: z.array(z.string()) }),
  z.strictObject({ name, kind: z.literal('number'), values: z.array(z.number().nullable()) }),
]);
export const analysisTable = z.strictObject({ ...titled, columns: z.array(tableColumn) });
export type AnalysisTable = z.infer<typeof analysisTable>;
export type TableColumn = z.infer<typeof tableColumn>;

/** rows × columns, row-major. */
export const analysisMatrix = z.strictObject({
  ...titled,
  rows: z.array(z.string()),
  columns: z.array(z.string()),
  values: float32,
});
export type AnalysisMatrix = z.infer<typeof analysisMatrix>;

/**
 * A finished analysis. By kind it holds, besides what is optional:
 *
 * - cell-types: vectors cell_type, cell_type_confidence (transfer only); table types (type, cells, share)
 * - neighbours: embedding neighbour_composition; matrices enrichment_z, enrichment_count, composition (type × type);
 *   where types were chosen: vectors neighbour_proportion, neighbour_group; tables groups (group, cells, share) and
 *   fields (field: `most 1` …, `least 1` …; section; x, y of the corner of smallest coordinates, in the unit of the
 *   positions; side; cells; value: mean share)
 * - niches: vector niche; matrices niche_composition, niche_scaled (niche × type); tables silhouette (niches,
 *   silhouette, inertia), niches (niche, suggested, cells, share)
 * - pseudotime: vectors pseudotime, start; embedding umap (where asked for); tables ridges (group, pseudotime,
 *   density), groups (group, cells, median)
 * - genes: vector neighbour_proportion; tables raw, imputed_measured, imputed_all (gene, r, p, q, exceeding)
 * - pathways: tables raw, imputed_measured, imputed_all (term, size, hits, expected, fold, p, q, genes), ranked_… of
 *   the same (term, size, es, nes, p, q, leading), figure (panel, term, category, raw, imputed)
 * - moran: table moran (gene, measured_i, measured_q, imputed_i, imputed_q, panel)
 */
export const analysisResult = z.strictObject({
  format: z.literal('spagene-analysis'),
  formatVersion: z.literal(1),
  parameters: analysisParameters,
  basis: analysisBasis,
  /** The finding in one sentence. */
  summary: z.string(),
  /** What must be known to read it rightly, a sentence each. */
  notes: z.array(z.string()),
  vectors: z.array(analysisVector),
  embeddings: z.array(analysisEmbedding),
  tables: z.array(analysisTable),
  matrices: z.array(analysisMatrix),
});
export type AnalysisResult = z.infer<typeof analysisResult>;
