import { rm } from 'node:fs/promises';
import { UserError } from '../../../src-shared/contract/errors.ts';
import type { ProjectHandle } from '../context.ts';
import { writeAsked, type AskedJob } from './job-folder.ts';
import { newRecord } from './new-records.ts';
import type { JobQueue } from './queue.ts';
import { folderKind } from './records.ts';

/** Makes jobs, one after the other, so that no two take the same id. */
export function jobStarter(): (
  project: ProjectHandle,
  queue: JobQueue,
  asked: AskedJob,
) => Promise<{ readonly id: string }> {
  let last: Promise<unknown> = Promise.resolve();
  return (project, queue, asked) => {
    const made = last.then(() => startJob(project, queue, asked));
    last = made.catch(() => undefined);
    return made;
  };
}

/** Throws a UserError when a dataset is missing, or the project cannot be written to; then nothing is left of it. */
async function startJob(
  project: ProjectHandle,
  queue: JobQueue,
  asked: AskedJob,
): Promise<{ readonly id: string }> {
  const { readOnly } = project.state;
  if (readOnly !== null) throw new UserError(readOnly, { file: project.folder }, 'usage');
  // An analysis reads what its run has written, whatever became of the data.
  if (asked.kind !== 'analysis') await project.inputs();
  const record = newRecord(project, asked);
  const folder = project.folderOf(folderKind(record), record.id);
  try {
    await writeAsked(folder, asked);
    await queue.add(record);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return { id: record.id };
}
