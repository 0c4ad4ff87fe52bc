import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  dispersion,
  negativeBinomialSlopes,
  zeroInflatedSlopes,
} from '../../../src-main/methods/gimvi-likelihood.ts';

/** Derivatives of scvi-tools' log-likelihoods by PyTorch's autograd, in doubles. */
interface Point {
  readonly x: number;
  readonly mu: number;
  readonly theta: number;
  readonly dropout: number;
  /** By mean, inverse dispersion, and logit of the dropout. */
  readonly nb: readonly [number, number];
  readonly zinb: readonly [number, number, number];
}

const { likelihood: points } = JSON.parse(
  readFileSync(new URL('../../reference/gimvi-step.json', import.meta.url), 'utf8'),
) as { readonly likelihood: readonly Point[] };

function expectAlike(actual: readonly number[], expected: readonly number[]): void {
  for (const [i, value] of expected.entries()) {
    expect(Math.abs(actual[i]! - value), `${i}: ${actual[i]} against ${value}`).toBeLessThan(
      1e-9 * Math.max(1, Math.abs(value)),
    );
  }
}

describe.each(points)('slopes of log p($x) at mean $mu, dispersion $theta, dropout $dropout', (point) => {
  const d = dispersion(Math.log(point.theta));

  it('agree for the negative binomial', () => {
    const slopes = { mean: 0, theta: 0, dropout: 0 };
    negativeBinomialSlopes(point.x, point.mu, d, slopes);
    expectAlike([slopes.mean, slopes.theta], point.nb);
  });

  it('agree for the zero-inflated one', () => {
    const slopes = { mean: 0, theta: 0, dropout: 0 };
    zeroInflatedSlopes(point.x, point.mu, point.dropout, d, slopes);
    expectAlike([slopes.mean, slopes.theta, slopes.dropout], point.zinb);
  });
});

it('has finite slopes where a cell has no counts, so that its mean is 0', () => {
  const slopes = { mean: 0, theta: 0, dropout: 0 };
  negativeBinomialSlopes(0, 0, dispersion(0.3), slopes);
  expect(slopes.mean).toBeCloseTo(-1, 6);
  expect(Math.abs(slopes.theta)).toBeLessThan(1e-7);
});
