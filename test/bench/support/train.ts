// One training of the paper's networks on made-up processed data, in a process of its own:
// FOLDER BACKEND THREADS EPOCHS1 EPOCHS2. Prints a JSON line: seconds and steps of each stage, the rate of the products.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drain } from '../../../src-shared/contract/drain.ts';
import type { TrainingStage } from '../../../src-shared/domain/loss-point.ts';
import { presetParameters } from '../../../src-shared/domain/run-config.ts';
import { selectBackend, type BackendChoice } from '../../../src-main/backend/select.ts';
import type { MethodData } from '../../../src-main/methods/predictor.ts';
import { noStore, trainMembers } from '../../../src-main/methods/train-members.ts';
import { nativeKernels } from '../../../src-main/backend/kernels.ts';
import { productRate } from '../../../src-main/methods/product-rate.ts';
import { productOperations, productShapes } from '../../../src-main/methods/product-shapes.ts';

interface Meta {
  readonly st: { readonly cells: number; readonly genes: number };
  readonly sc: { readonly cells: number; readonly genes: number };
  readonly shared: { readonly st: readonly number[]; readonly sc: readonly number[] };
}

const [folder, backend, threads, epochs1, epochs2] = process.argv.slice(2) as [
  string,
  BackendChoice,
  string,
  string,
  string,
];
const meta = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8')) as Meta;

function domain(name: 'st' | 'sc') {
  const { cells, genes } = meta[name];
  const bytes = readFileSync(join(folder, `${name}.f32`));
  const values = new Float32Array(cells * genes);
  new Uint8Array(values.buffer).set(bytes);
  const mean = new Float64Array(genes);
  const square = new Float64Array(genes);
  values.forEach((value, i) => {
    mean[i % genes]! += value / cells;
    square[i % genes]! += value ** 2 / cells;
  });
  const sd = mean.map((value, j) => Math.sqrt(Math.max(0, square[j]! - value ** 2)));
  return { values: { rows: cells, columns: genes, values }, mean, sd };
}

const data = {
  spatial: domain('st'),
  reference: domain('sc'),
  shared: {
    names: meta.shared.st.map((i) => `gene ${i}`),
    spatial: Int32Array.from(meta.shared.st),
    reference: Int32Array.from(meta.shared.sc),
  },
} as unknown as MethodData;

const parameters = {
  ...presetParameters('paper'),
  'train.epochsStage1': Number(epochs1),
  'train.epochsStage2': Number(epochs2),
};
const { label } = await selectBackend(backend, { threads: Number(threads) });

/** Seconds and steps of each stage without its first report, in which networks are made and caches fill. */
async function train() {
  const seen = new Map<TrainingStage, { first: number; at: number; last: number; step: number }>();
  await drain(trainMembers(data, parameters, 1, noStore), ({ stage, step }) => {
    const now = performance.now();
    const earlier = seen.get(stage);
    seen.set(stage, earlier ? { ...earlier, last: now, step } : { first: step, at: now, last: now, step });
  });
  return Object.fromEntries(
    [...seen].map(([stage, { first, at, last, step }]) => [
      stage,
      { seconds: (last - at) / 1000, steps: step - first },
    ]),
  );
}

const sizes = {
  cells: { st: meta.st.cells, sc: meta.sc.cells },
  genes: { st: meta.st.genes, sc: meta.sc.genes, shared: meta.shared.st.length },
};
const started = performance.now();
const stages = await train();
const total = (performance.now() - started) / 1000;
const work = Object.fromEntries(
  (['autoencoder-st', 'autoencoder-sc', 'translation'] as const).map((stage) => {
    const shapes = productShapes(stage, sizes, parameters);
    // A BLAS is called directly where there is one.
    const kernels = nativeKernels();
    const directRate = kernels === undefined ? null : productRate(shapes, kernels);
    return [stage, { operations: productOperations(shapes), productRate: productRate(shapes), directRate }];
  }),
);
console.log(JSON.stringify({ label, stages, total, work }));
process.exit(0);
