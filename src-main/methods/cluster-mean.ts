import * as tf from '@tensorflow/tfjs-core';
import { computed } from '../backend/read.ts';
import { gatherRows, plainView, type AffineView } from '../matrix/affine-view.ts';
import { cellClusters, clusterMeans } from './clusters.ts';
import { affineExpression } from './expression-view.ts';
import type { Fit, FitProgress, Method, MethodInput } from './method.ts';
import { nearest } from './nearest-neighbours.ts';
import { scaling } from './predictor.ts';

/**
 * The cluster-mean floor: every spatial cell becomes the mean profile of one cluster of the reference, that whose
 * mean over the z-scored training genes points most nearly in the direction of the cell's z-scores (cosine; z by
 * each dataset's own means and population sds, Σ over training genes). Of equals, and for a cell without any
 * direction, the largest cluster counts. No paper; it is what looking up the cell type would give.
 */
export const clusterMean: Method = {
  name: 'cluster-mean',
  title: 'Cluster mean',
  kind: 'floor',
  source: 'Mean profile of the best matching reference cluster',
  fit: fitClusterMean,
};

// eslint-disable-next-line require-yield -- done in a moment
async function* fitClusterMean(input: MethodInput): AsyncGenerator<FitProgress, Fit> {
  const { spatial, reference, shared } = input.data;
  const clusters = await cellClusters(input);
  const view = (domain: typeof spatial, columns: Int32Array): AffineView => ({
    source: domain.values,
    columns,
    ...scaling(domain, columns),
  });
  const [ours, theirs] = [view(spatial, shared.spatial), view(reference, shared.reference)];
  const profiles = clusterMeans(affineExpression(plainView(reference.values)), clusters);
  const directions = clusterDirections(clusterMeans(affineExpression(theirs), clusters), shared.names.length);
  const predictor = {
    name: 'cluster-mean',
    at: (rows: Int32Array) => {
      // The length of a cell's own profile changes no order among clusters.
      const cosines = computed(() =>
        tf.matMul(tf.tensor2d(gatherRows(ours, rows), [rows.length, shared.names.length]), directions),
      );
      const count = clusters.sizes.length;
      const cluster = rows.map((_, i) => nearest(cosines.subarray(i * count, (i + 1) * count), 1)[0]!);
      return (genes: Int32Array) =>
        Float32Array.from({ length: rows.length * genes.length }, (_, n) => {
          const from = cluster[Math.floor(n / genes.length)]! * reference.values.columns;
          return profiles[from + genes[n % genes.length]!]!;
        });
    },
    dispose: () => directions.dispose(),
  };
  return { predictor, departures: clusters.departures };
}

/** Profiles scaled to length 1, as genes × clusters. */
function clusterDirections(profiles: Float64Array, genes: number): tf.Tensor2D {
  return tf.tidy(() => {
    const z = tf.tensor2d(Float32Array.from(profiles), [profiles.length / genes, genes]);
    const length = tf.sqrt(tf.sum(tf.square(z), 1, true));
    return tf.transpose(tf.div(z, tf.maximum(length, 1e-12)));
  });
}
