import { z } from 'zod';
import type { EvaluationCell } from '../../../src-shared/contract/calls/job.ts';
import type { Warning } from '../../../src-shared/contract/errors.ts';
import type { EvaluationEvent } from '../../../src-shared/domain/evaluation-event.ts';
import { jobKey } from '../../engine/evaluation-settings.ts';
import type { JobEvent } from '../../engine/job-protocol.ts';
import type { ServiceContext } from '../context.ts';
import { EvaluationClock } from './evaluation-clock.ts';
import { readReport } from './job-folder.ts';
import type { EvaluationPatch } from './records.ts';
import type { Heard, Progress, Tracker } from './tracker.ts';

/** What of an evaluation's report.json goes into its record. */
const evaluationReport = z.object({ backend: z.string(), verdict: z.array(z.string()) });

const stageNames = {
  reading: 'Reading the data',
  evaluating: 'Evaluating',
  reporting: 'Writing the report',
} as const;

/** Warning of an evaluation that can be resumed though it is finished. */
export const PARTS_FAILED = 'jobs-failed';

type JobNews = Extract<EvaluationEvent, { kind: 'job' }>;

/** Follows an evaluation: the state of every method on every fold with every seed. */
export class EvaluationTracker implements Tracker {
  readonly resumes = true;
  readonly #id: string;
  readonly #folder: string;
  readonly #cells: Map<string, EvaluationCell>;
  readonly #changed = new Set<string>();
  readonly #warnings: Warning[] = [];
  readonly #clock: EvaluationClock;
  #stage = 'Starting';

  /** @param cells every job and how it stands before this */
  constructor(id: string, folder: string, cells: readonly EvaluationCell[]) {
    this.#id = id;
    this.#folder = folder;
    // What runs now, this one has not started.
    this.#cells = new Map(cells.map((cell) => [jobKey(cell), cell]));
    this.#clock = new EvaluationClock(this.#cells);
  }

  /** Once the evaluation has stopped, what was running waits again. */
  cellsNow(running: boolean): EvaluationCell[] {
    return Array.from(this.#cells.values(), (cell) =>
      cell.state !== 'running' || running ? cell : { ...cell, state: 'waiting', share: null },
    );
  }

  hear(event: JobEvent): Heard {
    return this.#hearEvaluation(event as EvaluationEvent);
  }

  #hearEvaluation(event: EvaluationEvent): Heard {
    switch (event.kind) {
      case 'stage':
        this.#stage = stageNames[event.name];
        return { log: { level: 'info', message: `${this.#stage}: ${event.detail}` }, patch: {} };
      case 'warning':
        if (this.#warnings.some(({ message }) => message === event.warning.message)) return {};
        this.#warnings.push(event.warning);
        return {
          log: { level: 'warning', message: event.warning.message },
          patch: { warnings: [...this.#warnings] },
        };
      case 'job-progress':
        this.#change(event, { state: 'running', share: event.share });
        return {};
      case 'job':
        return this.#hearJob(event);
      case 'verdict':
        return { patch: { verdict: [...event.sentences] } };
      case 'finished':
        return {};
    }
  }

  #hearJob(event: JobNews): Heard {
    this.#stage = `Evaluating · ${event.finished} of ${event.total} done`;
    const name = `${event.method}, fold ${event.fold + 1}, seed ${event.seed}`;
    if (event.state === 'started') {
      this.#change(event, { state: 'running', share: 0, message: null });
      return {};
    }
    if (event.state === 'failed') {
      this.#change(event, { state: 'failed', share: null, message: event.message ?? null });
      return { log: { level: 'error', message: `${name} failed: ${event.message ?? ''}` } };
    }
    const pcc = event.pcc ?? null;
    this.#change(event, { state: 'done', share: 1, pcc, seconds: event.seconds ?? null, message: null });
    return { log: { level: 'info', message: `${name}: mean correlation ${(pcc ?? 0).toFixed(3)}` } };
  }

  #change(job: Pick<EvaluationCell, 'method' | 'seed' | 'fold'>, patch: Partial<EvaluationCell>): void {
    const key = jobKey(job);
    const cell = this.#cells.get(key);
    if (cell === undefined) return;
    this.#cells.set(key, { ...cell, ...patch });
    this.#changed.add(key);
    this.#clock.tick();
  }

  get progress(): Progress {
    return { ...this.#clock.reading, stage: this.#stage, stepsPerSecond: null, canFinishEarly: false };
  }

  flush(emit: ServiceContext['emit']): void {
    if (this.#changed.size === 0) return;
    const cells = [...this.#changed].map((key) => this.#cells.get(key)!);
    this.#changed.clear();
    emit('evaluation:cells', { id: this.#id, cells });
  }

  async finished(failed: number): Promise<EvaluationPatch> {
    const { backend, verdict } = evaluationReport.parse(await readReport(this.#folder));
    const some: Warning[] =
      failed === 0
        ? []
        : [
            {
              code: PARTS_FAILED,
              message: `${failed} of ${this.#cells.size} parts failed and are not in the report; resume tries them again.`,
            },
          ];
    return { backend, verdict, warnings: [...this.#warnings, ...some] };
  }
}
