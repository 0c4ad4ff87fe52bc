import { expect, it } from 'vitest';
import { present } from '../../../src-shared/contract/present.ts';

it('leaves out what is undefined and nothing else', () => {
  const given = present({ a: undefined, b: 0, c: '', d: false, e: null, f: undefined as string | undefined });
  expect(Object.keys(given)).toEqual(['b', 'c', 'd', 'e']);
  // Types as exactOptionalPropertyTypes wants them: this would not compile if f could be undefined.
  const exact: { readonly f?: string; readonly b: number } = given;
  expect('f' in exact).toBe(false);
});
