import type { EvaluationCell, EvaluationRequest } from '../../../src-shared/contract/calls/job.ts';
import { mean } from '../../../src-shared/maths/statistics.ts';
import { jobKey } from '../../engine/evaluation-settings.ts';
import { readJobs } from '../../evaluate/job-files.ts';

/** Every method × seed × fold that was asked for, finished where its files are there. */
export async function cellsOnDisk(
  folder: string,
  { methods, seeds, folds }: Pick<EvaluationRequest, 'methods' | 'seeds' | 'folds'>,
): Promise<EvaluationCell[]> {
  const records = new Map((await readJobs(folder)).map((record) => [jobKey(record), record]));
  const jobs = methods.flatMap((method) =>
    seeds.flatMap((seed) => Array.from({ length: folds }, (_, fold) => ({ method, seed, fold }))),
  );
  return jobs.map((job) => {
    const record = records.get(jobKey(job));
    if (record === undefined)
      return { ...job, state: 'waiting', share: null, pcc: null, seconds: null, message: null };
    const pcc = mean(record.scores.map((score) => score.pcc));
    return { ...job, state: 'done', share: 1, pcc, seconds: record.seconds, message: null };
  });
}
