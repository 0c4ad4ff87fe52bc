import { z } from 'zod';
import { id } from '../contract/schemas.ts';

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

/** What the app is asked for. */
export const analysisRequest = z.strictObject({
  name: z.string().max(200).exactOptional(),
  /** The run whose result is analysed. */
  run: id,
  parameters: analysisParameters,
});
export type AnalysisRequest = z.infer<typeof analysisRequest>;
