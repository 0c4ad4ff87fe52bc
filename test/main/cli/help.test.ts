import { describe, expect, it } from 'vitest';
import { help } from '../../../src-main/cli/help.ts';
import { allMethods, USUAL_METHODS } from '../../../src-main/engine/method-table.ts';
import { presetParameters } from '../../../src-shared/domain/run-config.ts';

describe('spagene help evaluate', () => {
  const config = {
    preset: 'recommended',
    seed: 1,
    genes: [],
    parameters: presetParameters('recommended'),
  } as const;
  const names = allMethods(config).map(({ name }) => name);
  const [, list, left] =
    /--methods A,B\s+([^(]+)\(default: all but ([^)]+)\)/u.exec(help('evaluate'))?.map((text) => text) ?? [];
  const words = (text = '') => text.split(',').map((word) => word.trim());

  it('names every method that there is, and no other', () => {
    expect(words(list)).toEqual(names);
  });

  it('says which ones are left out where none is named', () => {
    expect(words(left)).toEqual(names.filter((name) => !(USUAL_METHODS as readonly string[]).includes(name)));
  });
});
