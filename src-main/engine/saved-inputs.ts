import { z } from 'zod';

/** Which data a run or an evaluation reads, as its folder keeps it (absolute paths). */
export const savedInputs = z.object({
  spatial: z.string(),
  reference: z.string(),
  coordinates: z.string().optional(),
  spatialMatrix: z.string().optional(),
  referenceMatrix: z.string().optional(),
  referenceLabels: z.string().optional(),
  section: z.string().optional(),
});
