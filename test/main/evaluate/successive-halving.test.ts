import { describe, expect, it } from 'vitest';
import {
  drawTrials,
  splitGenes,
  survivors,
  trainings,
} from '../../../src-main/evaluate/successive-halving.ts';
import { presetParameters, withParameters } from '../../../src-shared/domain/run-config.ts';
import { TUNED } from '../../../src-shared/domain/tuning.ts';

const score = (trial: number, pcc: number) => ({ trial, pcc, changes: {}, splits: 1, genes: 5 });

describe('drawTrials', () => {
  it.each(['recommended', 'paper'])('gives the base first and then settings that %s may have', (preset) => {
    const base = presetParameters(preset);
    const trials = drawTrials(base, 40, 3);
    expect(trials[0]).toEqual({ trial: 0, changes: {} });
    for (const { changes } of trials) {
      expect(() => withParameters(base, changes, 'trial')).not.toThrow();
      for (const name of Object.keys(changes)) expect(TUNED as readonly string[]).toContain(name);
    }
    expect(new Set(trials.map(({ changes }) => JSON.stringify(changes))).size).toBeGreaterThan(35);
    // What limits the training is what is moved: steps where there is a limit of steps.
    const moved = new Set(trials.flatMap(({ changes }) => Object.keys(changes)));
    expect(moved.has('train.maxStepsStage2')).toBe(preset === 'recommended');
    expect(moved.has('train.epochsStage2')).toBe(preset === 'paper');
  });

  it('is the same for a seed, also when more are drawn', () => {
    const base = presetParameters('recommended');
    expect(drawTrials(base, 12, 3).slice(0, 5)).toEqual(drawTrials(base, 5, 3));
    expect(drawTrials(base, 5, 4)).not.toEqual(drawTrials(base, 5, 3));
  });
});

describe('survivors', () => {
  it('are the better half', () => {
    const all = [score(1, 0.1), score(0, 0.25), score(2, 0.4), score(3, 0.2), score(4, 0.3)];
    expect(survivors(all).map(({ trial }) => trial)).toEqual([2, 4, 0]);
  });

  it('always hold the base, in the place of the last', () => {
    const all = [score(0, 0.1), score(1, 0.5), score(2, 0.4), score(3, 0.3)];
    expect(survivors(all).map(({ trial }) => trial)).toEqual([1, 0]);
  });
});

describe('trainings', () => {
  it('counts 8 + 4 + 2 · 2 for eight trials', () => {
    expect(trainings(8)).toBe(16);
    expect(trainings(2)).toBe(2 + 2 + 2 * 2);
  });
});

describe('splitGenes', () => {
  it('sets every gene aside once', () => {
    const names = Array.from({ length: 23 }, (_, i) => `g${i}`);
    const splits = splitGenes(names, 1);
    expect(splits).toHaveLength(5);
    expect(splits.flat().sort()).toEqual([...names].sort());
    expect(splits.map(({ length }) => length).sort()).toEqual([4, 4, 5, 5, 5]);
  });
});
