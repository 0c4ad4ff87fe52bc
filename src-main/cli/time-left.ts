import { trainingStages, type LossPoint, type TrainingStage } from '../../src-shared/domain/loss-point.ts';

/** Speed and time left, from the steps since a stage began. */
export class TimeLeft {
  #key = '';
  #step = 0;
  #at = 0;
  /** Seconds that a finished or running stage takes or took. */
  readonly #seconds = new Map<TrainingStage, number>();

  /** Such as `42 steps/s  1 min 10 s left`; empty while nothing is known. */
  of({ member, stage, step, steps }: LossPoint, members: number): string {
    const now = performance.now();
    const key = `${member} ${stage}`;
    if (key !== this.#key) {
      this.#key = key;
      this.#step = step;
      this.#at = now;
      return '';
    }
    const speed = (step - this.#step) / ((now - this.#at) / 1000);
    if (!Number.isFinite(speed) || speed <= 0) return '';
    this.#seconds.set(stage, steps / speed);
    const here = (steps - step - 1) / speed;
    const later = trainingStages.slice(trainingStages.indexOf(stage) + 1);
    const known = (of: readonly TrainingStage[]) => of.map((s) => this.#seconds.get(s));
    const rest = known(later);
    // Until every stage was seen once, only this one can be foretold.
    if (rest.includes(undefined)) return `${speed.toFixed(1)} steps/s  ${duration(here)} left in this stage`;
    const each = known(trainingStages.slice(1)).reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0);
    const soon = rest.reduce<number>((sum, seconds) => sum + seconds!, 0);
    return `${speed.toFixed(1)} steps/s  ${duration(here + soon + each * (members - member - 1))} left`;
  }
}

/** Such as `2 min 5 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
