import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { connectStore } from '../../../src-renderer/engine/connect.ts';
import { useApp } from '../../../src-renderer/store/store.ts';
import { fakeEngine } from '../helpers/fake-engine.ts';
import { aProject, aRun } from '../helpers/records.ts';

const info = {
  version: '1',
  shell: 'browser' as const,
  platform: 'linux',
  cores: 2,
  memoryBytes: 1e9,
  backendLabel: 'WASM',
  home: '/home',
};

function connect() {
  const open = aProject({ runs: [aRun({ state: 'running', name: 'Long one' })] });
  const engine = fakeEngine({
    'app:info': () => info,
    'app:settings': () => ({ theme: 'dark', backend: 'auto' }),
    'project:current': () => ({ project: open }),
    'project:open': () => open,
  });
  const stop = connectStore(engine.client);
  return { engine, stop };
}

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
  }));
  useApp.setState({ project: null, projectKnown: false, notices: [] });
});
afterEach(() => vi.unstubAllGlobals());

it('fills the store, and takes the theme from the settings', async () => {
  const { stop } = connect();
  await vi.waitFor(() => expect(useApp.getState().project?.name).toBe('Cortex'));
  expect(useApp.getState().info).toEqual(info);
  expect(document.documentElement.dataset['theme']).toBe('dark');
  stop();
});

it('asks for everything again after a gap', async () => {
  const { engine, stop } = connect();
  await vi.waitFor(() => expect(engine.calls('project:current')).toHaveLength(1));
  engine.resync();
  await vi.waitFor(() => expect(engine.calls('project:current')).toHaveLength(2));
  stop();
});

it('says that a closed project paused its job, and opens it again', async () => {
  const { engine, stop } = connect();
  await vi.waitFor(() => expect(useApp.getState().project).not.toBeNull());
  engine.push('project:changed', { project: null });
  const notice = useApp.getState().notices.at(-1)!;
  expect(notice.message).toBe(
    'Cortex was closed. Long one is paused, and goes on when you open it again and press Resume.',
  );
  notice.action!.run();
  await vi.waitFor(() => expect(useApp.getState().project?.name).toBe('Cortex'));
  stop();
});
