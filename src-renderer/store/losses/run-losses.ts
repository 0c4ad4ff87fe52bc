import type { z } from 'zod';
import type { lossPoint } from '../../../src-shared/contract/calls/job.ts';
import { lossTerms, type LossTerm, type TrainingStage } from '../../../src-shared/domain/loss-point.ts';
import { mean } from '../../../src-shared/maths/statistics.ts';
import { LossSeries, type SeriesView } from './series.ts';

export type Point = z.infer<typeof lossPoint>;

/** What is drawn: a loss term, or the mean correlation of the genes that were set aside. */
export type Curve = LossTerm | 'score';

/** The best look of a network at the genes that were set aside for it. */
export interface BestScore {
  readonly score: number;
  readonly step: number;
  readonly epoch: number;
}

/** All curves of one run, apart by network and stage. */
export class RunLosses {
  readonly #series = new Map<string, LossSeries>();
  readonly #lastStep = new Map<string, number>();
  readonly #best = new Map<number, BestScore>();
  readonly #steps = new Map<TrainingStage, number>();
  /** The newest point; null before the first. */
  last: Point | null = null;
  /** Networks that have told anything. */
  members = 0;

  /** Takes in points in order; those whose step of their stage is there already are left out, so nothing is twice. */
  add(points: readonly Point[]): void {
    for (const point of points) this.#addOne(point);
  }

  curve(member: number, stage: TrainingStage, curve: Curve): SeriesView | undefined {
    return this.#series.get(`${member} ${stage} ${curve}`);
  }

  best(member: number): BestScore | undefined {
    return this.#best.get(member);
  }

  /** Mean over the networks of their best scores; undefined before the first. */
  get score(): number | undefined {
    const scores = Array.from(this.#best.values(), ({ score }) => score);
    return scores.length === 0 ? undefined : mean(scores);
  }

  /** Networks that have looked at their genes set aside. */
  get scored(): number {
    return this.#best.size;
  }

  /** Steps of a whole stage; undefined before its first point. */
  steps(stage: TrainingStage): number | undefined {
    return this.#steps.get(stage);
  }

  #addOne(point: Point): void {
    const { member, stage, step } = point;
    const place = `${member} ${stage}`;
    if (step <= (this.#lastStep.get(place) ?? -1)) return;
    this.#lastStep.set(place, step);
    this.last = point;
    this.members = Math.max(this.members, member + 1);
    this.#steps.set(stage, Math.max(point.steps, this.#steps.get(stage) ?? 0));
    for (const term of lossTerms) {
      const value = point.terms[term];
      if (value !== undefined) this.#append(`${place} ${term}`, step, value);
    }
    if (point.score !== undefined) this.#addScore(point, point.score);
  }

  #addScore({ member, stage, step, epoch }: Point, score: number): void {
    this.#append(`${member} ${stage} score`, step, score);
    if (score > (this.#best.get(member)?.score ?? -Infinity)) this.#best.set(member, { score, step, epoch });
  }

  #append(key: string, step: number, value: number): void {
    let series = this.#series.get(key);
    if (series === undefined) this.#series.set(key, (series = new LossSeries()));
    series.append(step, value);
  }
}
