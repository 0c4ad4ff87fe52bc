/** Names of the plotted terms, in the order in which a step computes them. */
export const lossTerms = [
  'reconstruction.st',
  'reconstruction.sc',
  'discriminator',
  'identity.st',
  'identity.sc',
  'cycle.st',
  'cycle.sc',
  'panel',
  'coral.st',
  'coral.sc',
  'mmd.st',
  'mmd.sc',
  'gan',
  'total',
] as const;

export type LossTerm = (typeof lossTerms)[number];

/** Stages of the training of a network, in order. */
export const trainingStages = ['autoencoder-sc', 'autoencoder-st', 'translation'] as const;

export type TrainingStage = (typeof trainingStages)[number];

/** What training reports as it goes: the terms (unweighted, except `total`), averaged over the steps since the last. */
export interface LossPoint {
  /** Member of the ensemble, from 0. */
  readonly member: number;
  readonly stage: TrainingStage;
  /** Epoch from 0, step from the start of the stage (the last one averaged), and the steps of the whole stage. */
  readonly epoch: number;
  readonly step: number;
  readonly steps: number;
  readonly terms: Partial<Record<LossTerm, number>>;
  /** Mean PCC of the inner genes, where they were looked at. */
  readonly score?: number;
  /** Step of the best score so far. */
  readonly bestStep?: number;
}

/** Share of the whole training that is done at a point, 0 … 1; the stages of a network count alike. */
export function shareDone({ member, stage, step, steps }: LossPoint, members: number): number {
  return (member + (trainingStages.indexOf(stage) + (step + 1) / steps) / trainingStages.length) / members;
}
