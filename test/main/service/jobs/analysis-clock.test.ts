import { expect, it } from 'vitest';
import { AnalysisClock } from '../../../../src-main/service/jobs/analysis-clock.ts';

it('tells the share of the whole, never back, and the time left at the speed that is seen', () => {
  let now = 0;
  const clock = new AnalysisClock(() => now);
  expect(clock.reading).toEqual({ share: 0, secondsLeft: null });
  now = 2;
  clock.enter('analysing');
  const atFirst = clock.reading.share;
  expect(atFirst).toBeGreaterThan(0);
  now = 12;
  clock.tick(0.25);
  // A quarter took ten seconds.
  expect(clock.reading.secondsLeft).toBeCloseTo(30, 10);
  const quarter = clock.reading.share;
  expect(quarter).toBeGreaterThan(atFirst);
  clock.tick(0.1);
  expect(clock.reading.share).toBe(quarter);
  clock.enter('writing');
  expect(clock.reading.secondsLeft).toBeNull();
  clock.tick(7);
  expect(clock.reading.share).toBe(1);
});
