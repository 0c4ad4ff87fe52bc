import { z } from 'zod';
import { warning } from '../../../src-shared/contract/schemas.ts';
import type { Warning } from '../../../src-shared/contract/errors.ts';
import type { LossPoint } from '../../../src-shared/domain/loss-point.ts';
import type { RunEvent, RunStage } from '../../../src-shared/domain/run-event.ts';
import type { JobEvent } from '../../engine/job-protocol.ts';
import type { ServiceContext } from '../context.ts';
import { readReport } from './job-folder.ts';
import type { RunPatch } from './records.ts';
import type { RunClock } from './run-clock.ts';
import type { Heard, Progress, Tracker } from './tracker.ts';

/** What of a run's report.json goes into its record. */
const runReport = z.object({
  result: z.object({ cells: z.number(), genes: z.number() }),
  backend: z.object({ label: z.string() }),
  expectedAccuracy: z.object({ inWords: z.string() }),
  warnings: z.array(warning),
  early: z.boolean().default(false),
});

const stageNames: Readonly<Record<RunStage, string>> = {
  reading: 'Reading the data',
  processing: 'Filtering and scaling the data',
  training: 'Preparing the training',
  blending: 'Learning how to blend the predictions',
  imputing: 'Imputing all cells',
};

const trainingNames: Readonly<Record<LossPoint['stage'], string>> = {
  'autoencoder-sc': 'reference autoencoder',
  'autoencoder-st': 'spatial autoencoder',
  translation: 'translation',
};

/** Follows a run: its stage in plain words, its losses in batches, its best score. */
export class RunTracker implements Tracker {
  readonly resumes = true;
  readonly #id: string;
  readonly #folder: string;
  readonly #clock: RunClock;
  readonly #warnings: Warning[] = [];
  /** Best score of each network. */
  readonly #scores: Map<number, number>;
  #points: LossPoint[] = [];
  #stage = 'Starting';
  #canFinish = false;

  /** @param earlier loss points of the run before it was taken up again */
  constructor(id: string, folder: string, clock: RunClock, earlier: readonly LossPoint[]) {
    this.#id = id;
    this.#folder = folder;
    this.#clock = clock;
    this.#scores = new Map();
    for (const point of earlier) this.#keepScore(point);
  }

  hear(event: JobEvent): Heard {
    return this.#hearRun(event as RunEvent);
  }

  #hearRun(event: RunEvent): Heard {
    switch (event.kind) {
      case 'stage':
        return this.#enter(event.name, event.detail);
      case 'losses':
        this.#train(event.point, event.members);
        return {};
      case 'progress':
        this.#clock.impute(event.done / event.total);
        return {};
      case 'warning':
        this.#warnings.push(event.warning);
        return {
          log: { level: 'warning', message: event.warning.message },
          patch: { warnings: [...this.#warnings] },
        };
      case 'note':
        return { log: { level: 'info', message: event.message }, patch: { trust: event.message } };
      case 'finished':
        return {};
    }
  }

  #enter(name: RunStage, detail: string): Heard {
    this.#clock.enter(name);
    this.#stage = stageNames[name];
    this.#canFinish = false;
    const backend = name === 'training' ? { backend: detail } : {};
    const score = this.score === null ? {} : { score: this.score };
    const message = name === 'training' ? `Training on ${detail}` : this.#stage;
    return { log: { level: 'info', message }, patch: { ...backend, ...score } };
  }

  #train(point: LossPoint, members: number): void {
    this.#clock.train(point);
    this.#points.push(point);
    this.#keepScore(point);
    const network = members > 1 ? `network ${point.member + 1} of ${members} · ` : '';
    this.#stage = `Training ${network}${trainingNames[point.stage]}`;
    this.#canFinish = point.member > 0 || point.stage === 'translation';
  }

  #keepScore({ member, score }: LossPoint): void {
    if (score !== undefined) this.#scores.set(member, Math.max(score, this.#scores.get(member) ?? score));
  }

  /** Mean over the networks of the best correlation on the genes that each set aside. */
  get score(): number | null {
    const scores = [...this.#scores.values()];
    return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
  }

  get progress(): Progress {
    return { ...this.#clock.reading, stage: this.#stage, canFinishEarly: this.#canFinish };
  }

  flush(emit: ServiceContext['emit']): void {
    if (this.#points.length === 0) return;
    emit('run:losses', { id: this.#id, points: this.#points });
    this.#points = [];
  }

  async finished(): Promise<RunPatch> {
    const report = runReport.parse(await readReport(this.#folder));
    return {
      result: { cells: report.result.cells, genes: report.result.genes },
      trust: report.expectedAccuracy.inWords,
      backend: report.backend.label,
      warnings: report.warnings,
      early: report.early,
      score: this.score,
    };
  }
}
