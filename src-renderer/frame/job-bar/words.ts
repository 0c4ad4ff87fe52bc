import type { JobRecord, JobState } from '../../../src-shared/domain/project.ts';
import { analysisTitle } from '../../lib/analysis-words.ts';
import { formatMoment } from '../../lib/moment.ts';
import type { ViewName } from '../../store/navigation.ts';

/** `41 %`, and 100 only when all is done. */
export function percent(share: number): string {
  return `${Math.floor(share * 100 + 1e-9)} %`;
}

/** `9.3`, `42`: no more digits than mean something. */
export function rate(perSecond: number): string {
  return perSecond < 9.95 ? perSecond.toFixed(1) : String(Math.round(perSecond));
}

const words: Readonly<Record<JobState, string>> = {
  queued: 'Waiting',
  running: 'Running',
  paused: 'Paused',
  finished: 'Finished',
  failed: 'Failed',
};

export function stateOf(job: JobRecord): string {
  return job.kind === 'run' && job.early && job.state === 'finished' ? 'Finished early' : words[job.state];
}

/** Its name, or what it is and when it was made. */
export function nameOf(job: JobRecord): string {
  if (job.name.trim() !== '') return job.name;
  const what =
    job.kind === 'analysis' ? analysisTitle(job.parameters.kind) : job.kind === 'run' ? 'Run' : 'Evaluation';
  return `${what} of ${formatMoment(job.created)}`;
}

export function kindOf(job: JobRecord): string {
  if (job.kind === 'analysis') return `Analysis: ${analysisTitle(job.parameters.kind).toLowerCase()}`;
  return job.kind === 'run' ? 'Training run' : 'Evaluation';
}

/** The view that shows a job. */
export function viewOf(job: JobRecord): ViewName {
  if (job.kind === 'analysis') return 'biology';
  return job.kind === 'run' ? 'train' : 'quality';
}
