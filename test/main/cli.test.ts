import { describe, expect, it } from 'vitest';
import { help } from '../../src-main/cli/help.ts';
import { oneOf, parseFlags, wholeNumber } from '../../src-main/cli/options.ts';
import { duration } from '../../src-main/cli/time-left.ts';
import { UserError } from '../../src-shared/contract/errors.ts';

const kindOf = (work: () => unknown): string | undefined => {
  try {
    work();
  } catch (error) {
    return error instanceof UserError ? error.kind : 'not a UserError';
  }
  return undefined;
};

describe('command line flags', () => {
  it('are parsed strictly, and what is wrong is a usage error', () => {
    const options = { seed: { type: 'string' } } as const;
    expect(parseFlags('x', ['--seed', '4', 'word'], options)).toMatchObject({
      values: { seed: '4' },
      positionals: ['word'],
    });
    expect(kindOf(() => parseFlags('x', ['--sead', '4'], options))).toBe('usage');
    expect(kindOf(() => parseFlags('x', ['--seed'], options))).toBe('usage');
    expect(wholeNumber('seed', '12', 0, 100)).toBe(12);
    expect(wholeNumber('seed', undefined, 0, 100)).toBeUndefined();
    for (const bad of ['1.5', '-1', '101', 'x', '']) {
      expect(
        kindOf(() => wholeNumber('seed', bad, 0, 100)),
        bad,
      ).toBe('usage');
    }
    expect(oneOf('backend', 'wasm', ['auto', 'wasm'])).toBe('wasm');
    expect(kindOf(() => oneOf('backend', 'cuda', ['auto', 'wasm']))).toBe('usage');
  });

  it('have a help text each', () => {
    for (const command of ['inspect', 'impute', 'backends', 'simulate', 'demo']) {
      expect(help(command)).toMatch(new RegExp(`^spagene ${command}`, 'u'));
    }
    expect(help('hyperparameters')).toContain('lambda.identity = 10');
    expect(kindOf(() => help('nothing'))).toBe('usage');
  });
});

describe('duration', () => {
  it.each([
    [0.4, '0 s'],
    [59.6, '1 min 0 s'],
    [125, '2 min 5 s'],
    [3720, '1 h 2 min'],
  ])('%f seconds', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});
