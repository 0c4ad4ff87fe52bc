import { expect, it, vi } from 'vitest';
import { ResultCache, withNames } from '../../../../src-renderer/views/biology/result-cache.ts';
import { aNichesResult } from '../../helpers/analyses.ts';

it('writes new names wherever the old ones stand, and nothing else', () => {
  const before = aNichesResult();
  const after = withNames(before, 'niche', ['Core', 'Border', 'Stroma rich']);
  expect(after.vectors[0]).toMatchObject({ names: ['Core', 'Border', 'Stroma rich'] });
  expect(after.matrices.map(({ rows }) => rows[0])).toEqual(['Core', 'Core']);
  const columns = after.tables.find(({ name }) => name === 'niches')!.columns;
  expect(columns.find(({ name }) => name === 'niche')!.values[0]).toBe('Core');
  expect(columns.find(({ name }) => name === 'suggested')!.values[0]).toBe('Tumour');
  expect(before.vectors[0]).toMatchObject({ names: ['Tumour core', 'Border', 'Stroma rich'] });
});

it('lets the one go that was put in first when it holds many', () => {
  const cache = new ResultCache();
  const result = aNichesResult();
  for (let i = 0; i < 13; i++) cache.put(String(i), { result, error: null, isFresh: true });
  expect(cache.get('0').result).toBeNull();
  expect(cache.get('1').result).toBe(result);
});

it('keeps what it knows when it is to be asked for again, and tells those who listen', () => {
  const cache = new ResultCache();
  const listener = vi.fn();
  const end = cache.subscribe(listener);
  cache.put('a', { result: aNichesResult(), error: null, isFresh: true });
  cache.forget('a');
  cache.forget('b');
  expect(cache.get('a')).toMatchObject({ isFresh: false });
  expect(cache.get('a').result).not.toBeNull();
  expect(listener).toHaveBeenCalledTimes(2);
  end();
  cache.forget('a');
  expect(listener).toHaveBeenCalledTimes(2);
});
