import { z } from 'zod';
import { UserError } from '../contract/errors.ts';
import { EXPECTED_ACCURACY_FEATURES, expectedAccuracyModel } from './expected-accuracy.ts';
import type { ExpectedAccuracyModel } from './expected-accuracy.ts';

const number = z.number();

const term = z
  .strictObject({
    name: z.enum(EXPECTED_ACCURACY_FEATURES),
    mean: number,
    sd: number.min(0),
    low: number,
    high: number,
    coefficient: number,
  })
  .refine(({ low, high }) => low <= high, { error: 'low is above high', path: ['low'] });

const schema = z.strictObject({
  format: z.literal('spagene-expected-accuracy'),
  formatVersion: z.literal(1),
  genes: z.int().min(1),
  mean: number.min(-1).max(1),
  penalty: number.min(0).nullable(),
  terms: z
    .array(term)
    .refine((terms) => terms.map(({ name }) => name).join() === EXPECTED_ACCURACY_FEATURES.join(), {
      error: `must be ${EXPECTED_ACCURACY_FEATURES.join(', ')} in this order`,
    }),
  spearman: number.min(-1).max(1).nullable(),
  meanAbsoluteError: number.min(0).nullable(),
});

/**
 * The model of parameters out of a file.
 *
 * @param where what a message calls the place, such as the path of the file
 * Throws a UserError that names the first thing that is wrong.
 */
export function parseExpectedAccuracy(value: unknown, where: string): ExpectedAccuracyModel {
  const parsed = schema.safeParse(value);
  if (parsed.success) return expectedAccuracyModel(parsed.data);
  const issue = parsed.error.issues[0]!;
  const element = issue.path.join('.') || 'the whole';
  throw new UserError(
    `${where} holds no expected accuracy that this version reads: ${element} is wrong (${issue.message}).`,
    { file: where, element },
  );
}
