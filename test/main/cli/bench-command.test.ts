import { describe, expect, it } from 'vitest';
import { main } from '../../../src-main/cli/main.ts';
import { table } from '../../../src-main/cli/bench-command.ts';
import type { BackendSpeed } from '../../../src-main/engine/machine-bench.ts';

const speed = (name: 'blas' | 'wasm', stepsPerSecond: number): BackendSpeed => ({
  name,
  label: name.toUpperCase(),
  width: 'wide',
  products: { 'autoencoder-sc': 100e9, translation: 100e9 },
  stages: {
    'autoencoder-sc': { stepsPerSecond, operations: 10e9, shareOfProducts: (10e9 * stepsPerSecond) / 100e9 },
    translation: { stepsPerSecond: stepsPerSecond / 2, operations: 10e9, shareOfProducts: 0.2 },
  },
});

describe('spagene bench', () => {
  it('has a line for each backend and stage, with its rate, share and ratio to WASM', () => {
    const text = table({
      processor: 'A processor',
      cores: 2,
      backends: [speed('blas', 8), speed('wasm', 2)],
      diskWrite: 123e6,
    });
    const lines = text.split('\n').map((line) => line.trim().split(/\s{2,}/u));
    expect(lines[0]).toEqual(['A processor, 2 cores']);
    expect(lines).toContainEqual(['paper', 'stage 1', 'BLAS', '10.00', '8.0', '80', '100', '80 %', '4.0']);
    expect(lines).toContainEqual(['paper', 'stage 2', 'WASM', '10.00', '1.0', '10', '100', '20 %', '1.0']);
    expect(text).toContain('123 MB/s');
  });

  it('refuses a backend that there is none of', async () => {
    expect(await main(['bench', '--backend', 'abacus'])).toBe(2);
  });
});
