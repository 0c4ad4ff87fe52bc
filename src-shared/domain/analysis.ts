import { z } from 'zod';
import { float32, id, uint16 } from '../contract/schemas.ts';
import { BASES } from './value-basis.ts';

/** What can be asked of a run's result beyond the imputed genes themselves. */
export const analysisKinds = [
  'cell-types',
  'neighbours',
  'niches',
  'pseudotime',
  'genes',
  'pathways',
  'moran',
] as const;
export const analysisKind = z.enum(analysisKinds);
export type AnalysisKind = z.infer<typeof analysisKind>;

/** Code of a cell without a category, in every vector of categories. */
export const NO_CATEGORY = 65_535;

const name = z.string().min(1).max(256);
const whole = (least: number, most: number) => z.number().int().min(least).max(most);
const seed = whole(0, 2 ** 31 - 1);

/** Labels of cells: a column about them, or an earlier analysis (its id; on the command line its folder). */
export const labelSource = z.union([
  z.strictObject({ column: name }),
  z.strictObject({ analysis: z.string().min(1).max(4096) }),
]);
export type LabelSource = z.infer<typeof labelSource>;

/** Who is whose neighbour: the k nearest, or all within a distance in the unit of the positions. */
export const graphChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('nearest'), k: whole(1, 200) }),
  z.strictObject({ kind: z.literal('radius'), radius: z.number().positive() }),
]);
export type GraphChoice = z.infer<typeof graphChoice>;

/** Only cells with one of these labels, such as of a niche or a cell type; null means all cells. */
export const within = z.strictObject({ labels: labelSource, names: z.array(name).min(1) }).nullable();

/** Share of these types among a cell's neighbours, the cell itself left out. */
export const neighbourhood = z.strictObject({
  labels: labelSource,
  types: z.array(name).min(1),
  graph: graphChoice,
});
export type Neighbourhood = z.infer<typeof neighbourhood>;

/** Which values an analysis of expression rests on. */
export const expressionChoice = z.enum(['imputed', 'measured']);

export const analysisParameters = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('cell-types'),
    /** `transfer`: from the reference's labels, by neighbours in its latent space. `leiden`: clusters. */
    method: z.enum(['transfer', 'leiden']),
    neighbours: whole(1, 200),
    components: whole(2, 200),
    resolution: z.number().positive().max(20),
    seed,
  }),
  z.strictObject({
    kind: z.literal('neighbours'),
    ...neighbourhood.omit({ types: true }).shape,
    /** Types whose share among the neighbours is mapped; none may be chosen. */
    types: z.array(name),
    permutations: whole(10, 100_000),
    /** Representative fields: this many with the highest and with the lowest share, of this side. */
    fields: z.strictObject({ count: whole(0, 12), side: z.number().positive().nullable() }),
    seed,
  }),
  z.strictObject({
    kind: z.literal('niches'),
    labels: labelSource,
    neighbours: whole(2, 500),
    /** Number of niches; null takes the one with the best silhouette of the range. */
    niches: whole(2, 50).nullable(),
    range: z.strictObject({ from: whole(2, 50), to: whole(2, 50) }),
    starts: whole(1, 200),
    seed,
  }),
  z.strictObject({
    kind: z.literal('pseudotime'),
    within,
    /** Of those, only cells with one of these labels too. */
    among: within,
    /** Cells at which the trajectory begins, by name, or all with a label. */
    start: z.union([
      z.strictObject({ cells: z.array(z.string()).min(1).max(100_000) }),
      z.strictObject({ labels: labelSource, names: z.array(name).min(1) }),
    ]),
    expression: expressionChoice,
    components: whole(2, 200),
    /** Share of the expression in the cost; the rest is space. */
    expressionWeight: z.number().min(0).max(1),
    regularisation: z.number().positive().max(10),
    landmarks: whole(50, 20_000),
    embed: z.boolean(),
    /** Groups of the ridge plot; null draws one ridge of all cells. */
    neighbourhood: neighbourhood.nullable(),
    seed,
  }),
  z.strictObject({
    kind: z.literal('genes'),
    within,
    /** Of those, only cells with one of these labels too: one type, so that no mixture of types is correlated. */
    among: within,
    neighbourhood,
    permutations: whole(99, 100_000),
    seed,
  }),
  z.strictObject({
    kind: z.literal('pathways'),
    /** An earlier analysis of kind `genes`. */
    genes: z.string().min(1).max(4096),
    /** Files of gene sets (.gmt). */
    files: z.array(z.string().min(1).max(4096)),
    /** Whether the sets that come with SpaGene are used too. */
    starter: z.boolean(),
    minimumCorrelation: z.number().min(0).max(1),
    maximumQ: z.number().min(0).max(1),
    direction: z.enum(['both', 'positive', 'negative']),
    smallest: whole(1, 10_000),
    largest: whole(1, 100_000),
    top: whole(1, 200),
    /** Permutations of the ranked enrichment; 0 leaves it out. */
    permutations: whole(0, 100_000),
    seed,
  }),
  z.strictObject({
    kind: z.literal('moran'),
    graph: graphChoice,
  }),
]);
export type AnalysisParameters = z.infer<typeof analysisParameters>;
export type ParametersOf<K extends AnalysisKind> = Extract<AnalysisParameters, { kind: K }>;

const nearest = (k: number): GraphChoice => ({ kind: 'nearest', k });

/** What each analysis begins with; what must be chosen is left out. */
export const analysisDefaults = {
  'cell-types': { method: 'leiden', neighbours: 15, components: 50, resolution: 1, seed: 1 },
  neighbours: {
    graph: nearest(20),
    types: [],
    permutations: 1000,
    fields: { count: 3, side: null },
    seed: 1,
  },
  niches: { neighbours: 20, niches: null, range: { from: 2, to: 12 }, starts: 30, seed: 1 },
  pseudotime: {
    within: null,
    among: null,
    expression: 'imputed',
    components: 50,
    expressionWeight: 0.5,
    regularisation: 0.1,
    landmarks: 5000,
    embed: true,
    neighbourhood: null,
    seed: 1,
  },
  genes: { within: null, among: null, permutations: 999, seed: 1 },
  pathways: {
    files: [],
    starter: true,
    minimumCorrelation: 0.1,
    maximumQ: 0.05,
    direction: 'both',
    smallest: 5,
    largest: 500,
    top: 20,
    permutations: 1000,
    seed: 1,
  },
  moran: { graph: nearest(6) },
} as const satisfies { readonly [K in AnalysisKind]: Partial<Omit<ParametersOf<K>, 'kind'>> };

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

/** What the app is asked for. */
export const analysisRequest = z.strictObject({
  name: z.string().max(200).exactOptional(),
  /** The run whose result is analysed. */
  run: id,
  parameters: analysisParameters,
});
export type AnalysisRequest = z.infer<typeof analysisRequest>;
