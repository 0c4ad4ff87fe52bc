import * as tf from '@tensorflow/tfjs-core';
import { computesOnDevice } from '../backend/device.ts';
import { heapNumbers, onHost } from '../backend/host-kernel.ts';
import { nativeKernels } from '../backend/kernels.ts';
import { updateOnDevice } from './adam-on-device.ts';
import { dropHeld } from './held-on-device.ts';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** The numbers of one step: η / (1 − β₁ᵗ), 1 / √(1 − β₂ᵗ), the weight decay λ, and ε. */
export interface StepNumbers {
  readonly rate: number;
  readonly root: number;
  readonly decay: number;
  readonly epsilon: number;
}

/** The numbers of update t (from 1). */
export function stepNumbers(t: number, learningRate: number, decay: number, epsilon = EPSILON): StepNumbers {
  return {
    rate: learningRate / (1 - BETA1 ** t),
    root: 1 / Math.sqrt(1 - BETA2 ** t),
    decay,
    epsilon,
  };
}

/** Values of a parameter as they were last written, the tensor data that they are in, and an array to write next. */
interface Copies {
  last: Float32Array | undefined;
  spare: Float32Array | undefined;
  of: object | undefined;
}

/**
 * Adam with L2 weight decay added to the gradient, as PyTorch's Adam does (Kingma & Ba 2015):
 * g ← g + λ p; m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; p ← p − η (m / c₁) / (√(v / c₂) + ε).
 * Parameters without a gradient are treated as having a zero one: decay still moves them.
 */
export class Adam {
  readonly parameters: readonly tf.Variable[];
  readonly weightDecay: number;
  readonly #first: Float32Array[];
  readonly #second: Float32Array[];
  readonly #copies: Copies[];
  /** Number of updates made. */
  steps = 0;

  constructor(parameters: readonly tf.Variable[], weightDecay = 0) {
    const zeros = () => parameters.map((parameter) => new Float32Array(parameter.size));
    this.parameters = parameters;
    this.weightDecay = weightDecay;
    this.#first = zeros();
    this.#second = zeros();
    this.#copies = parameters.map(() => ({ last: undefined, spare: undefined, of: undefined }));
  }

  /** One update of every parameter. `gradients` is keyed by the variables' names, as tf.variableGrads gives it. */
  update(gradients: Readonly<Record<string, tf.Tensor>>, learningRate: number): void {
    this.steps += 1;
    const numbers = stepNumbers(this.steps, learningRate, this.weightDecay);
    if (computesOnDevice()) {
      updateOnDevice(this, gradients, numbers);
      return;
    }
    const onHeap = tf.getBackend() === 'wasm';
    const native = nativeKernels();
    for (const [i, parameter] of this.parameters.entries()) {
      const gradient = gradients[parameter.name];
      if (native !== undefined) {
        const { rate, root, decay, epsilon } = numbers;
        const g = gradient && heapNumbers(gradient);
        const [m, v] = [this.#first[i]!, this.#second[i]!];
        native.adam(heapNumbers(parameter), g, m, v, rate, root, decay, epsilon);
        continue;
      }
      tf.tidy(() => {
        // A new tensor, not the old one in place: XNNPACK keeps packed copies of weights by tensor.
        parameter.assign(onHeap ? this.#onHeap(i, gradient, numbers) : this.#onCopies(i, gradient, numbers));
      });
      if (!onHeap) this.#copies[i]!.of = parameter.dataId;
    }
  }

  /** In the memory that WASM's tensors live in. */
  #onHeap(i: number, gradient: tf.Tensor | undefined, numbers: StepNumbers): tf.Tensor {
    const parameter = this.parameters[i]!;
    const [next] = onHost([parameter, gradient], [parameter.shape], ([p, g], [out]) =>
      adamSweep(p, out, g ?? new Float32Array(p.length), this.#first[i]!, this.#second[i]!, numbers),
    );
    return next;
  }

  /**
   * Where tensors have to be copied in and out, two arrays a parameter take turns: one holds what was written last,
   * so that it need not be read back, the other takes the next values. An array is written again only when the
   * tensor made of it is gone.
   */
  #onCopies(i: number, gradient: tf.Tensor | undefined, numbers: StepNumbers): tf.Tensor {
    const parameter = this.parameters[i]!;
    const copies = this.#copies[i]!;
    const known = copies.of === parameter.dataId && copies.last !== undefined;
    const p = known ? copies.last! : Float32Array.from(parameter.dataSync() as Float32Array);
    const out = copies.spare ?? new Float32Array(p.length);
    const g = (gradient?.dataSync() as Float32Array | undefined) ?? new Float32Array(p.length);
    adamSweep(p, out, g, this.#first[i]!, this.#second[i]!, numbers);
    copies.last = out;
    copies.spare = p;
    return tf.tensor(out, parameter.shape);
  }

  /** Releases what it keeps on a device; the parameters are not its own. */
  dispose(): void {
    dropHeld(this.moments);
  }

  /** Moments in the order of the parameters: all first, then all second. Live arrays. */
  get moments(): readonly Float32Array[] {
    return [...this.#first, ...this.#second];
  }
}

/**
 * Adam's update of every number of one parameter, and of its moments.
 *
 * @param out where the new values go; may be `p` itself
 */
export function adamSweep(
  p: Float32Array,
  out: Float32Array,
  gradient: Float32Array,
  m: Float32Array,
  v: Float32Array,
  { rate, root, decay, epsilon }: StepNumbers,
): void {
  for (let i = 0; i < p.length; i++) {
    const g = gradient[i]! + decay * p[i]!;
    const first = BETA1 * m[i]! + (1 - BETA1) * g;
    const second = BETA2 * v[i]! + (1 - BETA2) * g * g;
    m[i] = first;
    v[i] = second;
    out[i] = p[i]! - (rate * first) / (Math.sqrt(second) * root + epsilon);
  }
}
