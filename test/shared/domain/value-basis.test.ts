import { expect, it } from 'vitest';
import { basisOf } from '../../../src-shared/domain/value-basis.ts';

it('says what results rest on', () => {
  expect(basisOf('raw')).toBe('measured');
  expect(basisOf('imputed-measured')).toBe('imputed');
  expect(basisOf('imputed-all', 'imputed-measured')).toBe('imputed');
  expect(basisOf('raw', 'imputed-all')).toBe('both');
  expect(() => basisOf()).toThrow(RangeError);
});
