import { trainingStages, type TrainingStage } from '../../../src-shared/domain/loss-point.ts';
import type { DatasetRecord } from '../../../src-shared/domain/project.ts';
import type { Hyperparameters } from '../../../src-shared/domain/run-config.ts';
import type { RunStage } from '../../../src-shared/domain/run-event.ts';
import type { Calibration } from '../../engine/calibrate.ts';
import { pathWeights, stageWork, type TrainingSizes } from '../../methods/training-work.ts';
import { trainingPlan, type PlannedStage } from '../../methods/training-plan.ts';
import { sampledCells } from '../../methods/training-sample.ts';

/** What a run works on, as far as that is known before the data are read: upper limits, no filter applied. */
export interface RunSizes {
  readonly cells: { readonly st: number; readonly sc: number };
  readonly genes: { readonly st: number; readonly sc: number; readonly shared: number };
  /** Bytes of the files. */
  readonly bytes: number;
}

/** Seconds that each part of a run is expected to take. */
export interface RunPlan {
  readonly stages: readonly (PlannedStage & { readonly seconds: number })[];
  readonly parts: Readonly<Record<Exclude<RunStage, 'training'>, number>>;
}

/** Share of the genes of a reference that pass the density filter, as far as the published ones go. */
const DENSE_ENOUGH = 0.6;
/** A panel of up to this size is taken whole. */
const LARGEST_UNCUT_PANEL = 1000;

/** Genes and cells that a run will have after processing, from the records of its datasets. */
export function runSizes(
  spatial: Pick<DatasetRecord, 'cells' | 'genes' | 'files'>,
  reference: Pick<DatasetRecord, 'cells' | 'genes' | 'files'>,
  sharedGenes: number,
  { parameters, genes }: { readonly parameters: Hyperparameters; readonly genes: 'all' | readonly string[] },
): RunSizes {
  const most = parameters['data.highlyVariable'];
  const panel = spatial.genes <= LARGEST_UNCUT_PANEL ? spatial.genes : Math.max(most, sharedGenes);
  const varied = Math.min(reference.genes, most);
  const wanted = genes === 'all' ? Math.round(reference.genes * DENSE_ENOUGH) : genes.length;
  // Of the shared genes that are not among the most variable nobody knows the number yet; few panels hold many.
  const out = genes === 'all' ? Math.max(wanted, varied) : varied + wanted;
  return {
    cells: { st: spatial.cells, sc: reference.cells },
    genes: {
      st: Math.min(panel, spatial.genes),
      sc: Math.min(out + Math.round(sharedGenes / 4), reference.genes),
      shared: sharedGenes,
    },
    bytes: [...spatial.files, ...reference.files].reduce((sum, file) => sum + file.bytes, 0),
  };
}

/** Before anything is measured on this machine: a laptop's core with the WASM backend. */
export const USUAL: Calibration = {
  label: 'WASM',
  autoencoder: { overhead: 0.006, perWork: 9e-11 },
  translation: { overhead: 0.03, perWork: 6e-11 },
};

/** What every part of a run takes at the speed that was measured. */
export function planRun(sizes: RunSizes, parameters: Hyperparameters, speed: Calibration): RunPlan {
  const most = parameters['train.maxCells'];
  const training: TrainingSizes = {
    cells: { st: sampledCells(sizes.cells.st, most), sc: sampledCells(sizes.cells.sc, most) },
    genes: sizes.genes,
  };
  const costs = new Map(
    trainingStages.map((stage) => [stage, secondsOf(stage, training, parameters, speed)] as const),
  );
  const stages = trainingPlan(sizes.cells, parameters).map((planned) => {
    const { once, perStep } = costs.get(planned.stage)!;
    return { ...planned, seconds: once + perStep * planned.steps };
  });
  return { stages, parts: partsOf(sizes, parameters, speed) };
}

function secondsOf(
  stage: TrainingStage,
  sizes: TrainingSizes,
  parameters: Hyperparameters,
  speed: Calibration,
): { readonly once: number; readonly perStep: number } {
  const { overhead, perWork } = stage === 'translation' ? speed.translation : speed.autoencoder;
  const { once, perStep } = stageWork(stage, sizes, parameters);
  return { once: once * perWork, perStep: overhead + perStep * perWork };
}

/**
 * As measured on osmFISH, STARmap and a simulated tissue (seconds of one thread); reading hangs on the disk, and the
 * rest on how many values there are and how many predictors give each of them.
 */
function partsOf(
  sizes: RunSizes,
  parameters: Hyperparameters,
  { autoencoder }: Calibration,
): RunPlan['parts'] {
  const { cells, genes, bytes } = sizes;
  const members = parameters['ensemble.members'];
  const floors = parameters['blend.floors'] === 'none' ? 0 : 1;
  const folds = Math.min(members, parameters['train.innerFolds']);
  const values = cells.st * genes.sc;
  const networks = cells.st * members * pathWeights(sizes, parameters) * autoencoder.perWork;
  return {
    reading: 0.3 + bytes / 100e6,
    processing: 0.3 + (cells.st * genes.st + cells.sc * genes.sc) / 20e6,
    blending: 1 + folds * (0.5 + floors * (0.4 + 0.005 * genes.shared)),
    imputing: 0.5 + networks + values * 0.145e-6 * (members + floors),
  };
}

export function totalSeconds({ stages, parts }: RunPlan): number {
  const training = stages.reduce((sum, { seconds }) => sum + seconds, 0);
  return Object.values(parts).reduce((sum, seconds) => sum + seconds, training);
}
