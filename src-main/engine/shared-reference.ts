import { createHash } from 'node:crypto';
import type { Dense } from '../matrix/dense.ts';
import type { TrainingStore } from '../methods/train-members.ts';
import type { TensorMap } from '../model/frozen-state.ts';
import type { Snapshot } from '../train/stage.ts';
import type { Checkpoints } from './checkpoints.ts';

/** How the names of stages end that see the reference alone. */
const REFERENCE_STAGE = 'autoencoder sc';

/**
 * A store whose reference autoencoders are shared by all folds that see the same reference: folds differ in the
 * spatial genes that are hidden, and a reference of the same numbers trains to the same networks.
 */
export class SharedReference implements TrainingStore {
  readonly #own: Checkpoints;
  readonly #shared: Checkpoints;

  constructor(own: Checkpoints, shared: Checkpoints) {
    this.#own = own;
    this.#shared = shared;
  }

  async finished(stage: string): Promise<TensorMap | undefined> {
    const own = await this.#own.finished(stage);
    return own ?? (stage.endsWith(REFERENCE_STAGE) ? this.#shared.finished(stage) : undefined);
  }

  async finish(stage: string, networks: TensorMap): Promise<void> {
    await this.#own.finish(stage, networks);
    if (stage.endsWith(REFERENCE_STAGE)) await this.#shared.finish(stage, networks);
  }

  checkpoint(stage: string): Promise<Snapshot | undefined> {
    return this.#own.checkpoint(stage);
  }

  save(stage: string, snapshot: Snapshot): Promise<void> {
    return this.#own.save(stage, snapshot);
  }

  due(): boolean {
    return this.#own.due();
  }
}

/** A short name for the numbers of a matrix. */
export function fingerprint({ rows, columns, values }: Dense): string {
  const hash = createHash('sha256').update(`${rows} ${columns} `);
  return hash
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex')
    .slice(0, 16);
}
