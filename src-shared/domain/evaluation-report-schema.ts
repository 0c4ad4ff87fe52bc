import { z } from 'zod';
import { GENE_METRICS, type EvaluationReport } from './evaluation.ts';

/** JSON has null where a number was none. */
const number = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);
const metric = z.enum(GENE_METRICS);
const text = z.string();
const numbers = z.array(z.number());

/** report.json of an evaluation, as {@link EvaluationReport} has it; keys that a later version adds are left out. */
export const evaluationReport = z.object({
  format: z.literal('spagene-evaluation'),
  formatVersion: z.literal(1),
  versions: z.record(text, text),
  dataset: text,
  backend: text,
  files: z.array(z.object({ role: text, path: text, sha256: text })),
  cells: z.object({ spatial: z.number(), reference: z.number() }),
  folds: z.number(),
  foldsRun: numbers,
  foldRule: z.enum(['name', 'random']),
  seeds: numbers,
  genes: z.array(
    z.object({
      gene: text,
      fold: z.number(),
      meanSpatial: number,
      sparsitySpatial: number,
      meanReference: number,
      sparsityReference: number,
    }),
  ),
  methods: z.array(
    z.object({
      name: text,
      title: text,
      kind: z.enum(['spagene', 'peer', 'floor']),
      source: text,
      departures: z.array(text),
      secondsPerFold: number,
    }),
  ),
  summary: z.array(
    z.object({
      method: text,
      metric,
      genes: z.number(),
      mean: number,
      median: number,
      low: number,
      high: number,
    }),
  ),
  comparisons: z.array(
    z.object({
      metric,
      a: text,
      b: text,
      genes: z.number(),
      wins: z.number(),
      meanDifference: number,
      p: number,
      pHolm: number,
    }),
  ),
  expected: z
    .object({ method: text, genes: z.number(), spearman: number, meanAbsoluteError: number })
    .nullable(),
  verdict: z.array(text),
  warnings: z.array(text),
}) satisfies z.ZodType<EvaluationReport>;
