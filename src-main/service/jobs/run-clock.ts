import { trainingStages, type LossPoint, type TrainingStage } from '../../../src-shared/domain/loss-point.ts';
import type { RunStage } from '../../../src-shared/domain/run-event.ts';
import { totalSeconds, type RunPlan } from './run-plan.ts';
import type { Progress } from './tracker.ts';

type Reading = Pick<Progress, 'share' | 'secondsLeft' | 'stepsPerSecond'>;

const order: readonly RunStage[] = ['reading', 'processing', 'training', 'blending', 'imputing'];

/** Seconds of a stage that are watched before anything is said about its speed. */
const BASIS = 1;
/** Seconds over which a speed is averaged. */
const MEMORY = 8;

/** Where the steps of a stage were last looked at, and how fast they come. */
interface Pace {
  readonly key: string;
  readonly began: number;
  readonly step: number;
  readonly at: number;
  readonly secondsPerStep: number | undefined;
}

/**
 * How far a run has come and how long it will take. The share goes by what each part was expected to take; the time
 * left corrects that by the speed that is seen.
 */
export class RunClock {
  readonly #plan: RunPlan;
  readonly #now: () => number;
  /** Seen seconds against expected ones, for each kind of stage that was seen. */
  readonly #factors = new Map<TrainingStage, number>();
  #stage: RunStage = 'reading';
  #entered: number;
  /** Expected seconds of the present part that are over. */
  #within = 0;
  #share = 0;
  #pace: Pace | undefined;
  #imputed: { readonly share: number; readonly at: number } | undefined;

  /** @param now seconds */
  constructor(plan: RunPlan, now: () => number = () => performance.now() / 1000) {
    this.#plan = plan;
    this.#now = now;
    this.#entered = now();
  }

  enter(stage: RunStage): void {
    this.#stage = stage;
    this.#entered = this.#now();
    this.#within = 0;
    this.#pace = undefined;
    this.#tick();
  }

  train(point: LossPoint): void {
    const { stages } = this.#plan;
    const at = stages.findIndex(({ member, stage }) => member === point.member && stage === point.stage);
    const before = stages.slice(0, Math.max(at, 0)).reduce((sum, { seconds }) => sum + seconds, 0);
    this.#within = before + ((point.step + 1) / point.steps) * (stages[at]?.seconds ?? 0);
    this.#pace = this.#watched(point);
    const { secondsPerStep } = this.#pace;
    const expected = stages[at];
    if (secondsPerStep !== undefined && expected !== undefined && expected.seconds > 0) {
      this.#factors.set(point.stage, (secondsPerStep * point.steps) / expected.seconds);
    }
    this.#tick();
  }

  impute(share: number): void {
    this.#imputed ??= { share, at: this.#now() };
    this.#within = share * this.#plan.parts.imputing;
    this.#tick();
  }

  get reading(): Reading {
    const { secondsPerStep } = this.#pace ?? {};
    return {
      share: this.#share,
      secondsLeft: this.#secondsLeft(),
      stepsPerSecond: secondsPerStep === undefined ? null : 1 / secondsPerStep,
    };
  }

  #watched({ member, stage, step }: LossPoint): Pace {
    const key = `${member} ${stage}`;
    const now = this.#now();
    const last = this.#pace;
    if (last?.key !== key) return { key, began: now, step, at: now, secondsPerStep: undefined };
    const seconds = now - last.at;
    if (now - last.began < BASIS || seconds <= 0 || step <= last.step) return last;
    const seen = seconds / (step - last.step);
    const weight = 1 - Math.exp(-seconds / MEMORY);
    const secondsPerStep =
      last.secondsPerStep === undefined ? seen : last.secondsPerStep + weight * (seen - last.secondsPerStep);
    return { ...last, step, at: now, secondsPerStep };
  }

  #expected(stage: RunStage): number {
    if (stage !== 'training') return this.#plan.parts[stage];
    return this.#plan.stages.reduce((sum, { seconds }) => sum + seconds, 0);
  }

  #tick(): void {
    const before = order
      .slice(0, order.indexOf(this.#stage))
      .reduce((sum, name) => sum + this.#expected(name), 0);
    const share = (before + Math.min(this.#within, this.#expected(this.#stage))) / totalSeconds(this.#plan);
    this.#share = Math.min(1, Math.max(this.#share, share));
  }

  /** Null before a training step was timed: the data may lie on a slow disk, and that says nothing of the rest. */
  #secondsLeft(): number | null {
    if (this.#factors.size === 0) return null;
    const later = order
      .slice(order.indexOf(this.#stage) + 1)
      .reduce((sum, name) => sum + this.#expected(name), 0);
    const seen = [...this.#factors.values()];
    const usual = seen.reduce((sum, factor) => sum + factor, 0) / seen.length;
    return Math.max(0, this.#leftOfStage(usual)) + later * usual;
  }

  #leftOfStage(usual: number): number {
    if (this.#stage === 'training') return this.#leftOfTraining(usual);
    const elapsed = this.#now() - this.#entered;
    if (this.#stage === 'imputing' && this.#imputed !== undefined && this.#within > 0) {
      const share = this.#within / this.#plan.parts.imputing;
      const gained = share - this.#imputed.share;
      if (gained > 0) return ((this.#now() - this.#imputed.at) * (1 - share)) / gained;
    }
    return this.#expected(this.#stage) * usual - elapsed;
  }

  /** What is left of each kind of stage, at the speed that this kind was seen at. */
  #leftOfTraining(usual: number): number {
    let over = this.#within;
    const left = new Map<TrainingStage, number>(trainingStages.map((stage) => [stage, 0]));
    for (const { stage, seconds } of this.#plan.stages) {
      const done = Math.min(over, seconds);
      over -= done;
      left.set(stage, left.get(stage)! + seconds - done);
    }
    return [...left].reduce(
      (sum, [stage, seconds]) => sum + seconds * (this.#factors.get(stage) ?? usual),
      0,
    );
  }
}
