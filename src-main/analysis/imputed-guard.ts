import { UserError } from '../../src-shared/contract/errors.ts';
import type { Basis } from '../../src-shared/domain/value-basis.ts';

/** Analyses that take their values for counts of molecules, and why imputed values are none. */
const COUNTING = {
  'negative-binomial test':
    'it takes values for counts of molecules and learns their noise from them, and imputed values are smoothed means ' +
    'without that noise',
  'pseudo-bulk sums':
    'they take cells for independent samples of molecules, and imputed values of different cells come from the same ' +
    'reference cells',
  'detection rates': 'they ask in how many cells a gene was seen, and an imputed gene was seen in none',
} as const;

export type CountAnalysis = keyof typeof COUNTING;

/**
 * Refuses count-based analyses (negative-binomial tests such as those of DESeq2 and edgeR, pseudo-bulk sums, detection
 * rates) of values that are imputed, in whole or in part: their p-values would be far too small.
 *
 * Throws a UserError that says why and what to do instead.
 */
export function refuseImputedCounts(analysis: CountAnalysis, basis: Basis): void {
  if (basis === 'measured') return;
  throw new UserError(
    `No ${analysis} of imputed values: ${COUNTING[analysis]}. Choose the measured values, or compare imputed genes by ` +
      'their correlation with the neighbour proportion, which is tested by shifts in space.',
  );
}
