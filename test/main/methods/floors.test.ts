import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../../src-main/backend/select.ts';
import { processPair } from '../../../src-main/preprocess/process-pair.ts';
import { openDataset } from '../../../src-main/io/registry.ts';
import { neighbourPredictor, nearest } from '../../../src-main/methods/nearest-neighbours.ts';
import type { PairData } from '../../../src-main/preprocess/process-pair.ts';
import { ridgePredictor, RidgeEquations } from '../../../src-main/methods/ridge.ts';
import { columnsOf } from '../../../src-main/methods/out-of-sample.ts';
import { presetParameters } from '../../../src-shared/domain/run-config.ts';
import { solvePositiveDefinite } from '../../../src-shared/maths/cholesky.ts';
import { pearson, ssim } from '../../../src-shared/maths/metrics.ts';
import { rowRange } from '../../../src-main/matrix/affine-view.ts';
import { hasData, hasFixtures, readFixture, sharedFolder } from '../../helpers/shared-folder.ts';

interface Floor {
  readonly pcc: readonly number[];
  readonly ssim: readonly number[];
}
interface Fixture {
  readonly folds: readonly {
    readonly fold: number;
    readonly held_out: readonly string[];
    readonly ridge: Floor;
    readonly knn: Floor;
  }[];
}

describe('Cholesky', () => {
  it('solves a system whose solution is known', () => {
    // A = [[4,2],[2,3]], X = [[1,2],[3,-1]] → B = A X
    const solved = solvePositiveDefinite(Float64Array.of(4, 2, 2, 3), Float64Array.of(10, 6, 11, 1), 2, 2);
    [1, 2, 3, -1].forEach((value, i) => expect(solved[i]).toBeCloseTo(value, 12));
  });

  it('refuses a matrix that is not positive definite', () => {
    expect(() => solvePositiveDefinite(Float64Array.of(1, 2, 2, 1), [1, 1], 2, 1)).toThrow(RangeError);
  });
});

describe('nearest', () => {
  it('finds the largest, earlier ones first among equals', () => {
    expect([...nearest(Float32Array.of(1, 5, 3, 5, 2), 3)]).toEqual([1, 3, 2]);
    expect([...nearest(Float32Array.of(1, 2), 5)]).toEqual([1, 0]);
  });
});

describe.skipIf(!hasFixtures || !hasData)('floors agree with scikit-learn (needs ../shared)', () => {
  let data: PairData;
  const fixture = hasFixtures ? readFixture<Fixture>('ridge_knn') : { folds: [] };

  beforeAll(async () => {
    await selectBackend('wasm', { threads: 1 });
    const pairs = join(sharedFolder, 'data', 'pairs');
    const spatial = await openDataset(join(pairs, 'osmfish_zeisel', 'st_counts.csv.gz'));
    const reference = await openDataset(join(pairs, 'reference_zeisel550', 'counts.csv.gz'));
    const parameters = presetParameters('paper');
    const config = { preset: 'paper', seed: 1, genes: [], parameters } as const;
    data = (await processPair(await spatial.open(), await reference.open(), config)).data;
    await spatial.close();
    await reference.close();
  });

  it.each(['ridge', 'knn'] as const)('%s: correlation and SSIM of every held-out gene', (method) => {
    const rows = rowRange(0, data.spatial.values.rows);
    const equations = new RidgeEquations(data);
    for (const golden of fixture.folds) {
      const held = data.shared.names.map((_, i) => i).filter((i) => i % 5 === golden.fold);
      const inputs = rowRange(0, data.shared.names.length).filter((i) => i % 5 !== golden.fold);
      const targets = Int32Array.from(held, (i) => data.shared.reference[i]!);
      const predictor =
        method === 'ridge'
          ? ridgePredictor(data, equations, { inputs, targets, alpha: 100 })
          : neighbourPredictor(data, inputs);
      const predicted = columnsOf(predictor.at(rows)(targets), rows.length, held.length);
      predictor.dispose();
      for (const [i, position] of held.entries()) {
        const name = data.shared.names[position]!;
        const at = golden.held_out.indexOf(name);
        const { values } = data.spatial;
        const column = data.shared.spatial[position]!;
        const truth = Float64Array.from(rows, (row) => values.values[row * values.columns + column]!);
        expect(Math.abs(pearson(truth, predicted[i]!) - golden[method].pcc[at]!), name).toBeLessThan(1e-4);
        expect(Math.abs(ssim(truth, predicted[i]!) - golden[method].ssim[at]!), name).toBeLessThan(1e-4);
      }
    }
  });
});
