import { beforeAll, describe, expect, it } from 'vitest';
import { presetParameters } from '../../../src-shared/domain/run-config.ts';
import { selectBackend } from '../../../src-main/backend/select.ts';
import { productRate } from '../../../src-main/methods/product-rate.ts';
import { productOperations, productShapes } from '../../../src-main/methods/product-shapes.ts';

const parameters = {
  ...presetParameters('paper'),
  'train.batch': 10,
  'network.encoder': [4],
  'network.latentSt': 2,
  'network.latentSc': 3,
};
const sizes = { cells: { st: 50, sc: 50 }, genes: { st: 5, sc: 7, shared: 5 } };

describe('the matrix products of a step', () => {
  it('of stage 1 are counted by hand', () => {
    // 5→4→2→4→5 on 10 cells: forward and by the weights everywhere, by the input everywhere but at the data.
    const weights = 5 * 4 + 4 * 2 + 2 * 4 + 4 * 5;
    const byInput = weights - 5 * 4;
    const shapes = productShapes('autoencoder-st', sizes, parameters);
    expect(productOperations(shapes)).toBe(2 * 10 * (2 * weights + byInput));
    expect(shapes).toHaveLength(4 * 3 - 1);
  });

  it('of stage 2 grow by the panel loss: one more pass through T_st→sc and D_sc', () => {
    const without = { ...parameters, 'lambda.panel': 0 };
    const withPanel = { ...parameters, 'lambda.panel': 5 };
    const more =
      productOperations(productShapes('translation', sizes, withPanel)) -
      productOperations(productShapes('translation', sizes, without));
    const toSc = [2, ...parameters['network.translatorStSc'], 3];
    const weights = toSc.slice(1).reduce((sum, width, i) => sum + toSc[i]! * width, 0);
    const translator = 3 * weights - 2 * toSc[1]!;
    const decoder = 2 * (3 * 4 + 4 * 7);
    expect(more).toBe(2 * 10 * (translator + decoder));
  });
});

describe('the rate of products', () => {
  beforeAll(() => selectBackend('wasm', { threads: 1 }));

  it('is a number of operations a second', () => {
    const shape = { m: 8, n: 8, k: 8, transposeA: false, transposeB: false, times: 1 };
    const rate = productRate([shape, { ...shape, transposeB: true, times: 3 }], undefined, 1000);
    expect(rate).toBeGreaterThan(0);
    expect(rate).toBeLessThan(1e13);
  });
});
