import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { Method } from '../methods/method.ts';
import { writeFileAtomically } from '../io/atomic-write.ts';
import { makeFolder } from '../io/make-folder.ts';
import { readTensors, writeTensors, type StoredTensor, type TensorFile } from '../io/safetensors.ts';
import { spreadRows } from '../matrix/affine-view.ts';
import type { Fold } from './fold.ts';
import type { LaidOut } from './neighbourhood.ts';
import type { Imputation } from './run-method.ts';
import type { ScoredGene } from './score.ts';

const scoredGene = z.strictObject({
  method: z.string(),
  seed: z.number(),
  fold: z.number(),
  gene: z.string(),
  pcc: z.number(),
  spearman: z.number(),
  ssim: z.number(),
  ssim_li2022: z.number(),
  rmse: z.number(),
  mae: z.number(),
  moran_measured: z.number().nullable(),
  moran_imputed: z.number().nullable(),
});

const evaluatedGene = z.strictObject({
  gene: z.string(),
  fold: z.number(),
  meanSpatial: z.number(),
  sparsitySpatial: z.number(),
  meanReference: z.number(),
  sparsityReference: z.number(),
});

/** A finished job on disk: one method on one fold with one seed. */
const jobRecord = z.strictObject({
  format: z.literal('spagene-evaluation-job'),
  formatVersion: z.literal(1),
  method: z.string(),
  title: z.string(),
  kind: z.enum(['spagene', 'peer', 'floor']),
  source: z.string(),
  seed: z.number(),
  fold: z.number(),
  cells: z.number(),
  seconds: z.number(),
  departures: z.array(z.string()),
  /** What was suspicious about the data. */
  warnings: z.array(z.string()),
  genes: z.array(evaluatedGene),
  scores: z.array(scoredGene),
  expected: z.array(z.number()).nullable(),
});

export type JobRecord = z.infer<typeof jobRecord>;

/** Cells whose values are kept for maps; all when there are fewer. */
const DRAWN_CELLS = 20_000;

/** Folder of all folds with one seed. */
export function seedFolder(root: string, seed: number): string {
  return join(root, 'jobs', `seed-${seed}`);
}

/** Folder of one fold with one seed. */
export function foldFolder(root: string, seed: number, fold: number): string {
  return join(seedFolder(root, seed), `fold-${fold}`);
}

function recordPath(root: string, seed: number, fold: number, method: string): string {
  return join(foldFolder(root, seed, fold), `${method}.json`);
}

/** Whether the record, the imputed values and the fold's measured ones are there. */
export function isFinished(root: string, seed: number, fold: number, method: string): boolean {
  const folder = foldFolder(root, seed, fold);
  return [`${method}.json`, `${method}.safetensors`, 'cells.safetensors'].every((name) =>
    existsSync(join(folder, name)),
  );
}

/** Measured values and positions of the drawn cells of a fold. */
export async function writeFold(
  root: string,
  fold: Fold,
  positions: LaidOut | undefined,
  unit: string,
): Promise<void> {
  const folder = foldFolder(root, fold.seed, fold.fold);
  await makeFolder(folder);
  const cells = spreadRows(fold.rows.length, DRAWN_CELLS);
  const tensors = new Map<string, StoredTensor>([
    ['measured', genesByCells(fold.truth, cells)],
    ['rows', { shape: [cells.length], data: cells.map((cell) => fold.fileRows[cell]!) }],
    ...(positions ? [['positions', drawnPositions(positions, cells)] as const] : []),
  ]);
  const genes = JSON.stringify(fold.genes.map(({ gene }) => gene));
  await writeTensors(join(folder, 'cells.safetensors'), tensors, { genes, unit });
}

function genesByCells(values: readonly Float64Array[], cells: Int32Array) {
  const data = new Float32Array(values.length * cells.length);
  for (const [g, profile] of values.entries()) {
    for (const [i, cell] of cells.entries()) data[g * cells.length + i] = profile[cell]!;
  }
  return { shape: [values.length, cells.length], data };
}

