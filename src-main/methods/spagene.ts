import type { StopSignal } from '../../src-shared/contract/errors.ts';
import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';
import { spreadRows } from '../matrix/affine-view.ts';
import { learnWeights, type LearnedWeights } from './blend-weights.ts';
import { Combination } from './combination.ts';
import { neighbourPredictor } from './nearest-neighbours.ts';
import { networkPredictor } from './network-predictor.ts';
import { chooseAlpha, chooseSpread, correlations, unseenGenes } from './out-of-sample.ts';
import type { MethodData, Predictor } from './predictor.ts';
import { ridgePredictor, RidgeEquations } from './ridge.ts';
import type { TrainedMember } from './train-members.ts';

/** How the networks and the floors were put together; goes into the report. */
export interface BlendReport {
  readonly candidates: readonly string[];
  readonly weights: readonly number[];
  /** Mean correlation on genes set aside, of the blend and of each candidate alone, and over how many genes. */
  readonly innerScore: number;
  readonly innerScoreAlone: readonly number[];
  readonly innerGenes: number;
  readonly ridgeAlpha: number;
  /** κ: sd of the result as a share of the reference's sd. */
  readonly spread: number;
}

/** What the app delivers: the networks, blended with the floors where the configuration says so. */
export interface Delivered {
  readonly predictor: Predictor;
  readonly blend: BlendReport | undefined;
}

const BLEND_CELLS = 4096;

/**
 * Puts the result together (docs/method.md, "Blend"). The weights, ridge's α and the spread are learned on genes
 * that the network and the floor in question have not seen; the floors of the result use all shared genes.
 *
 * @param data all cells, those that are imputed
 * @param sample the cells that everything is fitted on
 * @param members the trained networks; disposed with the result
 */
export async function deliver(
  data: MethodData,
  sample: MethodData,
  members: readonly TrainedMember[],
  parameters: Hyperparameters,
  stop?: StopSignal,
): Promise<Delivered> {
  const networks = members.map(({ data: { st }, path }) =>
    networkPredictor(data, { ...st, source: data.spatial.values }, path, parameters),
  );
  const floors = parameters['blend.floors'];
  if (floors === 'none') return { predictor: average(networks), blend: undefined };
  const neighbours = floors === 'ridge-knn';
  const rows = spreadRows(data.spatial.values.rows, BLEND_CELLS);
  const folds = foldsOf(members, networks, parameters['train.innerFolds']);
  const equations = new RidgeEquations(data);
  const ridgeAlpha = await chooseAlpha(data, equations, folds, rows, stop);
  // The nearest neighbours are sought in the sample; with 100,000 reference cells nothing else is affordable.
  const near = { ...data, reference: sample.reference };
  const floorsWithout = (inputs: Int32Array, targets: Int32Array) => [
    ridgePredictor(data, equations, { inputs, targets, alpha: ridgeAlpha }),
    ...(neighbours ? [neighbourPredictor(near, inputs)] : []),
  ];
  const unseen = await unseenGenes(data, folds, rows, floorsWithout, stop);
  const learned = learnWeights(unseen.map(correlations), neighbours ? [0.5, 0.5, 0] : [0.5, 0.5]);
  const spread = chooseSpread(data, unseen, learned.weights);
  const candidates = [
    ridgePredictor(data, equations, { alpha: ridgeAlpha }),
    ...(neighbours ? [neighbourPredictor(near)] : []),
  ];
  const parts = { networks, floors: candidates, weights: learned.weights, spread };
  return { predictor: new Combination(data, parts), blend: report(learned, ridgeAlpha, spread, neighbours) };
}

/** Each set of inner genes once, with the first network that has not seen it. */
function foldsOf(members: readonly TrainedMember[], networks: readonly Predictor[], folds: number) {
  return members
    .slice(0, folds)
    .map((member, i) => ({ inner: member.data.inner, network: networks[i]! }))
    .filter(({ inner }) => inner.length > 0);
}

function report(
  { weights, score, alone, genes }: LearnedWeights,
  ridgeAlpha: number,
  spread: number,
  neighbours: boolean,
): BlendReport {
  return {
    candidates: ['network', 'ridge', ...(neighbours ? ['knn'] : [])],
    weights,
    innerScore: score,
    innerScoreAlone: alone,
    innerGenes: genes,
    ridgeAlpha,
    spread,
  };
}

/** The plain mean of several networks' predictions. */
function average(networks: readonly Predictor[]): Predictor {
  return {
    name: 'spagene',
    at: (rows) => {
      const predictions = networks.map((network) => network.at(rows));
      return (genes) => {
        const all = predictions.map((predict) => predict(genes));
        return all[0]!.map((_, i) => all.reduce((sum, values) => sum + values[i]!, 0) / all.length);
      };
    },
    dispose: () => networks.forEach((network) => network.dispose()),
  };
}
