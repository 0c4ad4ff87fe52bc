import type { LogLine } from '../../../src-shared/contract/calls/job.ts';
import type { JobProgress } from '../../../src-shared/domain/project.ts';
import type { JobEvent } from '../../engine/job-protocol.ts';
import type { ServiceContext } from '../context.ts';
import type { JobPatch } from './records.ts';

/** What an event means beyond the progress. */
export interface Heard {
  readonly log?: Pick<LogLine, 'level' | 'message'>;
  /** Changes of the job's record; saved at once, so only at changes of stage. */
  readonly patch?: JobPatch;
}

export type Progress = Omit<JobProgress, 'id' | 'memoryBytes'>;

/** Follows the events of one kind of job. */
export interface Tracker {
  /** Whether the job goes on from a checkpoint when it is resumed; else it starts again. */
  readonly resumes: boolean;
  hear(event: JobEvent): Heard;
  readonly progress: Progress;
  /** Sends what has gathered since the last time. */
  flush(emit: ServiceContext['emit']): void;
  /** What the record says of a job that has ended by itself, from the files it left. */
  finished(failed: number): Promise<JobPatch>;
}
