import { z } from 'zod';
import { count, id, moment, path, share, warning } from '../contract/schemas.ts';
import { analysisParameters } from './analysis.ts';
import { analysisBasis } from './analysis-result.ts';
import { presetNames } from './presets.ts';

/** State of a project as the page sees it; the folder on disk is project.json, runs/, evaluations/ and analyses/. */

export const datasetRole = z.enum(['spatial', 'reference']);
export type DatasetRole = z.infer<typeof datasetRole>;

/** Which data are meant: a file or a vendor's folder, and what in it. */
export const datasetChoice = z.strictObject({
  path,
  /** Matrix inside the file, such as `raw/X` or `layers/counts`; the reader's default when left out. */
  matrix: z.string().exactOptional(),
  /** Spatial: a table of cell positions beside the counts. */
  coordinates: path.exactOptional(),
  /** Spatial: column of the cells that names their tissue section. */
  section: z.string().exactOptional(),
  /** Reference: cell types as FILE, FILE:COLUMN or a column's name. */
  labels: z.string().exactOptional(),
});
export type DatasetChoice = z.infer<typeof datasetChoice>;

export const inputFile = z.strictObject({ path: z.string(), bytes: count, sha256: z.string() });

export const valueKind = z.enum(['counts', 'non-negative', 'real']);
export const lengthUnit = z.enum(['micrometre', 'pixel', 'unknown']);
export type LengthUnit = z.infer<typeof lengthUnit>;

export const datasetRecord = z.strictObject({
  role: datasetRole,
  name: z.string(),
  format: z.string(),
  choice: datasetChoice,
  storage: z.enum(['linked', 'copied']),
  files: z.array(inputFile),
  cells: count,
  genes: count,
  /** Share of zero entries. */
  sparsity: share,
  values: valueKind,
  /** Unit of the positions; null where there are none. */
  unit: lengthUnit.nullable(),
  /** Preset of the published pair that these data were recognised as. */
  preset: z.enum(presetNames).nullable(),
  warnings: z.array(warning),
  imported: moment,
});
export type DatasetRecord = z.infer<typeof datasetRecord>;

/** `paused` by the user, by quitting or by a crash: `reason` says which, and the job can go on. */
export const jobState = z.enum(['queued', 'running', 'paused', 'finished', 'failed']);
export type JobState = z.infer<typeof jobState>;

const job = {
  id,
  name: z.string().max(200),
  notes: z.string().max(20_000),
  created: moment,
  state: jobState,
  /** One sentence: why it failed or is paused, and what to do. */
  reason: z.string().nullable(),
  finished: moment.nullable(),
  /** Seconds of work, pauses left out. */
  seconds: z.number().nonnegative(),
  backend: z.string().nullable(),
  warnings: z.array(warning),
  /** The data have been changed or replaced since. */
  stale: z.boolean(),
};

export const parameters = z.record(z.string(), z.union([z.number(), z.string(), z.array(z.number())]));

export const runRecord = z.strictObject({
  ...job,
  kind: z.literal('run'),
  preset: z.enum(presetNames),
  seed: count,
  parameters,
  /** Training was ended early by the user; the result is of what was trained. */
  early: z.boolean(),
  /** Cells and genes of the result; null before it is there. */
  result: z.strictObject({ cells: count, genes: count }).nullable(),
  /** Which genes can be trusted, in one sentence. */
  trust: z.string().nullable(),
  /** Best mean correlation of genes set aside within the training. */
  score: z.number().nullable(),
});
export type RunRecord = z.infer<typeof runRecord>;

export const evaluationRecord = z.strictObject({
  ...job,
  kind: z.literal('evaluation'),
  preset: z.enum(presetNames),
  methods: z.array(z.string()),
  folds: count,
  seeds: z.array(count),
  verdict: z.array(z.string()),
});
export type EvaluationRecord = z.infer<typeof evaluationRecord>;

export const analysisRecord = z.strictObject({
  ...job,
  kind: z.literal('analysis'),
  /** The run whose result it is of. */
  run: id,
  parameters: analysisParameters,
  /** What its numbers rest on, and its finding in one sentence; null before it is finished. */
  basis: analysisBasis.nullable(),
  summary: z.string().nullable(),
});
export type AnalysisRecord = z.infer<typeof analysisRecord>;

export type JobRecord = RunRecord | EvaluationRecord | AnalysisRecord;

/** A named selection of spatial cells. */
export const groupRecord = z.strictObject({ id, name: z.string().max(200), cells: count, created: moment });

export const projectState = z.strictObject({
  folder: path,
  name: z.string().max(200),
  created: moment,
  notes: z.string().max(20_000),
  /** Why the project can only be looked at, such as another window holding it; null when it can be changed. */
  readOnly: z.string().nullable(),
  spatial: datasetRecord.nullable(),
  reference: datasetRecord.nullable(),
  /** Shared genes of the two datasets; null until both are there. */
  sharedGenes: count.nullable(),
  runs: z.array(runRecord),
  evaluations: z.array(evaluationRecord),
  analyses: z.array(analysisRecord),
  groups: z.array(groupRecord),
  /** Ids of waiting jobs in the order in which they will run. */
  queue: z.array(id),
  /** State of the page's views, kept so that a project opens as it was left. */
  view: z.record(z.string(), z.unknown()),
});
export type ProjectState = z.infer<typeof projectState>;

/** How a running job is doing; sent about ten times a second. */
export const jobProgress = z.strictObject({
  id,
  /** Such as "Training network 2 of 5 · translation". */
  stage: z.string(),
  /** Share of the whole job. */
  share,
  secondsLeft: z.number().nonnegative().nullable(),
  stepsPerSecond: z.number().nonnegative().nullable(),
  memoryBytes: count.nullable(),
  /** Whether `job:finish-early` would leave a result. */
  canFinishEarly: z.boolean(),
});
export type JobProgress = z.infer<typeof jobProgress>;
