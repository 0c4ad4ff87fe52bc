import type { AffineView } from '../matrix/affine-view.ts';
import { applyToAll } from '../train/stage.ts';
import { networksFrom } from './training-place.ts';
import type { TrainingStore } from './train-members.ts';

/** Codes of the reference cells in the latent space of the first network's E_sc: cells × dimensions, row-major. */
export interface ReferenceCodes {
  readonly dimensions: number;
  readonly values: Float32Array;
}

/**
 * @param cells the reference as the networks see it
 * Undefined where the store does not know the trained autoencoder (any more).
 */
export async function referenceCodes(
  cells: AffineView,
  store: Pick<TrainingStore, 'finished'>,
): Promise<ReferenceCodes | undefined> {
  const state = await store.finished('member 0 autoencoder sc');
  if (state === undefined) return undefined;
  const networks = networksFrom(state);
  try {
    const { columns, values } = await applyToAll(networks.get('encoder')!, cells);
    return { dimensions: columns, values };
  } finally {
    for (const network of networks.values()) network.dispose();
  }
}
