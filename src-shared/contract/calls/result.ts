import { z } from 'zod';
import { call } from '../call.ts';
import { count, geneName, id, path } from '../schemas.ts';

/** What a project's results can be handed on as. */
export const exportFormat = z.enum(['h5ad', 'csv', 'report', 'config', 'analysis', 'project']);

const metric = z.number().nullable();

/** One held-out gene by one method, seeds averaged. */
export const geneScore = z.strictObject({
  gene: z.string(),
  method: z.string(),
  fold: count,
  pcc: metric,
  spearman: metric,
  ssim: metric,
  rmse: metric,
  moranMeasured: metric,
  moranImputed: metric,
});
export type GeneScore = z.infer<typeof geneScore>;

export const resultCalls = {
  /** report.json of an evaluation (see EvaluationReport) and its scores gene by gene. */
  'evaluation:report': call(
    z.strictObject({ id }),
    z.strictObject({ report: z.record(z.string(), z.unknown()), scores: z.array(geneScore) }),
  ),
  /** report.json of a run. */
  'run:report': call(z.strictObject({ id }), z.strictObject({ report: z.record(z.string(), z.unknown()) })),
  /**
   * Writes a result into the project's exports/ folder, or into `folder`; never over a file that is there.
   * `genes` limits a csv. `report` is of an evaluation, `analysis` (a folder: h5ad, tables) of
   * an analysis, everything else of a run.
   */
  'export:write': call(
    z.strictObject({
      format: exportFormat,
      id: id.nullable(),
      genes: z.array(geneName).max(100_000).exactOptional(),
      folder: path.exactOptional(),
      ticket: z.string().max(40),
    }),
    z.strictObject({ path, bytes: count, command: z.string().nullable() }),
  ),
} as const;
