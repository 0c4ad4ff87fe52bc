import { UserError } from '../../../src-shared/contract/errors.ts';
import type { Outcome } from './job-process.ts';
import type { JobPatch } from './records.ts';
import type { Heard, Tracker } from './tracker.ts';

/** Why a job was told to stop. */
export type Asked = 'pause' | 'cancel' | 'closing';

const PAUSED: Readonly<Record<Asked, string>> = {
  pause: 'Paused; resume goes on from here.',
  cancel: 'Stopped when it was removed; resume goes on from its last checkpoint.',
  closing: 'Paused because the project was closed; resume goes on from here.',
};

/** The same for a job without checkpoints. */
const STOPPED: Readonly<Record<Asked, string>> = {
  pause: 'Stopped; resume starts it again from the beginning.',
  cancel: 'Stopped when it was removed; resume starts it again from the beginning.',
  closing: 'Stopped because the project was closed; resume starts it again from the beginning.',
};

/** What the record and the log say of a job that has ended. */
export interface End {
  readonly patch: JobPatch;
  readonly log: readonly NonNullable<Heard['log']>[];
}

/** @param asked why it was told to stop; undefined when it was not */
export async function endOf(outcome: Outcome, asked: Asked | undefined, tracker: Tracker): Promise<End> {
  if (outcome.kind === 'done') return finished(outcome.failed, tracker);
  if (outcome.kind === 'failed') return failed(outcome.message);
  // Killed because it took too long to stop: its last checkpoint is not old.
  const reason =
    asked === undefined ? died(outcome, tracker.resumes) : (tracker.resumes ? PAUSED : STOPPED)[asked];
  const level = asked === undefined ? 'error' : 'info';
  return { patch: { state: 'paused', reason }, log: [{ level, message: reason }] };
}

async function finished(failures: number, tracker: Tracker): Promise<End> {
  try {
    const patch = await tracker.finished(failures);
    const moment = new Date().toISOString();
    return {
      patch: { ...patch, state: 'finished', reason: null, finished: moment },
      log: [{ level: 'info', message: 'Finished.' }],
    };
  } catch (error) {
    if (error instanceof UserError) return failed(error.message);
    throw error;
  }
}

function failed(reason: string): End {
  return { patch: { state: 'failed', reason }, log: [{ level: 'error', message: reason }] };
}

function died(outcome: Outcome, resumes: boolean): string {
  const how = outcome.kind === 'died' ? ` (${outcome.how})` : '';
  const why = how.includes('SIGKILL') || how.includes('SIGABRT') ? ', perhaps for lack of memory' : '';
  const next = resumes ? 'resume goes on from its last checkpoint' : 'resume starts it again';
  return `The process that computed this ended unexpectedly${how}${why}; ${next}.`;
}
