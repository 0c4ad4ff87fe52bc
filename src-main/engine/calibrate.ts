import { z } from 'zod';
import { drain } from '../../src-shared/contract/drain.ts';
import type { TrainingStage } from '../../src-shared/domain/loss-point.ts';
import { presetParameters, type Hyperparameters } from '../../src-shared/domain/run-config.ts';
import { Random } from '../../src-shared/maths/random.ts';
import { median } from '../../src-shared/maths/statistics.ts';
import type { BackendChoice, BackendName, BackendOptions } from '../backend/select.ts';
import type { ImputationPath } from '../methods/network-predictor.ts';
import { noStore, trainMembers } from '../methods/train-members.ts';
import { stageWork, type TrainingSizes } from '../methods/training-work.ts';
import type { MethodData } from '../methods/predictor.ts';
import type { FrozenNetwork } from '../model/network.ts';
import { startBackend } from './start-backend.ts';

/** A step takes `overhead + perWork × multiply-adds` seconds. */
const rate = z.strictObject({ overhead: z.number().nonnegative(), perWork: z.number().positive() });

/** How fast this machine trains, measured on a few real steps of two sizes. */
export const calibration = z.strictObject({
  label: z.string(),
  autoencoder: rate,
  translation: rate,
});
export type Calibration = z.infer<typeof calibration>;
type Rate = z.infer<typeof rate>;

/** Networks of the widths that run on one thread, and of those that take all. */
export type Width = 'narrow' | 'wide';

/** What is measured: a preset's networks, and the same at half their widths and fewer genes. */
const cases = {
  narrow: { preset: 'recommended', warmUp: 4, measured: 12 },
  wide: { preset: 'paper', warmUp: 1, measured: 3 },
} as const;

const CELLS = 128;
/** Steps that are not counted, in which caches fill. */
const WARM_UP = 1;
const scales = [
  { divisor: 2, panel: 60, genes: 600 },
  { divisor: 1, panel: 200, genes: 2000 },
] as const;

/** Layers up to this width are so small that a second thread costs more than it brings (docs/backends.md). */
export const SINGLE_THREAD_WIDTH = 512;

/** The kind of networks that a configuration has. */
export function widthOf(parameters: Hyperparameters): Width {
  return Math.max(...parameters['network.encoder']) > SINGLE_THREAD_WIDTH ? 'wide' : 'narrow';
}

/** Threads that a run takes. */
export function threadsFor(parameters: Hyperparameters): BackendOptions {
  const all = widthOf(parameters) === 'wide' || process.env['SPAGENE_THREADS'] !== undefined;
  return all ? {} : { threads: 1 };
}

/** Steps that are measured to tell speeds, and to tell the faster of two backends that differ by more than noise. */
const STEPS = { speed: { narrow: 8, wide: 3 }, comparison: { narrow: 2, wide: 1 } } as const;
type Purpose = keyof typeof STEPS;

/** Sizes and parameters that the speed of this machine is measured on: a preset's networks of a width. */
export function calibrationCase(
  width: Width,
  purpose: Purpose = 'speed',
): {
  readonly parameters: Hyperparameters;
  readonly size: TrainingSizes;
} {
  const short = { warmUp: WARM_UP, measured: STEPS[purpose][width] };
  const { panel, genes } = scales[1];
  const size = { cells: { st: CELLS, sc: CELLS }, genes: { st: panel, sc: genes, shared: panel } };
  return { parameters: parametersOf(width, 1, short), size };
}

/** Median seconds of a step of each stage of {@link calibrationCase} on the current backend. */
export function stageSeconds(width: Width, purpose: Purpose = 'speed'): Promise<Map<TrainingStage, number>> {
  const { parameters, size } = calibrationCase(width, purpose);
  return secondsOfSteps(madeUp(size), parameters, WARM_UP);
}

/**
 * Seconds of one step of every stage together, on networks of a width: a short measurement, to compare backends.
 * Leaves that backend the current one. Throws a UserError when it cannot be used.
 */
export async function stepSeconds(backend: BackendName, width: Width): Promise<number> {
  await startBackend(backend, threadsFor(calibrationCase(width).parameters));
  const seconds = await stageSeconds(width, 'comparison');
  return [...seconds.values()].reduce((sum, value) => sum + value, 0);
}

