import { describe, expect, it } from 'vitest';
import { threadsToUse } from '../../../src-main/backend/wasm-threads.ts';
import { runBundled } from './child.ts';

const program = (threads: number): string => `
  import * as tf from '@tensorflow/tfjs-core';
  import { selectBackend } from './src-main/backend/select.ts';
  const { threads, details } = await selectBackend('wasm', { threads: ${threads} });
  const wave = (n, k) => Float32Array.from({ length: n }, (_, i) => Math.sin(i * k));
  const a = tf.tensor2d(wave(300 * 200, 0.7), [300, 200]);
  const b = tf.tensor2d(wave(200 * 150, 0.3), [200, 150]);
  const values = tf.matMul(tf.matMul(a, b), b, false, true).dataSync();
  let hash = 0;
  for (const bits of new Uint32Array(values.buffer)) hash = (Math.imul(hash, 31) + bits) >>> 0;
  console.log(JSON.stringify({ threads, details, hash, worker: typeof globalThis.Worker }));
`;

interface Printed {
  readonly threads: number;
  readonly details: string[];
  readonly hash: number;
  readonly worker: string;
}
async function printed(threads: number): Promise<Printed> {
  const { status, stdout, stderr } = await runBundled(program(threads));
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return JSON.parse(stdout) as Printed;
}

describe('WASM threads', () => {
  it('start, compute the same bits every time, and let the process end', async () => {
    const first = await printed(3);
    expect(first).toMatchObject({ threads: 3, details: [], worker: 'undefined' });
    expect(await printed(3)).toEqual(first);
    expect((await printed(1)).hash).toBe(first.hash);
  });

  it('are at most eight, and it says so', async () => {
    const { threads, details } = await printed(40);
    expect(threads).toBe(8);
    expect(details).toEqual(['WASM uses at most 8 threads.']);
  });

  it('give way to one thread where workers do not start, and it says why', async () => {
    // A worker cannot be made without the script that the package keeps for it.
    const broken = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const { readFileSync } = fs;
      fs.readFileSync = (file, ...rest) =>
        String(file).endsWith('.worker.js') ? 'module.exports.wasmWorkerContents = "throw new Error(\\'no workers here\\')"' : readFileSync(file, ...rest);
      syncBuiltinESMExports();
      ${program(2)}
    `;
    const { status, stdout } = await runBundled(broken);
    expect(status).toBe(0);
    const { threads, details } = JSON.parse(stdout) as Printed;
    expect(threads).toBe(1);
    expect(details[0]).toMatch(/Threads could not be started \(.*no workers here.*\)/);
  });

  it('do not change how the program ends with an error nobody caught', async () => {
    const thrown = `${program(2)}; setTimeout(() => { throw new Error('boom'); }, 10);`;
    const { status, stderr } = await runBundled(thrown);
    expect(status).toBe(1);
    expect(stderr).toContain('boom');
  });
});

describe('threadsToUse', () => {
  it('takes what is asked for, else SPAGENE_THREADS, else the available cores', () => {
    process.env['SPAGENE_THREADS'] = '3';
    expect(threadsToUse(5)).toBe(5);
    expect(threadsToUse()).toBe(3);
    process.env['SPAGENE_THREADS'] = 'many';
    expect(threadsToUse()).toBeGreaterThanOrEqual(1);
    delete process.env['SPAGENE_THREADS'];
    expect(threadsToUse(0)).toBe(1);
  });
});
