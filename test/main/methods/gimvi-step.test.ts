import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../../src-main/backend/select.ts';
import type { Dense } from '../../../src-main/matrix/dense.ts';
import { logsOf, rowSums } from '../../../src-main/methods/gimvi-batches.ts';
import type { Block } from '../../../src-main/methods/gimvi-block.ts';
import type { Linear } from '../../../src-main/methods/gimvi-linear.ts';
import { DomainClassifier, GimviNetwork, type Draws } from '../../../src-main/methods/gimvi-network.ts';
import { gimviPredictor } from '../../../src-main/methods/gimvi-predictor.ts';
import {
  gatherClassifierGradients,
  gatherNetworkGradients,
  gimviStep,
} from '../../../src-main/methods/gimvi-step.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { transposed } from '../../helpers/golden-checks/deviation.ts';
import { relativeMaximum } from '../../helpers/golden.ts';
import type { Golden } from '../../helpers/shared-folder.ts';

type State = Readonly<Record<string, Golden>>;

/** scvi-tools' module on a toy: 7 reference genes, the first 5 spatial; see test/reference/gimvi.py. */
interface Step {
  readonly kl_weight: number;
  readonly kappa: number;
  readonly library: { readonly mean: number; readonly variance: number };
  readonly x: readonly [Golden, Golden];
  readonly noise: readonly Golden[];
  readonly before: { readonly module: State; readonly classifier: State };
  readonly after: { readonly module: State; readonly classifier: State };
  /** Before the first update. */
  readonly gradients: State;
  readonly classifier_gradients: State;
  readonly rate: Golden;
}

const step = JSON.parse(
  readFileSync(new URL('../../reference/gimvi-step.json', import.meta.url), 'utf8'),
) as Step;
const [reference, spatial] = step.x.map(dense) as [Dense, Dense];

function dense({ shape, data }: Golden): Dense {
  return { rows: shape[0]!, columns: shape[1]!, values: Float32Array.from(data) };
}

const joined = (...parts: (Golden | undefined)[]): Golden => ({
  shape: [0],
  data: parts.flatMap((part) => part!.data),
});

/** Rows of stacked PyTorch weights as our inputs × outputs. */
const stackedRows = (...parts: (Golden | undefined)[]): Golden =>
  transposed({
    shape: [parts.reduce((sum, part) => sum + part!.shape[0]!, 0), parts[0]!.shape[1]!],
    data: joined(...parts).data,
  });

const minus = (a: Golden, b: Golden): Golden => ({
  shape: a.shape,
  data: a.data.map((value, i) => value - b.data[i]!),
});

type Named = readonly (readonly [string, Float32Array, Golden])[];
/** What of each parameter is set beside PyTorch's. */
type Kind = 'values' | 'gradient';

function ofBlock(name: string, block: Block, state: State, kind: Kind, layer = 0): Named {
  const part = (key: string) => state[`${name}.fc_layers.Layer ${layer}.${key}`]!;
  return [
    [`${name} weights`, block.weights[kind], transposed(part('0.weight'))],
    [`${name} gamma`, block.gamma[kind], part('1.weight')],
    [`${name} beta`, block.beta[kind], part('1.bias')],
  ];
}

function runningOf(name: string, block: Block, state: State, layer = 0): Named {
  const part = (key: string) => state[`${name}.fc_layers.Layer ${layer}.${key}`]!;
  return [
    [`${name} variance`, block.runningVariance, part('1.running_var')],
    // Without the Linear's bias, which we leave out.
    [`${name} mean`, block.runningMean, minus(part('1.running_mean'), part('0.bias'))],
  ];
}

function ofLinear(linear: Linear, state: State, kind: Kind, ...parts: string[]): Named {
  const keyed = (key: string) => parts.map((part) => state[`${part}.${key}`]);
  return [
    [`${parts[0]} weights`, linear.weights[kind], stackedRows(...keyed('weight'))],
    [`${parts[0]} bias`, linear.bias[kind], joined(...keyed('bias'))],
  ];
}

const blocksOf = ({ own, shared }: GimviNetwork): readonly (readonly [string, Block])[] => [
  ['z_encoder.encoders.0', own[0]],
  ['z_encoder.encoders.1', own[1]],
  ['z_encoder.encoder_shared', shared],
];

