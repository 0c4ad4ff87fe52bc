import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { count } from '../../../src-shared/contract/schemas.ts';
import type { AnalysisVector } from '../../../src-shared/domain/analysis-result.ts';
import { readAnalysis, wholeAnalysis } from '../../engine/analyse/analysis-files.ts';
import { writeFileAtomically } from '../../io/atomic-write.ts';

const titled = { name: z.string(), title: z.string() };

/** A vector of an analysis without its values. */
const description = z.discriminatedUnion('kind', [
  z.strictObject({
    ...titled,
    kind: z.literal('category'),
    types: z.array(z.strictObject({ name: z.string(), cells: count })),
  }),
  z.strictObject({ ...titled, kind: z.literal('number'), distinct: count }),
]);
export type VectorDescription = z.infer<typeof description>;

/** What vectors.json keeps, so that lists of what can be shown cost no reading of all that was found. */
const file = z.strictObject({
  format: z.literal('spagene-analysis-vectors'),
  formatVersion: z.literal(1),
  /** The analysis.bin that was described. */
  of: z.strictObject({ bytes: z.number(), modified: z.number() }),
  vectors: z.array(description),
});

const NAME = 'vectors.json';

/**
 * The vectors of a finished analysis, with how many cells each category has or how many different numbers there are.
 * Throws a UserError when the analysis is gone or damaged.
 */
export async function describedVectors(folder: string, mayWrite: boolean): Promise<VectorDescription[]> {
  const path = join(folder, NAME);
  const whole = await stat(wholeAnalysis(folder)).catch(() => undefined);
  const of = { bytes: whole?.size ?? 0, modified: whole?.mtimeMs ?? 0 };
  const kept = file.safeParse(await json(path)).data;
  if (kept?.of.bytes === of.bytes && kept.of.modified === of.modified) return kept.vectors;
  const { result } = await readAnalysis(folder);
  const vectors = result.vectors.map(describe);
  const text = JSON.stringify({ format: 'spagene-analysis-vectors', formatVersion: 1, of, vectors });
  // What cannot be kept is looked at again the next time.
  if (mayWrite) await writeFileAtomically(path, `${text}\n`).catch(() => undefined);
  return vectors;
}

async function json(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function describe(vector: AnalysisVector): VectorDescription {
  const { name, title } = vector;
  if (vector.kind === 'number') return { name, title, kind: 'number', distinct: new Set(vector.values).size };
  const cells = new Uint32Array(vector.names.length);
  for (const code of vector.codes) if (code < cells.length) cells[code]!++;
  const types = vector.names.map((type, code) => ({ name: type, cells: cells[code]! }));
  return { name, title, kind: 'category', types };
}
