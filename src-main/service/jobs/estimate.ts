import { totalmem } from 'node:os';
import type { Estimate, RunRequest } from '../../../src-shared/contract/calls/job.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';
import type { ProjectState } from '../../../src-shared/domain/project.ts';
import {
  presetParameters,
  withParameters,
  type Hyperparameters,
} from '../../../src-shared/domain/run-config.ts';
import { networkWeights } from '../../methods/training-work.ts';
import { widthOf } from '../../engine/calibrate.ts';
import type { CalibrationStore } from './calibration-store.ts';
import type { Calibration } from '../../engine/calibrate.ts';
import { planRun, runSizes, totalSeconds, USUAL, type RunPlan, type RunSizes } from './run-plan.ts';

/** Memory of a run of next to nothing. */
const BASE_BYTES = 440e6;
/** Copies of every weight: itself, packed for products, gradient, Adam's two moments, best so far, checkpoint. */
const COPIES = 8;
/** Imputed values go by in blocks, whose memory is not given back at once; by this many bytes it is. */
const MOST_IMPUTED = 512e6;
const LONG = 24 * 3600;

/** Expected time and memory of a run. Throws a UserError when a dataset or hyperparameter is missing or wrong. */
export async function estimateRun(
  { spatial, reference, sharedGenes }: ProjectState,
  request: RunRequest,
  store: CalibrationStore,
  busy: boolean,
): Promise<Estimate> {
  if (spatial === null || reference === null) {
    throw new UserError('Import a spatial and a reference dataset first; then the time can be estimated.');
  }
  const parameters = parametersOf(request);
  const width = widthOf(parameters);
  // Beside a running job a measurement would be of what is left of the machine.
  const measured = await (busy
    ? store.known(request.backend, width)
    : store.measured(request.backend, width));
  const shared = sharedGenes ?? Math.min(spatial.genes, reference.genes);
  const sizes = runSizes(spatial, reference, shared, { parameters, genes: request.genes });
  const plan = planRun(sizes, parameters, measured ?? USUAL);
  const steps = plan.stages.reduce((sum, stage) => sum + stage.steps, 0);
  const seconds = totalSeconds(plan);
  const memoryBytes = Math.round(memoryOf(sizes, parameters));
  const at =
    measured === undefined
      ? 'at a usual speed, since another job keeps this machine from being measured'
      : `at the speed measured on this machine (${measured.label})`;
  const basis = `${steps.toLocaleString('en')} training steps ${at}, as if no cell were filtered out.`;
  return { seconds, memoryBytes, steps, basis, warnings: warningsOf(seconds, memoryBytes) };
}

/** Sizes of data that are not there, such as those of a small published pair. */
const NOTHING = { cells: 5000, genes: 2000, files: [] };

/** What the parts of a run take at a given speed. */
export function planOf(request: RunRequest, state: ProjectState, speed: Calibration): RunPlan {
  const parameters = parametersOf(request);
  const { spatial, reference, sharedGenes } = state;
  const [st, sc] = [spatial ?? NOTHING, reference ?? NOTHING];
  const sizes = runSizes(st, sc, sharedGenes ?? 100, { parameters, genes: request.genes });
  return planRun(sizes, parameters, speed);
}

/** Hyperparameters of a request. Throws a UserError naming the one that is wrong. */
export function parametersOf({
  preset,
  parameters,
}: Pick<RunRequest, 'preset' | 'parameters'>): Hyperparameters {
  return withParameters(presetParameters(preset), parameters, 'The settings');
}

/** Bytes; within a third of what runs of 3,000 to 40,000 cells took. */
export function memoryOf(sizes: RunSizes, parameters: Hyperparameters): number {
  const { cells, genes } = sizes;
  const most = parameters['train.maxCells'];
  const values = (count: number, width: number) =>
    4 * width * (count + (most > 0 && count > most ? most : 0));
  const data = values(cells.st, genes.st) + values(cells.sc, genes.sc);
  const imputed = Math.min(4 * cells.st * genes.sc, MOST_IMPUTED);
  return BASE_BYTES + data + 3 * imputed + 4 * COPIES * networkWeights(sizes, parameters);
}

function warningsOf(seconds: number, memoryBytes: number): string[] {
  const warnings: string[] = [];
  const gigabytes = (bytes: number) => (bytes / 1e9).toPrecision(2);
  if (memoryBytes > 0.85 * totalmem()) {
    warnings.push(
      `This needs about ${gigabytes(memoryBytes)} GB of memory, and this machine has ${gigabytes(totalmem())} GB; ` +
        'ask for fewer genes or divide the cells.',
    );
  }
  if (seconds > LONG) {
    warnings.push(
      `This takes about ${Math.round(seconds / 3600)} hours here; the recommended preset is much faster, and so is another backend.`,
    );
  }
  return warnings;
}
