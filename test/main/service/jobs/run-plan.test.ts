import { describe, expect, it } from 'vitest';
import type { Calibration } from '../../../../src-main/engine/calibrate.ts';
import { memoryOf } from '../../../../src-main/service/jobs/estimate.ts';
import { planRun, runSizes, totalSeconds } from '../../../../src-main/service/jobs/run-plan.ts';
import { presetParameters, type Hyperparameters } from '../../../../src-shared/domain/run-config.ts';

/** Speed of the machine on which the runs below were measured, one thread of WASM. */
const narrow: Calibration = {
  label: '',
  autoencoder: { overhead: 0.00524, perWork: 9.92e-11 },
  translation: { overhead: 0.0185, perWork: 1.817e-10 },
};
const wide: Calibration = {
  label: '',
  autoencoder: { overhead: 0.0166, perWork: 9.23e-11 },
  translation: { overhead: 0.1007, perWork: 8.1e-11 },
};

const recommended = presetParameters('recommended');
const short: Hyperparameters = {
  ...presetParameters('paper'),
  'train.maxStepsStage1': 20,
  'train.maxStepsStage2': 12,
};
const osmfish = { st: [4839, 33], sc: [550, 19_972], shared: 33, bytes: 2.27e6, genes: [] } as const;
const starmap = { st: [3190, 166], sc: [550, 19_972], shared: 156, bytes: 2.37e6, genes: [] } as const;
const simulated = { st: [3000, 100], sc: [1500, 1000], shared: 100, bytes: 1.93e6, genes: 'all' } as const;
const large = { st: [40_000, 300], sc: [12_000, 3000], shared: 300, bytes: 60e6, genes: [] } as const;

type Pair = typeof osmfish | typeof starmap | typeof simulated | typeof large;

function sizesOf({ st, sc, shared, bytes, genes }: Pair, parameters: Hyperparameters) {
  const files = [{ path: '', bytes, sha256: '' }];
  return runSizes({ cells: st[0], genes: st[1], files }, { cells: sc[0], genes: sc[1], files: [] }, shared, {
    parameters,
    genes,
  });
}

describe('the plan of a run', () => {
  // Processor seconds that real runs took, in all and in training.
  it.each([
    ['osmFISH, recommended', osmfish, recommended, narrow, 69.6, 51.3],
    ['STARmap, recommended', starmap, recommended, narrow, 75.6, 56.4],
    ['simulated, recommended', simulated, recommended, narrow, 59.1, 48],
    ['osmFISH, networks of the paper', osmfish, short, wide, 37.1, 28.2],
    ['simulated, networks of the paper', simulated, short, wide, 31.1, 25.7],
  ] as const)('agrees with what %s took', (_, pair, parameters, speed, seconds, training) => {
    const plan = planRun(sizesOf(pair, parameters), parameters, speed);
    const planned = plan.stages.reduce((sum, stage) => sum + stage.seconds, 0);
    expect(planned / training).toBeGreaterThan(0.75);
    expect(planned / training).toBeLessThan(1.25);
    expect(totalSeconds(plan) / seconds).toBeGreaterThan(0.8);
    expect(totalSeconds(plan) / seconds).toBeLessThan(1.2);
  });

  it.each([
    ['osmFISH', osmfish, recommended, 490e6],
    ['STARmap', starmap, recommended, 429e6],
    ['simulated', simulated, recommended, 475e6],
    ['osmFISH, networks of the paper', osmfish, short, 895e6],
    ['40,000 cells', large, recommended, 1802e6],
  ] as const)('foretells the memory of %s', (_, pair, parameters, bytes) => {
    const ratio = memoryOf(sizesOf(pair, parameters), parameters) / bytes;
    expect(ratio).toBeGreaterThan(0.75);
    expect(ratio).toBeLessThan(1.35);
  });

  it('knows how many genes a run will impute, within a tenth', () => {
    expect(sizesOf(osmfish, recommended).genes.sc / 2003).toBeCloseTo(1, 1);
    expect(sizesOf(starmap, recommended).genes.sc / 2050).toBeCloseTo(1, 1);
    expect(sizesOf(simulated, recommended).genes.sc / 994).toBeCloseTo(1, 1);
  });
});
