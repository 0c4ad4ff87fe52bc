import { describe, expect, it } from 'vitest';
import { refuseImputedCounts } from '../../../src-main/analysis/imputed-guard.ts';
import type { CountAnalysis } from '../../../src-main/analysis/imputed-guard.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';

describe('counting analyses of imputed values', () => {
  it.each<CountAnalysis>(['negative-binomial test', 'pseudo-bulk sums', 'detection rates'])(
    '%s',
    (analysis) => {
      expect(() => refuseImputedCounts(analysis, 'measured')).not.toThrow();
      for (const basis of ['imputed', 'both'] as const) {
        expect(() => refuseImputedCounts(analysis, basis)).toThrow(UserError);
        expect(() => refuseImputedCounts(analysis, basis)).toThrow(
          /imputed values: .* Choose the measured values/u,
        );
      }
    },
  );
});
