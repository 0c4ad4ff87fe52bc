import { afterEach, describe, expect, it, vi } from 'vitest';
import { dispatch } from '../../../src-main/host/dispatch.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';
import type { Handlers } from '../../../src-shared/contract/handlers.ts';

const save = vi.fn<Handlers['project:save-view']>(() => Promise.resolve({}));
const names = vi.fn<Handlers['map:cell-names']>(() => Promise.resolve({ names: [] }));
const handlers = { 'project:save-view': save, 'map:cell-names': names };
const ask = (call: string, args: unknown) => dispatch(handlers, { id: 5, call, args });

afterEach(() => {
  vi.clearAllMocks();
  vi.restoreAllMocks();
});

describe('dispatch', () => {
  it('hands a handler what was parsed, and its answer back', async () => {
    names.mockResolvedValueOnce({ names: ['a'] });
    expect(await ask('map:cell-names', { cells: Uint32Array.of(4) })).toEqual({
      id: 5,
      ok: true,
      value: { names: ['a'] },
    });
    expect(names).toHaveBeenCalledExactlyOnceWith({ cells: Uint32Array.of(4) });
  });

  const circle: Record<string, unknown> = {};
  circle['again'] = circle;
  const doubled = Array.from({ length: 50 }).reduce<unknown>((inner) => ({ a: inner, b: inner }), {});
  it.each<[string, unknown]>([
    ['a circle', circle],
    ['the same part over and over', doubled],
    ['a Map', new Map([['a', 1]])],
    ['a Date', new Date()],
    ['a bigint', 1n],
    ['an ArrayBuffer', new ArrayBuffer(8)],
    ['64-bit floats', new Float64Array(2)],
    ['NaN', Number.NaN],
  ])('refuses %s, which a structured clone may bring', async (_, part) => {
    expect(await ask('project:save-view', { view: { part } })).toMatchObject({
      id: 5,
      failure: { code: 'malformed' },
    });
    expect(save).not.toHaveBeenCalled();
  });

  it('names the argument that is wrong, without repeating what was sent', async () => {
    const answer = await ask('map:cell-names', { cells: 'secret' });
    expect(answer).toMatchObject({
      failure: { code: 'malformed', message: '"cells" of map:cell-names cannot be used (custom).' },
    });
  });

  it('tells errors of the user as they are, with their place', async () => {
    save.mockRejectedValueOnce(new UserError('The disk is full.', { file: '/p', row: 3 }));
    expect(await ask('project:save-view', { view: {} })).toEqual({
      id: 5,
      ok: false,
      failure: { code: 'input', message: 'The disk is full.', place: { file: '/p', row: 3 } },
    });
  });

  it('tells a fault of ours plainly, and its trace only for SPAGENE_DEBUG', async () => {
    const written: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const fault = () => Promise.reject(new TypeError('x is not a function'));
    save.mockImplementationOnce(fault).mockImplementationOnce(() => {
      throw new Error('at once');
    });
    vi.stubEnv('SPAGENE_DEBUG', undefined);
    const answer = await ask('project:save-view', { view: {} });
    expect(answer).toMatchObject({ ok: false, failure: { code: 'internal' } });
    expect(JSON.stringify(answer)).toMatch(/x is not a function/u);
    expect(JSON.stringify(answer)).not.toMatch(/\bat \S+:\d+/u);
    expect(written.join('')).toBe('spagene: project:save-view: x is not a function\n');
    vi.stubEnv('SPAGENE_DEBUG', '1');
    expect(await ask('project:save-view', { view: {} })).toMatchObject({ failure: { code: 'internal' } });
    expect(written.at(-1)).toMatch(/at once\n.*\n? +at /u);
    vi.unstubAllEnvs();
  });

  it('knows only calls of the contract that have a handler', async () => {
    for (const call of ['constructor', '__proto__', 'app:info', 'nothing']) {
      expect(await ask(call, {})).toMatchObject({ id: 5, failure: { code: 'unknown-call' } });
    }
  });
});