/** Relative to the first cell with a position, so that float32 is precise enough anywhere. */
function drawnPositions({ values, dimensions }: LaidOut, cells: Int32Array) {
  const origin = Array.from({ length: dimensions }, (_, d) => {
    for (let at = d; at < values.length; at += dimensions)
      if (Number.isFinite(values[at]!)) return values[at]!;
    return 0;
  });
  const data = new Float32Array(cells.length * 2);
  for (const [i, cell] of cells.entries()) {
    for (let d = 0; d < 2; d++) data[i * 2 + d] = values[cell * dimensions + d]! - origin[d]!;
  }
  return { shape: [cells.length, 2], data };
}

/** Writes a finished job; its record comes last, so that a job with a record is whole. */
export async function writeJob(
  root: string,
  fold: Fold,
  { name, title, kind, source }: Method,
  { imputed, seconds, departures, expected }: Imputation,
  scores: readonly ScoredGene[],
  warnings: readonly string[],
): Promise<void> {
  const folder = foldFolder(root, fold.seed, fold.fold);
  const cells = spreadRows(fold.rows.length, DRAWN_CELLS);
  await writeTensors(
    join(folder, `${name}.safetensors`),
    new Map([['imputed', genesByCells(imputed, cells)]]),
  );
  const record: JobRecord = {
    format: 'spagene-evaluation-job',
    formatVersion: 1,
    method: name,
    title,
    kind,
    source,
    seed: fold.seed,
    fold: fold.fold,
    cells: fold.rows.length,
    seconds,
    departures: [...departures],
    warnings: [...warnings],
    genes: [...fold.genes],
    scores: [...scores],
    expected: expected ? Array.from(expected) : null,
  };
  const path = recordPath(root, fold.seed, fold.fold, name);
  await writeFileAtomically(path, `${JSON.stringify(record)}\n`);
}

/** Every finished job of an evaluation's folder. Throws a UserError that names a damaged record. */
export async function readJobs(root: string): Promise<JobRecord[]> {
  const jobs = join(root, 'jobs');
  if (!existsSync(jobs)) return [];
  const entries = await readdir(jobs, { recursive: true });
  const paths = entries
    .filter((name) => /^seed-\d+[\\/]fold-\d+[\\/][^\\/]+\.json$/u.test(name))
    .map((name) => join(jobs, name));
  return Promise.all(paths.sort().map(readRecord));
}

async function readRecord(path: string): Promise<JobRecord> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch {
    content = undefined;
  }
  const parsed = jobRecord.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new UserError(
    `${path} is damaged; delete it and run the evaluation again with --resume, which repeats only that job.`,
    { file: path },
  );
}

/** Reads a tensor file of a job. Throws a UserError that says how to repair the evaluation. */
async function readOwn(path: string): Promise<TensorFile> {
  try {
    return await readTensors(path);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const message = `${error.message} Delete that file and run the evaluation again with --resume, which repeats only the jobs that lack it.`;
    throw new UserError(message, error.place, 'input', error);
  }
}

/** What is drawn of one fold: genes, measured values (genes × cells), rows of the spatial file, positions. */
export interface DrawnFold {
  readonly genes: readonly string[];
  readonly cells: number;
  readonly rows: Int32Array;
  readonly measured: Float32Array;
  readonly positions: Float32Array | undefined;
  readonly unit: 'micrometre' | 'pixel' | 'unknown';
}

export async function readFold(root: string, seed: number, fold: number): Promise<DrawnFold> {
  const { tensors, metadata } = await readOwn(join(foldFolder(root, seed, fold), 'cells.safetensors'));
  const unit = metadata['unit'];
  return {
    genes: JSON.parse(metadata['genes'] ?? '[]') as string[],
    cells: tensors.get('measured')!.shape[1]!,
    rows: tensors.get('rows')!.data as Int32Array,
    measured: tensors.get('measured')!.data as Float32Array,
    positions: tensors.get('positions')?.data as Float32Array | undefined,
    unit: unit === 'micrometre' || unit === 'pixel' ? unit : 'unknown',
  };
}

/** Imputed values of the drawn cells, genes × cells. */
export async function readImputed(
  root: string,
  { seed, fold, method }: Pick<JobRecord, 'seed' | 'fold' | 'method'>,
): Promise<Float32Array> {
  const { tensors } = await readOwn(join(foldFolder(root, seed, fold), `${method}.safetensors`));
  return tensors.get('imputed')!.data as Float32Array;
}
