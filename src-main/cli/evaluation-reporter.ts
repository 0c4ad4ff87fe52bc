import type { EvaluationEvent, JobName } from '../../src-shared/domain/evaluation-event.ts';
import { jobKey } from '../engine/evaluation-settings.ts';
import { ProgressLine } from './progress-line.ts';
import { duration } from './time-left.ts';

/** A line for every finished job, and one that rewrites itself with what is running. */
export function terminalEvaluationReporter(): (event: EvaluationEvent) => void {
  const line = new ProgressLine();
  const running = new Map<string, { job: JobName; share: number }>();
  let counts = '';
  const show = () => {
    const jobs = [...running.values()].map(({ job, share }) => `${nameOf(job)} ${Math.round(100 * share)} %`);
    line.show(`${counts}  ${jobs.join('  ')}`);
  };
  return (event) => {
    switch (event.kind) {
      case 'job-progress':
        running.set(jobKey(event), { job: event, share: event.share });
        show();
        return;
      case 'job':
        counts = `${event.finished}/${event.total} jobs`;
        if (event.state === 'started') running.set(jobKey(event), { job: event, share: 0 });
        else {
          running.delete(jobKey(event));
          line.say(jobLine(event));
        }
        show();
        return;
      case 'verdict':
        for (const sentence of event.sentences) line.say(sentence);
        return;
      default:
        line.tell(event);
    }
  };
}

function jobLine(event: Extract<EvaluationEvent, { kind: 'job' }>): string {
  const job = `fold ${event.fold}${event.seed === 1 ? '' : `, seed ${event.seed}`}  ${event.method.padEnd(16)}`;
  if (event.state === 'failed') return `! ${job} failed: ${event.message ?? ''}`;
  return `  ${job} mean PCC ${(event.pcc ?? 0).toFixed(3)}  ${duration(event.seconds ?? 0)}`;
}

function nameOf({ method, fold }: JobName): string {
  return `${method}:${fold}`;
}
