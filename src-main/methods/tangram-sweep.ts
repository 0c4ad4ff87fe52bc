import { exponentials as exponentialsOf } from './fast-exponential.ts';

/** Settings of Adam (Kingma & Ba 2015) for one step. */
export interface AdamStep {
  /** 1 for the first step. */
  readonly step: number;
  readonly learningRate: number;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;
/** Moments below these move nothing beside EPSILON; kept at 0, since subnormal numbers are slow. */
const LEAST_MEAN = 1e-25;
const LEAST_SQUARE = 1e-30;

/** The free parameters of a mapping and Adam's moments, sources × spots, and the softmax of each row. */
export class SoftmaxRows {
  readonly rows: number;
  readonly columns: number;
  /** exp(logit − shift): the softmax is this divided by `totals` of its row. */
  readonly exponentials: Float32Array;
  readonly totals: Float64Array;
  readonly #logits: Float32Array;
  readonly #mean: Float32Array;
  readonly #square: Float32Array;
  /** About the logarithm of each row's sum of e^logit. */
  readonly #shift: Float64Array;

  constructor(logits: Float32Array, rows: number, columns: number) {
    this.rows = rows;
    this.columns = columns;
    this.#logits = logits;
    this.#mean = new Float32Array(logits.length);
    this.#square = new Float32Array(logits.length);
    this.#shift = new Float64Array(rows);
    this.exponentials = new Float32Array(logits.length);
    this.totals = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      const row = logits.subarray(i * columns, (i + 1) * columns);
      const into = this.exponentials.subarray(i * columns, (i + 1) * columns);
      this.#shift[i] = row.reduce((a, b) => Math.max(a, b), -Infinity);
      this.totals[i] = exponentialsOf(row, this.#shift[i]!, into);
    }
  }

  /**
   * One step of Adam on the logits of some rows, and their new softmax. With the softmax p of a row and the
   * gradient d of the loss by p, the gradient by the logits is p (d − Σ p d).
   *
   * @param byProbability gradient by the softmax of the rows from `first` on; the entropy's part is added to it
   * @param entropy λ_r of the term −λ_r Σ p ln p, whose gradient by p is −λ_r (ln p + 1)
   */
  update(byProbability: Float32Array, first: number, { step, learningRate }: AdamStep, entropy = 0): void {
    const size = learningRate / (1 - BETA1 ** step);
    const scale = 1 / Math.sqrt(1 - BETA2 ** step);
    const rows = byProbability.length / this.columns;
    for (let i = 0; i < rows; i++) {
      const gradients = byProbability.subarray(i * this.columns, (i + 1) * this.columns);
      this.#updateRow(gradients, first + i, size, scale, entropy);
    }
  }

  #updateRow(gradients: Float32Array, i: number, size: number, scale: number, entropy: number): void {
    const row = (values: Float32Array) => values.subarray(i * this.columns, (i + 1) * this.columns);
    const [exponentials, logits] = [row(this.exponentials), row(this.#logits)];
    const inverse = 1 / this.totals[i]!;
    if (entropy !== 0) addEntropy(exponentials, gradients, inverse, entropy);
    adamRow(exponentials, gradients, logits, row(this.#mean), row(this.#square), inverse, size, scale);
    // Logits move little in a step, so what would have made the last total 1 keeps the exponentials in range.
    this.#shift[i] = this.#shift[i]! + Math.log(this.totals[i]!);
    this.totals[i] = exponentialsOf(logits, this.#shift[i], exponentials);
  }
}

function addEntropy(
  exponentials: Float32Array,
  gradients: Float32Array,
  inverse: number,
  entropy: number,
): void {
  for (let k = 0; k < gradients.length; k++) {
    const p = exponentials[k]! * inverse;
    if (p > 0) gradients[k] = gradients[k]! - entropy * (Math.log(p) + 1);
  }
}

/** Loops apart from the class, and short: the compiler makes three times faster code of them. */
function adamRow(
  exponentials: Float32Array,
  gradients: Float32Array,
  logits: Float32Array,
  means: Float32Array,
  squares: Float32Array,
  inverse: number,
  size: number,
  scale: number,
): void {
  const count = logits.length;
  const [beta1, beta2, epsilon] = [BETA1, BETA2, EPSILON];
  const [leastMean, leastSquare] = [LEAST_MEAN, LEAST_SQUARE];
  let weighted = 0;
  for (let k = 0; k < count; k++) weighted += exponentials[k]! * gradients[k]!;
  weighted *= inverse;
  for (let k = 0; k < count; k++) {
    const gradient = exponentials[k]! * inverse * (gradients[k]! - weighted);
    const mean = beta1 * means[k]! + (1 - beta1) * gradient;
    const square = beta2 * squares[k]! + (1 - beta2) * gradient * gradient;
    means[k] = Math.abs(mean) < leastMean ? 0 : mean;
    squares[k] = square < leastSquare ? 0 : square;
    logits[k] = logits[k]! - (size * mean) / (Math.sqrt(square) * scale + epsilon);
  }
}
