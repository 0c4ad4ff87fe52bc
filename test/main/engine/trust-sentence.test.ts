import { describe, expect, it } from 'vitest';
import { trustSentence } from '../../../src-main/engine/trust-sentence.ts';
import type { ExpectedAccuracyParameters } from '../../../src-shared/maths/expected-accuracy.ts';

const forecast: ExpectedAccuracyParameters = {
  format: 'spagene-expected-accuracy',
  formatVersion: 1,
  genes: 33,
  mean: 0.4,
  penalty: 1,
  terms: [],
  spearman: 0.5,
  meanAbsoluteError: 0.12,
};
// The first gene is measured, and not counted.
const measured = Uint8Array.of(1, 0, 0, 0, 0);

describe('trustSentence', () => {
  it('counts good genes where the expectations tell them apart', () => {
    // sd of the imputed ones 0.25, more than half of 0.12
    const text = trustSentence(forecast, Float64Array.of(0.9, 0.7, 0.6, 0.2, 0.1), measured);
    expect(text).toMatch(/^2 of 4 imputed genes are expected to reach a correlation of 0\.3 /);
    expect(text).toContain('give or take 0.12, learned from 33 measured genes');
  });

  it('does not count where all genes are expected to be about the same', () => {
    // sd of the imputed ones 0.022, less than half of 0.12
    expect(trustSentence(forecast, Float64Array.of(0.9, 0.36, 0.38, 0.4, 0.42), measured)).toBe(
      'A correlation of about 0.39 (give or take 0.12, learned from 33 measured genes that were set aside) is ' +
        'expected of an imputed gene; these hardly tell good genes from bad ones.',
    );
  });

  it('measures the spread on the imputed genes alone, against half of the error', () => {
    // sd 0.05 and 0.07 on either side of 0.06; the measured gene would make both larger.
    const of = (low: number, high: number) =>
      trustSentence(forecast, Float64Array.of(-1, low, low, high, high), measured);
    expect(of(0.35, 0.45)).toMatch(/^A correlation of about 0\.40 /);
    expect(of(0.33, 0.47)).toMatch(/^4 of 4 /);
  });

  it('says what is known where too few genes were set aside to learn from', () => {
    const few = { ...forecast, genes: 4, spearman: null, meanAbsoluteError: null };
    expect(trustSentence(few, Float64Array.of(0.9, 0.4, 0.4, 0.4, 0.4), measured)).toMatch(
      /^A correlation of about 0\.40 is expected .*learned from 4 measured genes/,
    );
  });
});
