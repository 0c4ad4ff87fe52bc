import { Matrix } from 'ml-matrix';
import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '@tensorflow/tfjs-core';
import { selectBackend } from '../../../src-main/backend/select.ts';
import { rowRange } from '../../../src-main/matrix/affine-view.ts';
import { affineExpression } from '../../../src-main/methods/expression-view.ts';
import { principalVectors } from '../../../src-main/methods/principal-vectors.ts';
import {
  neighbourWeights,
  SharedSpace,
  weightedSums,
} from '../../../src-main/methods/shared-space-neighbours.ts';
import { spage } from '../../../src-main/methods/spage.ts';
import { pearson } from '../../../src-shared/maths/metrics.ts';
import { fitted, imputed, methodInput, twoKinds } from '../../helpers/method-input.ts';
import { allRows, columnsOf, loadPeers, type PeersData } from '../../helpers/peers-fixture.ts';
import { hasData, hasFixtures } from '../../helpers/shared-folder.ts';

beforeAll(async () => {
  await selectBackend('wasm', { threads: 1 });
});

describe('principal vectors', () => {
  it('finds the angle between two planes that share a line', () => {
    // Planes spanned by e1, e2 and by e1, cos 60° e2 + sin 60° e3: angles 0 and 60°.
    const plane = (a: number[], b: number[]) =>
      Float64Array.from(
        Matrix.columnVector(a)
          .mmul(Matrix.rowVector(a))
          .mul(2)
          .add(Matrix.columnVector(b).mmul(Matrix.rowVector(b)))
          .to1DArray(),
      );
    const [c, s] = [Math.cos(Math.PI / 3), Math.sin(Math.PI / 3)];
    const { cosines, source } = principalVectors(
      plane([1, 0, 0], [0, 1, 0]),
      plane([0, c, s], [1, 0, 0]),
      3,
      2,
    );
    expect(cosines[0]).toBeCloseTo(1, 12);
    expect(cosines[1]).toBeCloseTo(0.5, 12);
    const expected = [1, 0, 0, 1, 0, 0];
    expected.forEach((value, i) => expect(Math.abs(source[i]!)).toBeCloseTo(value, 12));
  });
});

describe('weights of neighbours', () => {
  it('follow the formula on numbers worked out by hand', () => {
    // d = .1, .3, .6, Σ = 1; m − 1 = 2; the neighbour at d > 1 does not count.
    const weights = neighbourWeights(Float64Array.of(0.9, 0.7, 0.4, -0.2));
    [0.45, 0.35, 0.2, 0].forEach((value, i) => expect(weights[i]).toBeCloseTo(value, 12));
  });

  it('are defined where the formula is not', () => {
    expect([...neighbourWeights(Float64Array.of(0.9, -0.1))]).toEqual([0, 0]);
    expect([...neighbourWeights(Float64Array.of(1, 1, -1))]).toEqual([0.5, 0.5, 0]);
  });
});

describe.skipIf(!hasFixtures || !hasData)("SpaGE agrees with the authors' code (needs ../shared)", () => {
  let peers: PeersData;
  let space: SharedSpace;
  beforeAll(async () => {
    peers = await loadPeers();
    const { spage: golden } = peers.golden;
    space = new SharedSpace(
      affineExpression(peers.spatial.training),
      affineExpression(peers.reference.training),
      {
        components: golden.n_pv,
        cosineThreshold: golden.cosine_threshold,
        neighbours: golden.neighbours,
      },
    );
  });

  it('in the principal vectors', () => {
    const { spage: golden } = peers.golden;
    expect(space.dimensions).toBe(golden.effective_pv);
    golden.principal_cosines.data.forEach((cosine, i) => {
      expect(Math.abs(space.cosines[i]! - cosine)).toBeLessThan(1e-5);
    });
  });

  it('in every prediction', () => {
    const { spage: golden, held_out_genes: heldOut, truth_first20: truth20 } = peers.golden;
    const truth = allRows(peers.spatial.heldOut);
    truth20.data.forEach((value, i) => expect(truth[i]).toBeCloseTo(value, 5));
    const width = heldOut.length;
    const neighbours = space.neighboursOf(rowRange(0, peers.golden.st_used));
    const predicted = weightedSums(neighbours, allRows(peers.reference.heldOut), {
      width,
      columns: rowRange(0, width),
    });
    golden.predicted_first20.data.forEach((value, i) => {
      expect(Math.abs(predicted[i]! - value)).toBeLessThan(1e-6);
    });
    const measured = columnsOf(truth, width);
    for (const [j, values] of columnsOf(predicted, width).entries()) {
      expect(Math.abs(pearson(measured[j]!, values) - golden.pcc[j]!), heldOut[j]).toBeLessThan(1e-6);
    }
  });
});

describe('spage', () => {
  const reference = twoKinds(120, 1, 3);
  const spatial = twoKinds(40, 2, 1).map((row) => row.slice(0, 4));

  it('gives each cell the targets of its own kind, in the square root of counts of its own depth', async () => {
    const doubled = [...spatial, spatial[0]!.map((count) => 4 * count)];
    const values = await imputed(spage, methodInput({ spatial: doubled, reference, shared: 4 }));
    expect(values).toHaveLength(41 * 2);
    for (let i = 0; i < 40; i++) {
      const [first, second] = [values[2 * i]!, values[2 * i + 1]!];
      const [high, low] = i % 2 === 0 ? [first, second] : [second, first];
      expect(high).toBeGreaterThan(1);
      expect(low).toBeLessThan(0.1);
    }
    // Four times the counts: the same neighbours, twice the square root.
    expect(values[80]! / values[0]!).toBeCloseTo(2, 1);
  });

  it('keeps nothing on the backend and is deterministic', async () => {
    const input = methodInput({ spatial, reference, shared: 4 });
    const before = tf.memory().numTensors;
    const [a, b] = [await imputed(spage, input), await imputed(spage, input)];
    expect(tf.memory().numTensors).toBe(before);
    expect([...a]).toEqual([...b]);
  });

  it('says what it lacks', async () => {
    const flat = spatial.map(() => [1, 1, 1, 1]);
    const error = fitted(spage, methodInput({ spatial: flat, reference, shared: 4 }));
    await expect(error).rejects.toThrow(
      'at least two training genes that vary in both datasets, and there are 0',
    );
  });
});
