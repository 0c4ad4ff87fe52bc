import { describe, expect, it } from 'vitest';
import { RunClock } from '../../../../src-main/service/jobs/run-clock.ts';
import { totalSeconds, type RunPlan } from '../../../../src-main/service/jobs/run-plan.ts';
import { trainingStages } from '../../../../src-shared/domain/loss-point.ts';

/** Two networks of 10 + 10 + 20 expected seconds, and 20 seconds around them. */
const plan: RunPlan = {
  stages: [0, 1].flatMap((member) =>
    trainingStages.map((stage) => ({
      member,
      stage,
      steps: 100,
      seconds: stage === 'translation' ? 20 : 10,
    })),
  ),
  parts: { reading: 2, processing: 3, blending: 5, imputing: 10 },
};

/** A run whose every part takes `slowness` times what was expected. */
function* run(slowness: number) {
  let now = 0;
  const clock = new RunClock(plan, () => now);
  const told = () => ({ now, ...clock.reading });
  const total = slowness * totalSeconds(plan);
  for (const name of ['reading', 'processing'] as const) {
    clock.enter(name);
    now += slowness * plan.parts[name];
    yield { ...told(), truth: total - now };
  }
  clock.enter('training');
  for (const { member, stage, steps, seconds } of plan.stages) {
    for (let step = 0; step < steps; step++) {
      now += (slowness * seconds) / steps;
      clock.train({ member, stage, epoch: 0, step, steps, terms: {} });
      yield { ...told(), truth: total - now };
    }
  }
  clock.enter('blending');
  yield { ...told(), truth: total - now };
  now += slowness * plan.parts.blending;
  clock.enter('imputing');
  for (let part = 1; part <= 10; part++) {
    now += (slowness * plan.parts.imputing) / 10;
    clock.impute(part / 10);
    yield { ...told(), truth: total - now };
  }
}

describe('the clock of a run', () => {
  it.each([1, 0.2, 7])('foretells the end of a run that is %d times as slow as expected', (slowness) => {
    const readings = [...run(slowness)];
    const known = readings.filter(({ secondsLeft }) => secondsLeft !== null);
    // Nothing is said before the first network has been timed, then always.
    expect(known.length).toBeGreaterThan(0.9 * readings.length);
    expect(readings.slice(0, 2).map(({ secondsLeft }) => secondsLeft)).toEqual([null, null]);
    for (const { secondsLeft, truth } of known) {
      expect(Math.abs(secondsLeft! - truth)).toBeLessThan(0.02 * totalSeconds(plan) * slowness);
    }
    expect(readings.at(-1)!.share).toBeCloseTo(1, 6);
  });

  it('says a share of the time, which never falls', () => {
    const readings = [...run(3)];
    const total = totalSeconds(plan);
    for (const [i, { share, now }] of readings.entries()) {
      expect(share).toBeGreaterThanOrEqual(readings[i - 1]?.share ?? 0);
      // A part that has just begun counts from its beginning.
      expect(Math.abs(share - now / (3 * total))).toBeLessThan(0.06);
    }
  });

  it('counts what a resumed run has behind it', () => {
    let now = 0;
    const clock = new RunClock(plan, () => now);
    clock.enter('training');
    for (let step = 50; step < 100; step++) {
      clock.train({ member: 1, stage: 'autoencoder-st', epoch: 0, step, steps: 100, terms: {} });
      now += 0.2;
    }
    // Twice as slow as expected: 20 seconds of translation and 15 of the rest are left.
    expect(clock.reading.secondsLeft).toBeCloseTo(70, 0);
    expect(clock.reading.stepsPerSecond).toBeCloseTo(5, 3);
    expect(clock.reading.share).toBeCloseTo((5 + 40 + 20) / 100, 2);
  });

  it('jumps ahead when the training is ended early', () => {
    const clock = new RunClock(plan, () => 0);
    clock.enter('training');
    clock.train({ member: 0, stage: 'translation', epoch: 0, step: 50, steps: 100, terms: {} });
    clock.enter('blending');
    expect(clock.reading.share).toBeCloseTo(0.85, 6);
  });
});
