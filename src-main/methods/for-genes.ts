import * as tf from '@tensorflow/tfjs-core';

/**
 * Tensors that depend on nothing but a list of genes, kept for as long as the same list is asked for: a result is
 * imputed in many blocks of cells and always the same genes. Lists are told apart by identity.
 */
export class ForGenes<T extends Readonly<Record<string, tf.Tensor>>> {
  readonly #make: (genes: Int32Array) => T;
  #genes: Int32Array | undefined;
  #made: T | undefined;

  constructor(make: (genes: Int32Array) => T) {
    this.#make = make;
  }

  /** Belongs to this object; valid until another list is asked for. */
  of(genes: Int32Array): T {
    if (this.#made !== undefined && genes === this.#genes) return this.#made;
    this.dispose();
    const made = tf.tidy(() => {
      const tensors = this.#make(genes);
      for (const tensor of Object.values(tensors)) tf.keep(tensor);
      return tensors;
    });
    [this.#genes, this.#made] = [genes, made];
    return made;
  }

  dispose(): void {
    for (const tensor of Object.values(this.#made ?? {})) tensor.dispose();
    [this.#genes, this.#made] = [undefined, undefined];
  }
}
