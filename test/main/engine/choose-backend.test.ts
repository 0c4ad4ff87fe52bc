import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { presetParameters } from '../../../src-shared/domain/run-config.ts';
import { hasKernels } from '../../helpers/kernels.ts';
import {
  chooseBackend,
  fastestOf,
  realCard,
  rememberedFastest,
} from '../../../src-main/engine/choose-backend.ts';

const recommended = presetParameters('recommended');
const file = () => join(process.env['SPAGENE_HOME']!, 'fastest-backend.json');

beforeAll(() => {
  process.env['SPAGENE_HOME'] = mkdtempSync(join(tmpdir(), 'spagene-choice-'));
});

describe('the backend that auto means', () => {
  it('is what was asked for where that is not auto', async () => {
    expect(await chooseBackend('wasm', recommended)).toBe('wasm');
    expect(await chooseBackend('gpu', recommended)).toBe('gpu');
  });

  it('is the fastest of the candidates, measured once and remembered', async () => {
    const asked: string[] = [];
    const seconds: Record<string, number> = { wasm: 0.2, blas: 0.1 };
    const measure = (name: string) => {
      asked.push(name);
      return Promise.resolve(seconds[name]!);
    };
    expect(await fastestOf(['wasm', 'blas'], 'here', measure)).toBe('blas');
    seconds['blas'] = 9;
    expect(await fastestOf(['wasm', 'blas'], 'here', measure)).toBe('blas');
    expect(asked).toEqual(['wasm', 'blas']);
    expect(await fastestOf(['wasm', 'blas'], 'another machine', measure)).toBe('wasm');
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ here: { name: 'blas' } });
  });

  it('is measured again where what was remembered is gone or damaged', async () => {
    const measure = (name: string) => Promise.resolve(name === 'blas' ? 1 : 2);
    expect(await fastestOf(['wasm', 'native'], 'here', measure)).toBe('wasm');
    writeFileSync(file(), '{ "here": ');
    expect(await fastestOf(['wasm', 'blas'], 'here', measure)).toBe('blas');
  });

  it('leaves out graphics cards that are computed in software', () => {
    expect(realCard('Google SwiftShader')).toBeUndefined();
    expect(realCard('Microsoft Basic Render Driver')).toBeUndefined();
    expect(realCard('NVIDIA ampere')).toBe('NVIDIA ampere');
  });

  it('passes over a candidate that cannot be used after all', async () => {
    const measure = (name: string) =>
      name === 'native' ? Promise.reject(new UserError('broken')) : Promise.resolve(1);
    expect(await fastestOf(['native', 'wasm'], 'a broken one', measure)).toBe('wasm');
    const fault = () => Promise.reject(new TypeError('ours'));
    await expect(fastestOf(['native', 'wasm'], 'a fault', fault)).rejects.toThrow('ours');
  });

  it.skipIf(!hasKernels)('is unknown for networks that were never measured', async () => {
    expect(await rememberedFastest('wide')).toBeUndefined();
  });
});
