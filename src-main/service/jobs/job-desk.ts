import type { ServiceContext } from '../context.ts';
import type { AskedJob } from './job-folder.ts';
import { JobQueue } from './queue.ts';
import { jobStarter } from './start-job.ts';

/** The jobs of whichever project is open. */
export interface JobDesk {
  /** Throws a UserError when no project is open. */
  readonly queue: () => JobQueue;
  /** Makes a job and puts it in the queue. Throws a UserError when the project cannot take it. */
  readonly start: (asked: AskedJob) => Promise<{ readonly id: string }>;
}

export function jobDesk(context: ServiceContext): JobDesk {
  let queue: JobQueue | undefined;
  context.onProject({
    opened: async (project) => {
      queue = new JobQueue(context, project);
      await queue.opened();
    },
    closing: async () => {
      await queue?.close();
      queue = undefined;
    },
  });
  const start = jobStarter();
  const jobs = (): JobQueue => {
    context.project();
    return queue!;
  };
  return { queue: jobs, start: (asked) => start(context.project(), jobs(), asked) };
}
