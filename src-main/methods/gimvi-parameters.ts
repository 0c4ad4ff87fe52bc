import type { Random } from '../../src-shared/maths/random.ts';
import type { Dense } from '../matrix/dense.ts';
import { adamSweep, stepNumbers } from '../model/adam.ts';

/** Weights and the gradient that a step gathers for them. */
export interface Parameter extends Dense {
  readonly gradient: Float32Array;
}

const LEARNING_RATE = 1e-3;
/** scvi-tools' own choice; PyTorch's is 1e-8. */
const EPSILON = 0.01;
const WEIGHT_DECAY = 1e-6;

interface Entry {
  readonly parameter: Parameter;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/**
 * The parameters that one optimiser moves: Adam (Kingma & Ba 2015) with the L2 decay in the gradient and the
 * settings of scvi-tools' training plan (learning rate 1e-3, ε 0.01, weight decay 1e-6).
 */
export class Parameters {
  readonly #entries: Entry[] = [];
  readonly #random: Random;
  #steps = 0;

  /** @param random where initial weights come from */
  constructor(random: Random) {
    this.#random = random;
  }

  /** rows × columns of one value. */
  filled(rows: number, columns: number, value: number): Parameter {
    return this.#register(rows, columns, () => value);
  }

  /** rows × columns of U(±1/√inputs), as PyTorch draws a Linear's weights and bias. */
  uniform(rows: number, columns: number, inputs: number): Parameter {
    const bound = 1 / Math.sqrt(inputs);
    return this.#register(rows, columns, () => (2 * this.#random.uniform() - 1) * bound);
  }

  /** rows × columns of standard normal deviates. */
  normal(rows: number, columns: number): Parameter {
    return this.#register(rows, columns, () => this.#random.normal());
  }

  #register(rows: number, columns: number, draw: () => number): Parameter {
    const length = rows * columns;
    const values = Float32Array.from({ length }, draw);
    const parameter = { rows, columns, values, gradient: new Float32Array(length) };
    this.#entries.push({
      parameter,
      first: new Float32Array(length),
      second: new Float32Array(length),
    });
    return parameter;
  }

  /** One update by the gathered gradients, which are zero afterwards. */
  update(): void {
    this.#steps += 1;
    const numbers = stepNumbers(this.#steps, LEARNING_RATE, WEIGHT_DECAY, EPSILON);
    for (const { parameter, first, second } of this.#entries) {
      const { values, gradient } = parameter;
      adamSweep(values, values, gradient, first, second, numbers);
      gradient.fill(0);
    }
  }
}
