import type { ExpectedAccuracyParameters } from '../../src-shared/maths/expected-accuracy.ts';
import { mean, standardDeviation } from '../../src-shared/maths/statistics.ts';

/** A gene that is expected to reach this correlation is worth looking at in space. */
const WORTH_LOOKING_AT = 0.3;
/** Below this rank correlation the expectation says little about single genes. */
const WEAK_RANKING = 0.3;
/** Expectations that differ by less than this share of their own error are all the same. */
const LEAST_SPREAD = 0.5;

/**
 * How far the imputed genes can be trusted, for people.
 *
 * @param expected expected held-out correlation of every gene that comes out
 * @param measured 1 for genes that the spatial file measures
 */
export function trustSentence(
  forecast: ExpectedAccuracyParameters | undefined,
  expected: Float64Array | undefined,
  measured: Uint8Array,
): string {
  if (forecast === undefined || expected === undefined) {
    return (
      'No genes were set aside in this run, so how far a gene can be trusted is not known; ' +
      'an evaluation measures it.'
    );
  }
  const imputed = expected.filter((_, gene) => measured[gene] !== 1);
  const good = imputed.filter((value) => value >= WORTH_LOOKING_AT).length;
  const count = (value: number) => value.toLocaleString('en');
  const learned = `learned from ${count(forecast.genes)} measured genes that were set aside`;
  if (forecast.spearman === null || forecast.meanAbsoluteError === null) {
    return (
      `A correlation of about ${forecast.mean.toFixed(2)} is expected of an imputed gene (${learned}); that is too ` +
      'few genes to tell good ones from bad ones.'
    );
  }
  const error = forecast.meanAbsoluteError.toFixed(2);
  if (imputed.length > 0 && standardDeviation(imputed) < LEAST_SPREAD * forecast.meanAbsoluteError) {
    // A count would be nearly all or nearly none of the genes, whatever becomes of them.
    return (
      `A correlation of about ${mean(imputed).toFixed(2)} (give or take ${error}, ${learned}) is expected of an ` +
      'imputed gene; these hardly tell good genes from bad ones.'
    );
  }
  const spread = `give or take ${error}, ${learned}, on which expected and achieved ranks correlate by ${forecast.spearman.toFixed(2)}`;
  const weak =
    forecast.spearman < WEAK_RANKING
      ? ' That is weak: trust the average, not the order of single genes.'
      : '';
  return (
    `${count(good)} of ${count(imputed.length)} imputed genes are expected to reach a correlation of ` +
    `${WORTH_LOOKING_AT} with what a measurement would show (${spread}); expected_pcc says which.${weak}`
  );
}
