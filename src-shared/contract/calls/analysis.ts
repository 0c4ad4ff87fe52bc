import { z } from 'zod';
import { analysisRequest, labelSource } from '../../domain/analysis.ts';
import { analysisResult } from '../../domain/analysis-result.ts';
import { call } from '../call.ts';
import { count, done, geneName, id, path } from '../schemas.ts';

/** A gene set as a .gmt file has it. */
export const geneSet = z.strictObject({
  name: z.string().min(1).max(256),
  description: z.string().max(2000),
  genes: z.array(geneName).max(100_000),
});
export type GeneSet = z.infer<typeof geneSet>;

export const analysisCalls = {
  /** Checks what is asked for as far as the files need not be read, and puts it in the queue. */
  'analysis:start': call(analysisRequest, z.strictObject({ id })),
  /** Vectors and embeddings have one entry a cell of the spatial dataset, in its order. */
  'analysis:result': call(z.strictObject({ id }), z.strictObject({ result: analysisResult })),
  /** Labels that analyses of this run can use: columns about its cells, and what earlier analyses found. */
  'analysis:labels': call(
    z.strictObject({ run: id }),
    z.array(
      z.strictObject({
        source: labelSource,
        title: z.string(),
        types: z.array(z.strictObject({ name: z.string(), cells: count })),
      }),
    ),
  ),
  /** Gives the categories of a finished analysis other names; everything written of it follows. */
  'analysis:rename': call(
    z.strictObject({
      id,
      vector: z.string().max(256),
      names: z.array(z.string().min(1).max(200)).max(1000),
    }),
    done,
  ),
  /** Sets of a .gmt file that the user picked, or of a collection that comes with SpaGene (null). */
  'gene-sets:read': call(
    z.strictObject({ path: path.nullable() }),
    z.strictObject({ name: z.string(), sets: z.array(geneSet), notes: z.array(z.string()) }),
  ),
  /** Collections of the project (gene-sets/*.gmt), as edited here. */
  'gene-sets:list': call(
    z.strictObject({}),
    z.array(z.strictObject({ name: z.string(), path, sets: count })),
  ),
  'gene-sets:save': call(
    z.strictObject({ name: z.string().min(1).max(100), sets: z.array(geneSet).max(50_000) }),
    z.strictObject({ path }),
  ),
} as const;
