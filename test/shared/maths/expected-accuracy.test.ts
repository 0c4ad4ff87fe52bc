import { describe, expect, it } from 'vitest';
import { learnExpectedAccuracy, validateAcrossFolds } from '../../../src-shared/maths/expected-accuracy.ts';
import type { HeldOutGene } from '../../../src-shared/maths/expected-accuracy.ts';
import { pearson } from '../../../src-shared/maths/metrics.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { mean } from '../../../src-shared/maths/statistics.ts';
import { largestError, relativeError, statisticsReference } from '../../helpers/statistics-reference.ts';

/** Genes whose PCC is 0.3 + `slope` (agreement + panelR2) + noise of sd 0.1. */
function simulated(count: number, slope: number, random: Random): HeldOutGene[] {
  return Array.from({ length: count }, () => {
    const features = Array.from({ length: 6 }, () => random.normal());
    const achieved = 0.3 + slope * (features[3]! + features[5]!) + 0.1 * random.normal();
    return { features, achieved: Math.min(1, Math.max(-1, achieved)) };
  });
}

describe('expected accuracy against scikit-learn, refitted without each gene', () => {
  const wanted = statisticsReference.expectedAccuracy;
  const genes = wanted.features.map((features, i) => ({ features, achieved: wanted.achieved[i]! }));
  const model = learnExpectedAccuracy(genes)!;

  it('chooses the same penalty and coefficients', () => {
    expect(relativeError(model.parameters.penalty!, wanted.penalty)).toBeLessThan(1e-12);
    model.parameters.terms.forEach((term, i) => {
      expect(Math.abs(term.coefficient - wanted.coefficients[i]!), term.name).toBeLessThan(1e-12);
    });
    expect(model.parameters.terms[3]).toMatchObject({ name: 'agreement', sd: 0, coefficient: 0 });
  });

  it('says how far it can be trusted', () => {
    expect(relativeError(model.parameters.spearman!, wanted.spearman)).toBeLessThan(1e-12);
    expect(relativeError(model.parameters.meanAbsoluteError!, wanted.meanAbsoluteError)).toBeLessThan(1e-10);
  });

  it('predicts genes inside the range learned from', () => {
    const inside = wanted.fresh.map((features) => model.predict(features));
    expect(largestError(inside, wanted.predictions)).toBeLessThan(1e-10);
  });
});

describe('expected accuracy on simulated genes', () => {
  it('finds the law under the noise and foretells new genes', () => {
    const random = new Random(1);
    const model = learnExpectedAccuracy(simulated(200, 0.1, random))!;
    const coefficients = model.parameters.terms.map((term) => term.coefficient);
    // Standard error of a coefficient: 0.1 / √200 = 0.007.
    expect(Math.abs(coefficients[3]! - 0.1)).toBeLessThan(0.03);
    expect(Math.abs(coefficients[5]! - 0.1)).toBeLessThan(0.03);
    for (const other of [0, 1, 2, 4]) expect(Math.abs(coefficients[other]!)).toBeLessThan(0.03);

    const fresh = simulated(500, 0.1, random);
    const expected = fresh.map((gene) => model.predict(gene.features));
    const achieved = fresh.map((gene) => gene.achieved);
    // The best possible is √(0.02 / 0.03) = 0.816 in Pearson's correlation, and 0.1 √(2/π) = 0.08 in error.
    expect(pearson(expected, achieved)).toBeGreaterThan(0.77);
    const error = mean(fresh.map((gene, i) => Math.abs(gene.achieved - expected[i]!)));
    expect(error).toBeLessThan(0.09);
    expect(Math.abs(model.parameters.meanAbsoluteError! - error)).toBeLessThan(0.015);
  });

  it('does not claim skill, in either direction, where there is none', () => {
    const random = new Random(2);
    const spearmans: number[] = [];
    const acrossFolds: number[] = [];
    for (let trial = 0; trial < 60; trial++) {
      const genes = simulated(30, 0, random);
      spearmans.push(learnExpectedAccuracy(genes)!.parameters.spearman!);
      const folds = genes.map((_, i) => i % 5);
      acrossFolds.push(validateAcrossFolds(genes, folds)!.spearman);
    }
    // The usual leave-one-out prediction, its mean left out too, would come to −0.5 and lower here.
    expect(Math.abs(mean(spearmans))).toBeLessThan(0.12);
    expect(Math.abs(mean(acrossFolds))).toBeLessThan(0.12);
  });

  it('shrinks towards the mean where features tell nothing', () => {
    const random = new Random(3);
    const model = learnExpectedAccuracy(simulated(60, 0, random))!;
    for (const gene of simulated(50, 0, random)) {
      expect(Math.abs(model.predict(gene.features) - model.parameters.mean)).toBeLessThan(0.1);
    }
  });

  it('validates across folds: as if the fold had never been measured', () => {
    const genes = simulated(40, 0.1, new Random(4));
    const folds = genes.map((_, i) => i % 4);
    const validation = validateAcrossFolds(genes, folds)!;
    const others = learnExpectedAccuracy(genes.filter((_, i) => folds[i] !== 2))!;
    expect(validation.expected[6]).toBe(others.predict(genes[6]!.features));
    expect(validation.spearman).toBeGreaterThan(0.5);
    expect(validation.meanAbsoluteError).toBeLessThan(0.12);
    // Another achieved PCC in a fold changes no expectation of that fold.
    const changed = genes.map((gene, i) => (i === 6 ? { ...gene, achieved: -1 } : gene));
    expect(validateAcrossFolds(changed, folds)!.expected[6]).toBe(validation.expected[6]);
    expect(
      validateAcrossFolds(
        genes,
        genes.map(() => 1),
      ),
    ).toBeUndefined();
    expect(() => validateAcrossFolds(genes, [0, 1])).toThrow(RangeError);
  });
});