/** Trains a few steps of made-up data. Throws a UserError when the backend cannot be used. */
export async function calibrate(choice: BackendChoice, width: Width): Promise<Calibration> {
  const sizes = scales.map(({ divisor, panel, genes }) => ({
    parameters: parametersOf(width, divisor),
    size: { cells: { st: CELLS, sc: CELLS }, genes: { st: panel, sc: genes, shared: panel } },
  }));
  const { label } = await startBackend(choice, threadsFor(sizes[1]!.parameters));
  const measured: ReadonlyMap<TrainingStage, number>[] = [];
  for (const { parameters, size } of sizes) {
    measured.push(await secondsOfSteps(madeUp(size), parameters, cases[width].warmUp));
  }
  const line = (stage: TrainingStage): Rate => {
    const [small, large] = sizes.map(({ parameters, size }, i) => ({
      work: stageWork(stage, size, parameters).perStep,
      seconds: measured[i]!.get(stage)!,
    }));
    return through(small!, large!);
  };
  return { label, autoencoder: line('autoencoder-sc'), translation: line('translation') };
}

function parametersOf(
  width: Width,
  divisor: number,
  { warmUp, measured }: { readonly warmUp: number; readonly measured: number } = cases[width],
): Hyperparameters {
  const full = presetParameters(cases[width].preset);
  const narrower = (widths: readonly number[]) => widths.map((units) => Math.ceil(units / divisor));
  return {
    ...full,
    'network.encoder': narrower(full['network.encoder']),
    'network.translatorStSc': narrower(full['network.translatorStSc']),
    'network.translatorScSt': narrower(full['network.translatorScSt']),
    'network.discriminator': narrower(full['network.discriminator']),
    'network.latentSt': Math.ceil(full['network.latentSt'] / divisor),
    'network.latentSc': Math.ceil(full['network.latentSc'] / divisor),
    'ensemble.members': 1,
    'train.batch': CELLS,
    'train.epochsStage1': warmUp + measured,
    'train.epochsStage2': warmUp + measured,
    'train.select': 'last',
  };
}

/** Median seconds of a step of each stage. */
async function secondsOfSteps(
  data: MethodData,
  parameters: Hyperparameters,
  warmUp: number,
): Promise<Map<TrainingStage, number>> {
  const times = new Map<TrainingStage, number[]>();
  let last = performance.now();
  // With one batch in an epoch every step is told.
  const members = await drain(trainMembers(data, parameters, 1, noStore), ({ stage, step }) => {
    const now = performance.now();
    if (step >= warmUp) times.set(stage, [...(times.get(stage) ?? []), (now - last) / 1000]);
    last = now;
  });
  for (const { path } of members) for (const network of networksOf(path)) network.dispose();
  return new Map([...times].map(([stage, seconds]) => [stage, median(seconds)]));
}

function networksOf({ encodeSt, translate, decodeSc }: ImputationPath): FrozenNetwork[] {
  return [encodeSt, translate, decodeSc];
}

/** The line through two measurements; a smaller one that was not faster says nothing about an overhead. */
function through(small: { work: number; seconds: number }, large: { work: number; seconds: number }): Rate {
  const perWork = (large.seconds - small.seconds) / (large.work - small.work);
  const overhead = small.seconds - perWork * small.work;
  return perWork > 0 && overhead >= 0
    ? { overhead, perWork }
    : { overhead: 0, perWork: large.seconds / large.work };
}

/** Random data of the given sizes, as far as the training of networks looks at them. */
function madeUp({ cells, genes }: TrainingSizes): MethodData {
  const random = new Random(1, 'calibration');
  const domain = (rows: number, columns: number) => ({
    values: { rows, columns, values: Float32Array.from({ length: rows * columns }, () => random.uniform()) },
    mean: new Float64Array(columns).fill(0.5),
    sd: new Float64Array(columns).fill(0.3),
  });
  const all = Int32Array.from({ length: genes.shared }, (_, i) => i);
  const shared = { names: Array.from(all, (i) => `gene ${i}`), spatial: all, reference: all };
  return { spatial: domain(cells.st, genes.st), reference: domain(cells.sc, genes.sc), shared } as never;
}
