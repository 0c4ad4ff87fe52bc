import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';
import { batchesIn } from './batches.ts';

/** How long a stage of training is and what counts as an epoch in it. */
export interface Schedule {
  readonly stepsPerEpoch: number;
  readonly steps: number;
}

/**
 * @param stepsPerEpoch the longer stream's batches
 * @param epochs wanted epochs
 * @param maxSteps upper limit of steps; 0 is none
 */
export function schedule(stepsPerEpoch: number, epochs: number, maxSteps: number): Schedule {
  const steps = stepsPerEpoch * epochs;
  return { stepsPerEpoch, steps: maxSteps > 0 ? Math.min(steps, maxSteps) : steps };
}

/** Length of stage 1 of a domain with so many cells. */
export function autoencoderSchedule(cells: number, parameters: Hyperparameters): Schedule {
  return schedule(
    batchesIn(cells, parameters['train.batch']),
    parameters['train.epochsStage1'],
    parameters['train.maxStepsStage1'],
  );
}

/** Length of stage 2: an epoch is a pass over the larger dataset. */
export function translationSchedule(
  cells: { readonly st: number; readonly sc: number },
  parameters: Hyperparameters,
): Schedule {
  const batch = parameters['train.batch'];
  return schedule(
    Math.max(batchesIn(cells.st, batch), batchesIn(cells.sc, batch)),
    parameters['train.epochsStage2'],
    parameters['train.maxStepsStage2'],
  );
}

/** η halved after every `halveEvery` epochs (PyTorch's StepLR(halveEvery, 0.5)); 0 keeps it. */
export function halvedRate(rate: number, epoch: number, halveEvery: number): number {
  return halveEvery > 0 ? rate * 0.5 ** Math.floor(epoch / halveEvery) : rate;
}

const LINEAR_FLOOR = 0.02;

/** η falling in a straight line over the steps of a stage, down to 2 % of itself. */
export function linearRate(rate: number, step: number, steps: number): number {
  return rate * Math.max(LINEAR_FLOOR, 1 - step / steps);
}
