import { cpus } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { Child, Spawn } from '../../../src-main/host/child.ts';
import { calls } from '../../../src-shared/contract/handlers.ts';
import { isThere, refusal } from '../project/support.ts';
import { newDesk, ownHome } from './support.ts';

const home = ownHome();
afterEach(() => vi.resetModules());

/** A process that answers with this, or ends when there is no answer. */
function answering(answer: unknown): { spawn: Spawn; started: string[] } {
  const started: string[] = [];
  const spawn: Spawn = (entry) => {
    started.push(entry);
    const child: Child = {
      pid: 1,
      send: () => undefined,
      onMessage: (listen) => {
        if (answer !== undefined) setTimeout(listen, 5, answer);
      },
      onExit: (listen) => void setTimeout(listen, 20, 'code 1'),
      kill: () => undefined,
    };
    return child;
  };
  return { spawn, started };
}

const backends = [
  { name: 'gpu', usable: false, reason: 'no GPU here', advice: 'Buy one.' },
  { name: 'native', usable: true, reason: 'TensorFlow 2.9.1 (tfjs-node)', advice: '' },
  { name: 'wasm', usable: true, reason: 'WASM · 2 threads', advice: '' },
  { name: 'cpu', usable: true, reason: 'slow', advice: '' },
];

test('about this machine, at once and without starting anything', async () => {
  const { handlers } = newDesk(home);
  const begin = performance.now();
  const info = await handlers['app:info']({});
  expect(performance.now() - begin).toBeLessThan(200);
  expect(calls['app:info'].result.parse(info)).toEqual(info);
  expect(info).toMatchObject({ version: '1.2.3', shell: 'browser', platform: process.platform, home });
  expect(info.cores).toBeLessThanOrEqual(cpus().length);
  expect(info.backendLabel).toMatch(/^(native CPU|WASM) · \d+ threads?$/);
});

test('the label follows the settings and the threads', async () => {
  const { handlers } = newDesk(home);
  vi.stubEnv('SPAGENE_THREADS', '3');
  await handlers['app:change-settings']({ backend: 'wasm' });
  expect((await handlers['app:info']({})).backendLabel).toBe('WASM · 3 threads');
  await handlers['app:change-settings']({ backend: 'native' });
  expect((await handlers['app:info']({})).backendLabel).toBe('native CPU · 3 threads');
  await handlers['app:change-settings']({ backend: 'auto', theme: 'dark' });
  expect(await handlers['app:settings']({})).toEqual({ theme: 'dark', backend: 'auto' });
});

test('backends are tried once, in a process of their own; a failure is told and can be repeated', async () => {
  const { handlers: failing } = newDesk(home, answering(undefined));
  expect((await refusal(failing['app:backends']({}))).message).toMatch(
    /could not be tried: their process ended \(code 1\)/,
  );
  const { spawn, started } = answering({ kind: 'backends', backends });
  const { handlers } = newDesk(home, { spawn });
  const found = await handlers['app:backends']({});
  expect(calls['app:backends'].result.parse(found)).toEqual(found);
  expect(found.slice(0, 2)).toEqual([
    { name: 'gpu', label: 'GPU', available: false, reason: 'no GPU here. Buy one.' },
    { name: 'native', label: 'native CPU (TensorFlow 2.9.1 (tfjs-node))', available: true },
  ]);
  await handlers['app:backends']({});
  expect(started).toEqual(['backends-worker']);
  expect(isThere(join(home, 'settings', 'backends.json'))).toBe(true);
});
