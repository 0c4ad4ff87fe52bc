/** Weights of Tangram's terms; the names are the authors'. */
export interface TangramWeights {
  /** Cosine similarity of each gene over the spots. */
  readonly genes: number;
  /** Cosine similarity of each spot over the genes. */
  readonly cells: number;
  /** Kullback–Leibler divergence of the density of mapped cells from the density of the spots. */
  readonly density: number;
  /** Entropy of the mapping of each cell. */
  readonly entropy: number;
}

/** The terms of the loss, unweighted, and their weighted sum. */
export interface TangramLoss {
  readonly total: number;
  readonly genes: number;
  readonly cells: number;
  readonly divergence: number;
}

const EPSILON = 1e-8;

/** Dot product over `count` numbers of each, at the given distance from one another. */
function dot(a: Float32Array, i: number, b: Float32Array, j: number, count: number, stride: number): number {
  let sum = 0;
  for (let n = 0, at = 0; n < count; n++, at += stride) sum += a[i + at]! * b[j + at]!;
  return sum;
}

/**
 * Adds `weight` times the gradient of cos(q, t) by q to `gradient` and returns the cosine; profiles are `count`
 * numbers `stride` apart, from `first`: t / (‖q‖ ‖t‖) − cos · q / ‖q‖².
 */
function cosine(
  q: Float32Array,
  t: Float32Array,
  gradient: Float32Array,
  { first, count, stride }: { first: number; count: number; stride: number },
  weight: number,
): number {
  const square = Math.max(dot(q, first, q, first, count, stride), EPSILON ** 2);
  const product = Math.max(Math.sqrt(square * dot(t, first, t, first, count, stride)), EPSILON);
  const value = dot(q, first, t, first, count, stride) / product;
  if (weight === 0) return value;
  const ofTruth = weight / product;
  const ofPrediction = (weight * value) / square;
  for (let n = 0, k = first; n < count; n++, k += stride) {
    gradient[k] = gradient[k]! + ofTruth * t[k]! - ofPrediction * q[k]!;
  }
  return value;
}

/**
 * Tangram's loss without the entropy term, and its gradient by the prediction:
 * −λ_g1 mean over genes of cos(q_g, t_g) − λ_g2 mean over spots of cos(q_j, t_j) + λ_d Σ_j d_j ln(d_j / p_j).
 *
 * @param predicted (genes + 1) × spots: the predicted genes q, then the predicted density p
 * @param truth genes × spots: the measured genes t
 * @param density d, sum 1
 * @param gradient like `predicted`; overwritten
 */
export function tangramLoss(
  predicted: Float32Array,
  truth: Float32Array,
  density: Float64Array,
  weights: TangramWeights,
  gradient: Float32Array,
): TangramLoss {
  const spots = density.length;
  const genes = truth.length / spots;
  gradient.fill(0);
  let overGenes = 0;
  for (let g = 0; g < genes; g++) {
    const profile = { first: g * spots, count: spots, stride: 1 };
    overGenes += cosine(predicted, truth, gradient, profile, -weights.genes / genes);
  }
  let overCells = 0;
  if (weights.cells !== 0) {
    for (let j = 0; j < spots; j++) {
      const profile = { first: j, count: genes, stride: spots };
      overCells += cosine(predicted, truth, gradient, profile, -weights.cells / spots);
    }
  }
  const divergence = addDivergence(predicted, density, weights.density, gradient, genes * spots);
  const terms = { genes: overGenes / genes, cells: overCells / spots, divergence };
  const total = weights.density * divergence - weights.genes * terms.genes - weights.cells * terms.cells;
  return { total, ...terms };
}

/** Σ d ln(d / p); its weighted gradient −d / p goes to `gradient`. Spots without density add nothing. */
function addDivergence(
  predicted: Float32Array,
  density: Float64Array,
  weight: number,
  gradient: Float32Array,
  first: number,
): number {
  let divergence = 0;
  for (let j = 0; j < density.length; j++) {
    const d = density[j]!;
    if (!(d > 0)) continue;
    const p = Math.max(predicted[first + j]!, Number.MIN_VALUE);
    divergence += d * Math.log(d / p);
    gradient[first + j] = (-weight * d) / p;
  }
  return divergence;
}