function parametersOf(network: GimviNetwork, state: State, kind: Kind): Named {
  const dispersions = transposed(state['px_r']!).data;
  const [reference, spatial] = network.dispersions;
  const blocks = [...blocksOf(network), ['l_encoders.0.encoder', network.libraryBlock] as const];
  return [
    ...blocks.flatMap(([name, block]) => ofBlock(name, block, state, kind)),
    ...ofLinear(network.posterior, state, kind, 'z_encoder.mean_encoder', 'z_encoder.var_encoder'),
    ...ofLinear(network.library, state, kind, 'l_encoders.0.mean_encoder', 'l_encoders.0.var_encoder'),
    ...ofLinear(network.decoder, state, kind, 'decoder.px_scale_decoder.0', 'decoder.px_dropout_decoder'),
    ['r reference', reference[kind], { shape: [7], data: dispersions.slice(0, 7) }],
    ['r spatial', spatial[kind], { shape: [5], data: dispersions.slice(7, 12) }],
  ];
}

function classifierOf({ blocks, logits }: DomainClassifier, state: State, kind: Kind): Named {
  return [
    ...blocks.flatMap((block, layer) => ofBlock('classifier.0', block, state, kind, layer)),
    ...ofLinear(logits, state, kind, 'classifier.1'),
  ];
}

/** All that a step moves. */
function everything(network: GimviNetwork, classifier: DomainClassifier, state: Step['before']): Named {
  return [
    ...parametersOf(network, state.module, 'values'),
    ...classifierOf(classifier, state.classifier, 'values'),
    // scvi-tools runs the library's block once more in a step; its running statistics are never used.
    ...blocksOf(network).flatMap(([name, block]) => runningOf(name, block, state.module)),
    ...classifier.blocks.flatMap((block, layer) => runningOf('classifier.0', block, state.classifier, layer)),
  ];
}

/** PyTorch's draws; it draws z of the reference, its library size, then z of the spatial cells. */
function recordedDraws(): Draws {
  const [z0, l, z1, again0, , again1] = step.noise;
  const order = [joined(z0, z1), l!, joined(again0, again1)];
  return {
    mask: () => undefined,
    normal: (length) => {
      const next = order.shift()!;
      expect(next.data.length).toBe(length);
      return Float32Array.from(next.data);
    },
  };
}

/** Networks with the recorded weights. */
function start() {
  const random = new Random(1);
  const sizes = { reference: 7, spatial: 5, latent: 3, hidden: 6, libraryHidden: 4, dropout: 0 };
  const network = new GimviNetwork(sizes, random);
  const classifier = new DomainClassifier(3, 5, 0, random);
  for (const [, ours, theirs] of everything(network, classifier, step.before)) ours.set(theirs.data);
  return { network, classifier };
}

const batch = {
  counts: [reference, spatial],
  logs: [logsOf(reference), logsOf(spatial)],
  spatialTotals: rowSums(spatial),
} as const;
const objective = { libraryPrior: step.library, klWeight: step.kl_weight, kappa: step.kappa };

describe.each(['wasm', 'cpu'] as const)('one step agrees with scvi-tools (%s)', (backend) => {
  beforeAll(async () => {
    await selectBackend(backend, { threads: 1 });
  });

  it('has its gradients', () => {
    const { network, classifier } = start();
    const draws = recordedDraws();
    gatherNetworkGradients(network, classifier, batch, objective, draws);
    const gradients = parametersOf(network, step.gradients, 'gradient');
    for (const [name, ours, theirs] of gradients)
      expect(relativeMaximum(ours, theirs), name).toBeLessThan(1e-5);
    network.parameters.update();
    gatherClassifierGradients(network, classifier, batch, objective, draws);
    const judged = classifierOf(classifier, step.classifier_gradients, 'gradient');
    for (const [name, ours, theirs] of judged) expect(relativeMaximum(ours, theirs), name).toBeLessThan(1e-5);
  });

  it('moves every weight alike, and imputes alike afterwards', () => {
    const { network, classifier } = start();
    gimviStep(network, classifier, batch, objective, recordedDraws());
    const before = everything(network, classifier, step.before);
    const after = everything(network, classifier, step.after);
    for (const [i, [name, ours, theirs]] of after.entries()) {
      const golden = before[i]![2];
      const moved = Float64Array.from(ours, (value, j) => value - golden.data[j]!);
      // A move is 1e-3 at most, of weights near 1 in single precision.
      expect(relativeMaximum(moved, minus(theirs, golden)), name).toBeLessThan(2e-3);
    }
    const genes = Int32Array.from({ length: 7 }, (_, i) => i);
    const predictor = gimviPredictor({ network, spatial, genes, processed: (count) => count });
    const predicted = predictor.at(Int32Array.from({ length: 8 }, (_, i) => i))(genes);
    expect(relativeMaximum(predicted, step.rate)).toBeLessThan(1e-5);
  });
});
