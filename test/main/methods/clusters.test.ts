import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../../src-main/backend/select.ts';
import { plainView } from '../../../src-main/matrix/affine-view.ts';
import { cellClusters, clusterMeans, clusterSums } from '../../../src-main/methods/clusters.ts';
import { affineExpression } from '../../../src-main/methods/expression-view.ts';
import { principalComponents } from '../../../src-main/methods/principal-components.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { methodInput, twoKinds } from '../../helpers/method-input.ts';

beforeAll(async () => {
  await selectBackend('wasm', { threads: 1 });
});

describe('principal components', () => {
  it('agree with the singular value decomposition', () => {
    const random = new Random(4);
    const [cells, genes] = [60, 40];
    const factors = Matrix.from1DArray(
      cells,
      4,
      Array.from({ length: cells * 4 }, () => random.normal()),
    );
    const loadings = Matrix.from1DArray(
      4,
      genes,
      Array.from({ length: 4 * genes }, (_, i) => random.normal() * [8, 4, 2, 1][Math.floor(i / genes)]!),
    );
    const noise = Matrix.from1DArray(
      cells,
      genes,
      Array.from({ length: cells * genes }, () => 5 + 0.1 * random.normal()),
    );
    const x = factors.mmul(loadings).add(noise);
    const values = Float32Array.from(x.to1DArray());
    const scores = principalComponents(
      affineExpression(plainView({ rows: cells, columns: genes, values })),
      3,
      new Random(9),
    );
    const exact = new SingularValueDecomposition(x.center('column'));
    for (let c = 0; c < 3; c++) {
      const sign = Math.sign(scores[c]! * exact.leftSingularVectors.get(0, c));
      for (let i = 0; i < cells; i++) {
        const expected = exact.leftSingularVectors.get(i, c) * exact.diagonal[c]!;
        expect(Math.abs(sign * scores[i * 3 + c]! - expected)).toBeLessThan(1e-3);
      }
    }
  });
});

describe('clusters of the reference', () => {
  const reference = twoKinds(40, 1, 3);

  it('are the cell types where there are labels, the largest first', async () => {
    const labels = reference.map((_, i) => (i < 10 ? 'few' : 'many'));
    const clusters = await cellClusters(
      methodInput({ spatial: [[1, 2, 3, 4]], reference, shared: 4, labels }),
    );
    expect([...clusters.sizes]).toEqual([30, 10]);
    expect([...clusters.of.slice(8, 12)]).toEqual([1, 1, 0, 0]);
    expect(clusters.departures).toEqual([]);
  });

  it('are found by k-means otherwise, never mix the kinds, and are the same for a seed', async () => {
    const input = methodInput({ spatial: [[1, 2, 3, 4]], reference, shared: 4 });
    const clusters = await cellClusters(input);
    // √(40 / 2) = 4.5, but at least 5.
    expect(clusters.sizes).toHaveLength(5);
    expect(clusters.sizes.reduce((a, b) => a + b)).toBe(40);
    const kinds = Array.from(clusters.sizes, () => new Set<number>());
    for (const [i, cluster] of clusters.of.entries()) kinds[cluster]!.add(i % 2);
    for (const kind of kinds) expect(kind.size).toBe(1);
    expect(await cellClusters(input)).toEqual(clusters);
    expect(clusters.departures).toHaveLength(1);
  });

  it('have sums and means', () => {
    const view = affineExpression(
      plainView({ rows: 3, columns: 2, values: Float32Array.of(1, 2, 3, 4, 5, 9) }),
    );
    const clusters = { of: Int32Array.of(0, 1, 0), sizes: Int32Array.of(2, 1), departures: [] };
    expect([...clusterSums(view, clusters)]).toEqual([6, 11, 3, 4]);
    expect([...clusterMeans(view, clusters)]).toEqual([3, 5.5, 3, 4]);
  });
});