describe('expected accuracy of few or odd genes', () => {
  const genes = simulated(30, 0.1, new Random(5));

  it('under ten genes: their mean for every gene, and no word about trust; of none nothing', () => {
    const model = learnExpectedAccuracy(genes.slice(0, 9))!;
    const wanted = mean(genes.slice(0, 9).map((gene) => gene.achieved));
    expect(model.predict(genes[20]!.features)).toBe(wanted);
    expect(model.parameters).toMatchObject({ genes: 9, penalty: null, spearman: null });
    expect(model.parameters.meanAbsoluteError).toBeNull();
    expect(learnExpectedAccuracy(genes.slice(0, 10))!.parameters.spearman).not.toBeNull();
    expect(learnExpectedAccuracy([])).toBeUndefined();
  });

  it('a feature that is missing takes the mean of the others', () => {
    const model = learnExpectedAccuracy(genes)!;
    const [some] = genes;
    const filled = [...Array.from(some!.features)];
    filled[2] = model.parameters.terms[2]!.mean;
    for (const missing of [Number.NaN, -Infinity]) {
      const holed = [...filled];
      holed[2] = missing;
      expect(model.predict(holed)).toBe(model.predict(filled));
    }
  });

  it('a feature that is never there has no part', () => {
    const without = genes.map(({ features, achieved }) => ({
      features: Array.from(features).map((value, i) => (i === 3 ? Number.NaN : value)),
      achieved,
    }));
    const constant = genes.map(({ features, achieved }) => ({
      // 0.1 + 0.2 and 0.3 differ by rounding only.
      features: Array.from(features).map((value, i) =>
        i === 3 ? (achieved > 0.3 ? 0.3 : 0.1 + 0.2) : value,
      ),
      achieved,
    }));
    const model = learnExpectedAccuracy(without)!;
    const alike = learnExpectedAccuracy(constant)!;
    for (const { features } of genes) {
      expect(Number.isFinite(model.predict(features))).toBe(true);
      expect(model.predict(features)).toBe(alike.predict(features));
    }
  });

  it('does not extrapolate, and stays a correlation', () => {
    const model = learnExpectedAccuracy(genes)!;
    const ends = model.parameters.terms.map((term) => term.high);
    expect(model.predict(ends.map((high) => high * 1e6))).toBe(model.predict(ends));
    const steep = learnExpectedAccuracy(
      Array.from({ length: 40 }, (_, i) => ({
        features: [i, -i, i, i, i, i ** 2],
        achieved: i < 30 ? 1 : -1,
      })),
    )!;
    for (let i = 0; i < 40; i++) {
      expect(Math.abs(steep.predict([i, -i, i, i, i, i ** 2]))).toBeLessThanOrEqual(1);
    }
  });

  it('equal PCC everywhere is foretold exactly', () => {
    const model = learnExpectedAccuracy(genes.map((gene) => ({ ...gene, achieved: 0.25 })))!;
    expect(model.predict(genes[0]!.features)).toBeCloseTo(0.25, 14);
    expect(model.parameters.meanAbsoluteError).toBeCloseTo(0, 14);
  });

  it('refuses vectors of another length and what is no correlation', () => {
    expect(() => learnExpectedAccuracy([{ features: [1, 2], achieved: 0 }])).toThrow(
      /2 features instead of 6/,
    );
    expect(() => learnExpectedAccuracy([{ features: genes[0]!.features, achieved: Number.NaN }])).toThrow(
      RangeError,
    );
    expect(() => learnExpectedAccuracy(genes)!.predict([1])).toThrow(RangeError);
  });
});
