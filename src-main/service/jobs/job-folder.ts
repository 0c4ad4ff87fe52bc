import { existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  evaluationRequest,
  logLine,
  lossPoint,
  runRequest,
  type LogLine,
} from '../../../src-shared/contract/calls/job.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { analysisRequest } from '../../../src-shared/domain/analysis.ts';
import type { LossPoint } from '../../../src-shared/domain/loss-point.ts';
import { writeError, writeFileAtomically } from '../../io/atomic-write.ts';
import { makeFolder } from '../../io/make-folder.ts';

/** What was asked of a job, kept so that it can be started again after everything else has ended. */
const savedJob = z.discriminatedUnion('kind', [
  z.strictObject({
    format: z.literal('spagene-job'),
    formatVersion: z.literal(1),
    kind: z.literal('run'),
    request: runRequest,
  }),
  z.strictObject({
    format: z.literal('spagene-job'),
    formatVersion: z.literal(1),
    kind: z.literal('evaluation'),
    request: evaluationRequest,
  }),
  z.strictObject({
    format: z.literal('spagene-job'),
    formatVersion: z.literal(1),
    kind: z.literal('analysis'),
    request: analysisRequest,
  }),
]);
type SavedJob = z.infer<typeof savedJob>;
export type AskedJob = SavedJob extends infer J
  ? J extends SavedJob
    ? Pick<J, 'kind' | 'request'>
    : never
  : never;

const REQUEST = 'request.json';
const LOG = 'log.ndjson';

/** Keeps what was asked; makes the job's folder. */
export async function writeAsked(folder: string, asked: AskedJob): Promise<void> {
  await makeFolder(folder);
  const saved = { format: 'spagene-job', formatVersion: 1, ...asked };
  await writeFileAtomically(join(folder, REQUEST), `${JSON.stringify(saved, null, 2)}\n`);
}

/** Throws a UserError when the folder or its request is gone or damaged. */
export async function readAsked(folder: string): Promise<AskedJob> {
  const path = join(folder, REQUEST);
  const parsed = savedJob.safeParse(await json(path));
  if (parsed.success) return parsed.data;
  throw new UserError(`${path} is damaged or gone, so this cannot be started; start it anew.`, {
    file: path,
  });
}

async function json(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A JSON report of a job. Throws a UserError when it is not there yet, or damaged. */
export async function readReport(folder: string): Promise<Record<string, unknown>> {
  const path = join(folder, 'report.json');
  const report = await json(path);
  if (typeof report === 'object' && report !== null) return report as Record<string, unknown>;
  throw existsSync(path)
    ? new UserError(`${path} is damaged; resume or repeat the job to have it written again.`, { file: path })
    : new UserError('There is no report yet: it is written when the job ends.', { file: path });
}

export async function addLogLine(folder: string, line: LogLine): Promise<void> {
  const path = join(folder, LOG);
  try {
    await appendFile(path, `${JSON.stringify(line)}\n`);
  } catch (error) {
    throw writeError(error, path);
  }
}

export function readLog(folder: string): Promise<LogLine[]> {
  return readLines(join(folder, LOG), logLine);
}

/** All loss points of a run so far, in order. */
export function readLosses(folder: string): Promise<LossPoint[]> {
  return readLines(join(folder, 'losses.ndjson'), lossPoint);
}

/** Lines that are whole; a crash may have cut the last one short, and one may be half written just now. */
async function readLines<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
  if (!existsSync(path)) return [];
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines.flatMap((line) => {
    try {
      const parsed = schema.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
}
