import type { Random } from '../../src-shared/maths/random.ts';
import type { Dense } from '../matrix/dense.ts';

/** Weights and the gradient that a step gathers for them. */
export interface Parameter extends Dense {
  readonly gradient: Float32Array;
}

const LEARNING_RATE = 1e-3;
const BETA1 = 0.9;
const BETA2 = 0.999;
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
    const rate = LEARNING_RATE / (1 - BETA1 ** this.#steps);
    const root = 1 / Math.sqrt(1 - BETA2 ** this.#steps);
    for (const entry of this.#entries) {
      move(entry, rate, root);
      entry.parameter.gradient.fill(0);
    }
  }
}

function move({ parameter: { values, gradient }, first, second }: Entry, rate: number, root: number): void {
  for (let i = 0; i < values.length; i++) {
    const g = gradient[i]! + WEIGHT_DECAY * values[i]!;
    const m = BETA1 * first[i]! + (1 - BETA1) * g;
    const v = BETA2 * second[i]! + (1 - BETA2) * g * g;
    first[i] = m;
    second[i] = v;
    values[i] = values[i]! - (rate * m) / (Math.sqrt(v) * root + EPSILON);
  }
}
