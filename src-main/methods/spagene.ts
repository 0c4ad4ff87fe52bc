import type { StopSignal } from '../../src-shared/contract/errors.ts';
import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';
import { spreadRows } from '../matrix/affine-view.ts';
import { learnWeights, type LearnedWeights } from './blend-weights.ts';
import { Combination } from './combination.ts';
import { Forecast } from './forecast.ts';
import { neighbourPredictor } from './nearest-neighbours.ts';
import { networkPredictor } from './network-predictor.ts';
import { Depth, DEPTHS } from './depth.ts';
import {
  chooseAlphas,
  chooseShape,
  correlations,
  judged,
  unseenGenes,
  type JudgedGene,
  type Shape,
  type UnseenGene,
} from './out-of-sample.ts';
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
  /** γ: predictions on count scale are multiplied by (a cell's depth / the median depth)^γ. */
  readonly depth: number;
  /** κ: sd of the result as a share of the reference's sd. */
  readonly spread: number;
  /** c: largest z-score of the result; null where nothing is cut. */
  readonly ceiling: number | null;
}

/** What the app delivers: the networks, blended with the floors where the configuration says so. */
export interface Delivered {
  readonly predictor: Predictor;
  readonly blend: BlendReport | undefined;
  /** How far each gene can be trusted; undefined where no genes were set aside to learn it from. */
  readonly forecast: Forecast | undefined;
}

const BLEND_CELLS = 4096;
/** Penalty of the panel's R² where no blend has chosen one. */
const FORECAST_ALPHA = 1000;

/**
 * Puts the result together (docs/method.md, "Blend"). The weights, ridge's α, the spread and the expected accuracy
 * are learned on genes that the network and the floor in question have not seen; the floors of the result use all
 * shared genes.
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
  const folds = foldsOf(members, networks, parameters['train.innerFolds']);
  const rows = spreadRows(data.spatial.values.rows, BLEND_CELLS);
  const equations = new RidgeEquations(data);
  const scale = new Depth(data);
  const deepens = parameters['blend.depth'] === 'learned' && folds.length > 0 && Depth.applies(data);
  const exponents = deepens ? DEPTHS : [0];
  const floors = parameters['blend.floors'];
  const alphas =
    floors === 'none'
      ? exponents.map(() => FORECAST_ALPHA)
      : await chooseAlphas(data, equations, folds, rows, scale, exponents, stop);
  // The nearest neighbours are sought in the sample; with 100,000 reference cells nothing else is affordable.
  const near = { ...data, reference: sample.reference };
  const fitFloors = (
    penalties: readonly number[],
    options: { inputs?: Int32Array; targets?: Int32Array },
  ) => [
    ...(floors === 'none'
      ? []
      : penalties.map((alpha) => ridgePredictor(data, equations, { ...options, alpha }))),
    ...(floors === 'ridge-knn' ? [neighbourPredictor(near, options.inputs)] : []),
  ];
  const penalties = [...new Set(alphas)];
  const without = (inputs: Int32Array, targets: Int32Array) => fitFloors(penalties, { inputs, targets });
  const unseen = await unseenGenes(data, folds, rows, scale, without, stop);
  const chosen = chooseBlend(unseen, scale, floors, exponents, alphas);
  const { alpha, exponent, learned, deep, plain } = chosen;
  const fitted = fitFloors([alpha], {});
  const forecast = Forecast.learn(
    { data, equations, alpha, networks, floors: fitted },
    folds,
    { plain, deep },
    learned.weights,
  );
  if (floors === 'none' && !deepens) return { predictor: average(networks), blend: undefined, forecast };
  const shape = chooseShape(data, deep, learned.weights);
  const parts = { networks, floors: fitted, weights: learned.weights, shape, depth: exponent };
  return { predictor: new Combination(data, scale, parts), blend: report(chosen, shape, floors), forecast };
}

type Floors = Hyperparameters['blend.floors'];

const CANDIDATES: Readonly<Record<Floors, readonly string[]>> = {
  none: ['network'],
  ridge: ['network', 'ridge'],
  'ridge-knn': ['network', 'ridge', 'knn'],
};

/** Weights that are taken without evidence. */
const PRIORS: Readonly<Record<Floors, readonly number[]>> = {
  none: [1],
  ridge: [0.5, 0.5],
  'ridge-knn': [0.5, 0.5, 0],
};

/** What was learned on the genes set aside. */
interface ChosenBlend {
  readonly alpha: number;
  readonly exponent: number;
  readonly learned: LearnedWeights;
  readonly deep: readonly JudgedGene[];
  readonly plain: readonly JudgedGene[];
}

/** The depth exponent whose blend, with its own penalty and weights, does best on the genes set aside. */
function chooseBlend(
  unseen: readonly UnseenGene[],
  scale: Depth,
  floors: Floors,
  exponents: readonly number[],
  alphas: readonly number[],
): ChosenBlend {
  const penalties = [...new Set(alphas)];
  const judge = (exponent: number, alpha: number) => {
    // The network comes first, then ridge with each penalty, then the neighbours.
    const ridge = floors === 'none' ? [] : [1 + penalties.indexOf(alpha)];
    const candidates = [0, ...ridge, ...(floors === 'ridge-knn' ? [1 + penalties.length] : [])];
    return unseen.map((gene) => judged(gene, scale, exponent, candidates));
  };
  const learned = exponents.map((exponent, i) =>
    learnWeights(judge(exponent, alphas[i]!).map(correlations), PRIORS[floors]),
  );
  const scores = learned.map(({ score }) => score);
  const best = scores.indexOf(Math.max(...scores));
  const [alpha, exponent] = [alphas[best]!, exponents[best]!];
  return { alpha, exponent, learned: learned[best]!, deep: judge(exponent, alpha), plain: judge(0, alpha) };
}

/** Each set of inner genes once, with the first network that has not seen it. */
function foldsOf(members: readonly TrainedMember[], networks: readonly Predictor[], folds: number) {
  return members
    .slice(0, folds)
    .map((member, i) => ({ inner: member.data.inner, network: networks[i]! }))
    .filter(({ inner }) => inner.length > 0);
}

function report({ alpha, exponent, learned }: ChosenBlend, shape: Shape, floors: Floors): BlendReport {
  const { weights, score, alone, genes } = learned;
  return {
    candidates: CANDIDATES[floors],
    weights,
    innerScore: score,
    innerScoreAlone: alone,
    innerGenes: genes,
    ridgeAlpha: alpha,
    depth: exponent,
    spread: shape.spread,
    ceiling: Number.isFinite(shape.ceiling) ? shape.ceiling : null,
  };
}

/** The plain mean of several networks' predictions. */
function average(networks: readonly Predictor[]): Predictor {
  return {
    name: 'spagene',
    at: (rows) => {
      const predictions = networks.map((network) => network.at(rows));
      return (genes) => {
        const sums = new Float64Array(rows.length * genes.length);
        for (const predict of predictions) addTo(sums, predict(genes));
        return Float32Array.from(sums, (sum) => sum / predictions.length);
      };
    },
    dispose: () => networks.forEach((network) => network.dispose()),
  };
}

function addTo(sums: Float64Array, values: Float32Array): void {
  for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + values[i]!;
}
