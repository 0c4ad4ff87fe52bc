import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { listBackends, selectBackend } from '../../../src-main/backend/select.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { runBundled } from './child.ts';

describe('selectBackend', () => {
  it('makes what was asked for current and says what it is', async () => {
    const wasm = await selectBackend('wasm', { threads: 1 });
    expect(wasm).toEqual({ name: 'wasm', label: 'WASM · 1 thread', threads: 1, details: [] });
    expect(tf.getBackend()).toBe('wasm');
    const cpu = await selectBackend('cpu');
    expect(cpu.name).toBe('cpu');
    expect(tf.getBackend()).toBe('cpu');
  });

  it('keeps tensors when the same backend is asked for again, and starts anew with other threads', async () => {
    await selectBackend('wasm', { threads: 1 });
    const kept = tf.tensor1d([1, 2, 3]);
    await selectBackend('cpu');
    await selectBackend('wasm', { threads: 1 });
    expect(kept.arraySync()).toEqual([1, 2, 3]);
    expect((await selectBackend('wasm', { threads: 2 })).label).toBe('WASM · 2 threads');
    expect(tf.add(tf.tensor1d([1, 2]), 1).arraySync()).toEqual([2, 3]);
  });

  it('takes the best of what is there by itself, never plain JavaScript', async () => {
    const usable = (await listBackends()).filter((backend) => backend.usable).map(({ name }) => name);
    expect((await selectBackend('auto')).name).toBe(usable[0]);
    expect(usable[0]).not.toBe('cpu');
  });

  it('refuses a backend that cannot be used here, with what to do', async () => {
    const unusable = (await listBackends()).filter((backend) => !backend.usable);
    for (const { name, reason, advice } of unusable) {
      const refused = await selectBackend(name).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(UserError);
      expect((refused as UserError).kind).toBe('usage');
      expect((refused as UserError).message).toBe(
        `The ${name} backend cannot be used here: ${reason}. ${advice}`,
      );
    }
  });

  it('says what to do where nothing native is installed', async () => {
    // Every package of the native backend is hidden from the program.
    const { status, stdout, stderr } = await runBundled(`
      import Module from 'node:module';
      process.env.SPAGENE_KERNELS = '';
      const { _resolveFilename } = Module;
      Module._resolveFilename = (request, ...rest) => {
        if (request.includes('tfjs-node')) throw new Error('not here');
        return _resolveFilename(request, ...rest);
      };
      const { selectBackend } = await import('./src-main/backend/select.ts');
      const refused = await Promise.all(['gpu', 'native', 'blas'].map((name) => selectBackend(name).catch((e) => e.message)));
      const { name } = await selectBackend('auto', { threads: 1 });
      console.log(JSON.stringify([...refused, name]));
    `);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const [gpu, native, blas, automatic] = JSON.parse(stdout) as string[];
    expect(gpu).toMatch(/^The gpu backend cannot be used here: tfjs-node is not installed\. .*setup:native/);
    expect(native).toBe(
      'The native backend cannot be used here: tfjs-node is not installed. Run npm run setup:native, or take --backend wasm.',
    );
    expect(blas).toBe(
      'The blas backend cannot be used here: its native kernels are not built. Run npm run setup:native, or take --backend wasm.',
    );
    expect(automatic).toBe('wasm');
  });

  it('prints nothing of its own', async () => {
    const { stdout, stderr } = await runBundled(`
      import * as tf from '@tensorflow/tfjs-core';
      import { selectBackend } from './src-main/backend/select.ts';
      for (const name of ['auto', 'wasm', 'cpu']) {
        await selectBackend(name);
        tf.add(tf.ones([2]), 1).dataSync();
      }
    `);
    // Two lines of a recent TensorFlow come before its log can be told to be quiet.
    const unavoidable = /absl::InitializeLog|oneDNN custom operations/;
    const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line !== '' && !unavoidable.test(line));
    expect(lines).toEqual([]);
  });
});

describe('listBackends', () => {
  it('has a line for each, an advice for each that is unusable, and leaves the current backend', async () => {
    await selectBackend('cpu');
    const lines = await listBackends();
    expect(lines.map(({ name }) => name)).toEqual(['gpu', 'webgpu', 'native', 'blas', 'wasm', 'cpu']);
    for (const { usable, reason, advice } of lines) {
      expect(reason).not.toBe('');
      expect(advice === '').toBe(usable);
    }
    expect(lines.find(({ name }) => name === 'wasm')).toMatchObject({
      usable: true,
      reason: expect.stringMatching(/^WASM · \d+ thread/) as string,
    });
    expect(tf.getBackend()).toBe('cpu');
  });
});
