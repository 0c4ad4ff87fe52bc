import { z } from 'zod';
import { datasetPreview, geneOverlap } from '../../domain/preview.ts';
import { datasetChoice, datasetRecord, datasetRole } from '../../domain/project.ts';
import { call } from '../call.ts';
import { done } from '../schemas.ts';

/** Chosen by the page, so that it can match `work:progress` and stop the work. */
export const ticket = z.string().regex(/^[a-z0-9-]{1,40}$/u);

export const datasetCalls = {
  'dataset:preview': call(
    z.strictObject({ role: datasetRole, choice: datasetChoice, ticket }),
    datasetPreview,
  ),
  /** How the genes of two datasets match; either may be already in the project (null) or only chosen. */
  'dataset:overlap': call(
    z.strictObject({ spatial: datasetChoice.nullable(), reference: datasetChoice.nullable(), ticket }),
    geneOverlap,
  ),
  'dataset:import': call(
    z.strictObject({
      role: datasetRole,
      choice: datasetChoice,
      storage: z.enum(['linked', 'copied']),
      name: z.string().min(1).max(200).exactOptional(),
      ticket,
    }),
    // `replaced`: what project:restore takes to bring back the dataset that had this role before.
    datasetRecord.extend({ replaced: z.string().exactOptional() }),
  ),
  /** Says where a linked dataset that was moved is now; refused when its contents differ. */
  'dataset:relink': call(z.strictObject({ role: datasetRole, choice: datasetChoice, ticket }), datasetRecord),
  /** Stops the preview, overlap or import with this ticket. */
  'work:cancel': call(z.strictObject({ ticket }), done),
} as const;
