import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { parseExpectedAccuracy } from '../../../src-shared/maths/expected-accuracy-file.ts';
import { learnExpectedAccuracy } from '../../../src-shared/maths/expected-accuracy.ts';
import { Random } from '../../../src-shared/maths/random.ts';

const random = new Random(1);
const genes = Array.from({ length: 20 }, () => ({
  features: Array.from({ length: 6 }, () => random.uniform()),
  achieved: random.uniform(),
}));

/** What a file holds after writing and reading. */
function stored(count: number): Record<string, unknown> {
  const { parameters } = learnExpectedAccuracy(genes.slice(0, count))!;
  return JSON.parse(JSON.stringify(parameters)) as Record<string, unknown>;
}

describe('expected accuracy out of a file', () => {
  it.each([20, 5, 1])('learned from %d genes, predicts as before it was written', (count) => {
    const before = learnExpectedAccuracy(genes.slice(0, count))!;
    const after = parseExpectedAccuracy(stored(count), 'report.json');
    expect(after.parameters).toEqual(before.parameters);
    for (const gene of genes) expect(after.predict(gene.features)).toBe(before.predict(gene.features));
  });

  it.each([
    ['another format', { format: 'other' }, 'format'],
    ['a later version', { formatVersion: 2 }, 'formatVersion'],
    ['no gene', { genes: 0 }, 'genes'],
    ['a mean that is null', { mean: null }, 'mean'],
    ['an impossible correlation', { spearman: 1.5 }, 'spearman'],
    ['terms that are missing', { terms: [] }, 'terms'],
    ['something unknown', { more: 1 }, 'the whole'],
  ])('refuses %s in a sentence that names file and element', (_, change, element) => {
    const read = (): unknown => parseExpectedAccuracy({ ...stored(20), ...change }, 'report.json');
    expect(read).toThrow(UserError);
    expect(read).toThrow(new RegExp(`^report.json .*: ${element} is wrong`));
  });

  it('refuses terms in another order, with a hole, or turned around', () => {
    const terms = stored(20)['terms'] as Record<string, unknown>[];
    const read = (changed: unknown[]) => () => {
      parseExpectedAccuracy({ ...stored(20), terms: changed }, 'report.json');
    };
    expect(read([...terms].reverse())).toThrow(/terms is wrong.*in this order/);
    expect(read([{ ...terms[0], coefficient: null }, ...terms.slice(1)])).toThrow(/terms\.0\.coefficient/);
    expect(read([{ ...terms[0], low: 2, high: 1 }, ...terms.slice(1)])).toThrow(/low is above high/);
    expect(() => parseExpectedAccuracy('text', 'report.json')).toThrow(/the whole is wrong/);
  });
});
