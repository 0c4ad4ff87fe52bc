import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from '../../io/atomic-write.ts';
import type { InputRequest } from '../../../src-shared/domain/impute-request.ts';
import { hasSettings } from '../../engine/evaluation-settings.ts';
import type { JobTask } from '../../engine/job-protocol.ts';
import type { AskedJob } from './job-folder.ts';

type Training = Exclude<AskedJob, { kind: 'analysis' }>;

/** What a job process is told of a run or an evaluation: a new job, or one that goes on where its folder says. */
export async function taskOf(
  asked: Training,
  folder: string,
  inputs: InputRequest,
  dataName: string,
): Promise<JobTask> {
  const { request, kind } = asked;
  const resume = kind === 'run' ? existsSync(join(folder, 'config.json')) : hasSettings(folder);
  const common = { ...inputs, out: folder, set: [], resume };
  // A job that goes on keeps its configuration, and computes on what it began with.
  const config = resume ? {} : { configFile: await writeConfig(folder, asked) };
  if (kind === 'run') {
    const { counts, backend } = request;
    return { kind: 'impute', request: { ...common, ...config, counts, backend } };
  }
  const { methods, folds, seeds, name } = request;
  const backend = resume ? 'auto' : request.backend;
  const rest = { backend, methods, folds, seeds, gather: [], maps: [], name: name ?? dataName };
  return { kind: 'evaluate', request: { ...common, ...config, ...rest } };
}

/** The configuration as the engine reads it: a file, so that no gene's name is taken for anything else. */
async function writeConfig(folder: string, { kind, request }: Training): Promise<string> {
  const path = join(folder, 'asked.json');
  const { preset, parameters } = request;
  const own = kind === 'run' ? { seed: request.seed, genes: request.genes } : {};
  await writeFileAtomically(path, `${JSON.stringify({ preset, ...own, parameters }, null, 2)}\n`);
  return path;
}
