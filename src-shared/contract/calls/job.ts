import { z } from 'zod';
import { lossTerms } from '../../domain/loss-point.ts';
import { presetNames } from '../../domain/presets.ts';
import { parameters } from '../../domain/project.ts';
import { call } from '../call.ts';
import { count, done, geneName, id, moment } from '../schemas.ts';

export const backend = z.enum(['auto', 'gpu', 'webgpu', 'native', 'wasm', 'cpu']);

/** The same as LossPoint of src-shared/domain. */
export const lossPoint = z.strictObject({
  member: count,
  stage: z.enum(['autoencoder-sc', 'autoencoder-st', 'translation']),
  epoch: count,
  step: count,
  steps: count,
  terms: z.partialRecord(z.enum(lossTerms), z.number()),
  score: z.number().exactOptional(),
  bestStep: count.exactOptional(),
});

/** What a run is asked to do; `parameters` are the ones that differ from the preset. */
export const runRequest = z.strictObject({
  name: z.string().max(200).exactOptional(),
  preset: z.enum(presetNames),
  parameters,
  seed: count.max(2 ** 31 - 1),
  /** Genes in addition to the highly variable and shared ones. */
  genes: z.union([z.literal('all'), z.array(geneName).max(100_000)]),
  counts: z.boolean(),
  backend,
});
export type RunRequest = z.infer<typeof runRequest>;

export const evaluationRequest = z.strictObject({
  name: z.string().max(200).exactOptional(),
  preset: z.enum(presetNames),
  parameters,
  methods: z.array(z.string().max(60)).min(1).max(40),
  folds: count.min(2).max(50),
  seeds: z
    .array(count.max(2 ** 31 - 1))
    .min(1)
    .max(20),
  backend,
});
export type EvaluationRequest = z.infer<typeof evaluationRequest>;

export const estimate = z.strictObject({
  seconds: z.number().nonnegative(),
  memoryBytes: count,
  /** Steps that are trained, all networks and stages together. */
  steps: count,
  /** One sentence: what the numbers rest on. */
  basis: z.string(),
  /** Such as memory that will not be enough. */
  warnings: z.array(z.string()),
});
export type Estimate = z.infer<typeof estimate>;

export const logLine = z.strictObject({
  time: moment,
  level: z.enum(['info', 'warning', 'error']),
  message: z.string(),
});
export type LogLine = z.infer<typeof logLine>;

export const evaluationCell = z.strictObject({
  method: z.string(),
  seed: count,
  fold: count,
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  share: z.number().min(0).max(1).nullable(),
  pcc: z.number().nullable(),
  seconds: z.number().nullable(),
  message: z.string().nullable(),
});
export type EvaluationCell = z.infer<typeof evaluationCell>;

const job = z.strictObject({ id });

export const jobCalls = {
  'run:estimate': call(runRequest, estimate),
  'run:start': call(runRequest, job),
  /** All loss points of a run so far, in order. */
  'run:losses': call(job, z.strictObject({ points: z.array(lossPoint) })),
  'evaluation:methods': call(
    z.strictObject({}),
    z.array(
      z.strictObject({
        name: z.string(),
        title: z.string(),
        kind: z.enum(['spagene', 'peer', 'floor']),
        source: z.string(),
        usual: z.boolean(),
      }),
    ),
  ),
  'evaluation:start': call(evaluationRequest, job),
  'evaluation:cells': call(job, z.strictObject({ cells: z.array(evaluationCell) })),
  /** Checkpoint and stop; `job:resume` goes on from there with the same values. */
  'job:pause': call(job, done),
  'job:resume': call(job, done),
  /** Ends the training now and imputes with what was trained. */
  'job:finish-early': call(job, done),
  /** Stops a job for good and takes it away; can be brought back with the trash name. */
  'job:cancel': call(job, z.strictObject({ trash: z.string() })),
  /** Moves a waiting job before another, or to the end. */
  'job:move': call(z.strictObject({ id, before: id.nullable() }), done),
  'job:change': call(
    z.strictObject({
      id,
      name: z.string().min(1).max(200).exactOptional(),
      notes: z.string().max(20_000).exactOptional(),
    }),
    done,
  ),
  'job:log': call(job, z.strictObject({ lines: z.array(logLine) })),
} as const;
