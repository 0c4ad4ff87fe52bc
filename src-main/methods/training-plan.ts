import type { TrainingStage } from '../../src-shared/domain/loss-point.ts';
import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';
import { autoencoderSchedule, translationSchedule } from '../train/schedule.ts';
import { sampledCells } from './training-sample.ts';

/** A stage that a run will train. */
export interface PlannedStage {
  readonly member: number;
  readonly stage: TrainingStage;
  readonly steps: number;
}

/**
 * Every stage that a run trains, in order.
 *
 * @param kept cells of each dataset that pass the filters
 */
export function trainingPlan(
  kept: { readonly st: number; readonly sc: number },
  parameters: Hyperparameters,
): PlannedStage[] {
  const most = parameters['train.maxCells'];
  const cells = { st: sampledCells(kept.st, most), sc: sampledCells(kept.sc, most) };
  const shared = parameters['ensemble.referenceAutoencoder'] === 'shared';
  const steps: Readonly<Record<TrainingStage, number>> = {
    'autoencoder-sc': autoencoderSchedule(cells.sc, parameters).steps,
    'autoencoder-st': autoencoderSchedule(cells.st, parameters).steps,
    translation: translationSchedule(cells, parameters).steps,
  };
  const stages = Object.keys(steps) as TrainingStage[];
  return Array.from({ length: parameters['ensemble.members'] }, (_, member) =>
    stages
      .filter((stage) => stage !== 'autoencoder-sc' || member === 0 || !shared)
      .map((stage) => ({ member, stage, steps: steps[stage] })),
  ).flat();
}
