import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../../src-main/backend/select.ts';
import { agreementOf, agreementUnseen, geneFeatures } from '../../../src-main/methods/gene-features.ts';
import { Forecast } from '../../../src-main/methods/forecast.ts';
import type { JudgedGene } from '../../../src-main/methods/out-of-sample.ts';
import type { MethodData, Predictor } from '../../../src-main/methods/predictor.ts';
import { RidgeEquations } from '../../../src-main/methods/ridge.ts';
import { pearson } from '../../../src-shared/maths/metrics.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { mean, standardDeviation, zScores } from '../../../src-shared/maths/statistics.ts';

const cells = 90;
const random = new Random(3, 'forecast');
const noise = () => Float64Array.from({ length: cells }, () => random.normal());
/** Reference genes: three of the panel, and one that follows the first two. */
const panel = [noise(), noise(), noise()].map((gene) => gene.map((v) => Math.max(0, 2 + v)));
const target = panel[0]!.map((v, i) => Math.max(0, v - 0.5 * panel[1]![i]! + 0.6 * random.normal()));
const genes = [...panel, target];

function dataOf(): MethodData {
  const values = new Float32Array(cells * 4);
  for (const [g, gene] of genes.entries()) for (let i = 0; i < cells; i++) values[i * 4 + g] = gene[i]!;
  const columns = genes.map((_, g) => Float64Array.from({ length: cells }, (_c, i) => values[i * 4 + g]!));
  return {
    spatial: { values: { rows: cells, columns: 3, values: new Float32Array(cells * 3) } },
    reference: {
      values: { rows: cells, columns: 4, values },
      mean: Float64Array.from(columns, (gene) => mean(gene)),
      sd: Float64Array.from(columns, (gene) => standardDeviation(gene)),
    },
    shared: { names: ['a', 'b', 'c'], spatial: Int32Array.of(0, 1, 2), reference: Int32Array.of(0, 1, 2) },
  } as unknown as MethodData;
}

/** R² of ridge by gradient descent on its own objective: slow, and nothing in common with normal equations. */
function ridgeR2(inputs: readonly Float64Array[], y: Float64Array, alpha: number): number {
  const z = inputs.map(zScores);
  const centred = y.map((v) => v - mean(y));
  const b = inputs.map(() => 0);
  const residuals = () =>
    centred.map((v, i) => v - z.reduce((sum, column, j) => sum + b[j]! * column[i]!, 0));
  for (let step = 0; step < 4000; step++) {
    const r = residuals();
    for (const [j, column] of z.entries()) {
      const gradient = column.reduce((sum, v, i) => sum + v * r[i]!, 0) - alpha * b[j]!;
      b[j] = b[j]! + (0.3 / cells) * gradient;
    }
  }
  const left = residuals().reduce((sum, v) => sum + v * v, 0);
  return 1 - left / centred.reduce((sum, v) => sum + v * v, 0);
}

beforeAll(() => selectBackend('cpu'));

describe('geneFeatures', () => {
  it('are what the reference says of a gene', () => {
    const data = dataOf();
    const inputs = Int32Array.of(0, 1, 2);
    const [features] = geneFeatures(data, new RidgeEquations(data), inputs, Int32Array.of(3), 20, [0.7]);
    const [average, sparsity, dispersion, agreement, correlation, r2] = features!;
    expect(average).toBeCloseTo(mean(target), 5);
    expect(sparsity).toBeCloseTo(target.filter((v) => v === 0).length / cells, 12);
    expect(dispersion).toBeCloseTo(Math.log(standardDeviation(target) ** 2 / mean(target)), 4);
    expect(agreement).toBe(0.7);
    expect(correlation).toBeCloseTo(Math.max(...panel.map((gene) => Math.abs(pearson(gene, target)))), 4);
    expect(r2).toBeCloseTo(ridgeR2(panel, target, 20), 4);
    expect(r2).toBeGreaterThan(0.3);
  });
});

describe('agreement', () => {
  const [network, ridge, near] = [noise(), noise(), noise()];
  const fixed = (values: Float64Array): Predictor => ({
    name: 'fixed',
    at: (rows) => (wanted) =>
      Float32Array.from(
        { length: rows.length * wanted.length },
        (_, i) => 10 + values[rows[Math.floor(i / wanted.length)]!]!,
      ),
    dispose: () => undefined,
  });
  const rows = Int32Array.from({ length: cells }, (_, i) => i);
  const pairs = (pearson(network, ridge) + pearson(network, near) + pearson(ridge, near)) / 3;

  it('is the mean correlation among candidates that have not seen the gene', () => {
    const gene = { gene: 0, truth: noise(), predictions: [network, ridge, near].map(zScores) };
    expect(agreementUnseen(gene)).toBeCloseTo(pairs, 12);
    expect(agreementUnseen({ ...gene, predictions: [network] })).toBeNaN();
  });

  it('means the same for genes that no network has seen, however many there are', async () => {
    const floors = [fixed(ridge), fixed(near)];
    const one = await agreementOf([fixed(network)], floors, rows, Int32Array.of(0));
    const two = await agreementOf([fixed(network), fixed(network)], floors, rows, Int32Array.of(0, 1));
    expect(one[0]).toBeCloseTo(pairs, 5);
    expect(two[0]).toBeCloseTo(pairs, 5);
    expect(two).toHaveLength(2);
    expect(await agreementOf([fixed(network)], [], rows, Int32Array.of(0))).toEqual([Number.NaN]);
  });
});

describe('Forecast', () => {
  it('knows nothing without genes set aside, and nothing of a training gene that never was', async () => {
    const data = dataOf();
    const parts = { data, equations: new RidgeEquations(data), alpha: 10, networks: [], floors: [] };
    expect(Forecast.learn(parts, [], { plain: [], deep: [] }, [1])).toBeUndefined();
    const unseen: JudgedGene = {
      gene: 1,
      truth: panel[1]!,
      predictions: [zScores(panel[1]!.map((v, i) => v + panel[2]![i]!))],
    };
    const folds = [{ inner: Int32Array.of(1), network: undefined as unknown as Predictor }];
    const forecast = Forecast.learn(parts, folds, { plain: [unseen], deep: [unseen] }, [1])!;
    const achieved = pearson(unseen.truth, unseen.predictions[0]!);
    // From one gene nothing but the mean can be learned.
    const expected = await forecast.of(Int32Array.of(0, 1, 3));
    expect(expected[0]).toBeNaN();
    expect(expected[1]).toBeCloseTo(achieved, 6);
    expect(expected[2]).toBeCloseTo(achieved, 6);
  });
});
