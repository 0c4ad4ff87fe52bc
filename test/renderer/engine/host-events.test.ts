import { beforeEach, describe, expect, it, vi } from 'vitest';
import { menuCommands } from '../../../src-shared/contract/menu-commands.ts';
import { EngineError } from '../../../src-renderer/engine/client.ts';
import { followHost } from '../../../src-renderer/engine/host-events.ts';
import { useApp } from '../../../src-renderer/store/store.ts';
import { fakeEngine } from '../helpers/fake-engine.ts';
import { aProject } from '../helpers/records.ts';

beforeEach(() =>
  useApp.setState({ project: aProject(), view: 'data', overlay: null, target: null, notices: [] }),
);

function follow(isProject = true) {
  const engine = fakeEngine({
    'files:choose': () => ({ path: '/other' }),
    'project:open': ({ folder }) => {
      if (isProject) return aProject({ folder });
      throw new EngineError({ code: 'input', message: `${folder} is not a project.` });
    },
    'project:close': () => ({}),
    'app:change-settings': ({ theme }) => ({ theme: theme!, backend: 'auto' }),
  });
  followHost(engine.client);
  return engine;
}

describe('the native menus', () => {
  it('reach something with every command', async () => {
    vi.stubGlobal('matchMedia', () => ({ matches: false }));
    for (const command of menuCommands) {
      useApp.setState({ project: aProject(), view: 'data', overlay: null });
      const engine = follow();
      const before = JSON.stringify([useApp.getState().view, useApp.getState().overlay]);
      engine.push('menu:command', { command });
      await vi.waitFor(() => {
        const after = JSON.stringify([useApp.getState().view, useApp.getState().overlay]);
        const asked = (['files:choose', 'project:close', 'app:change-settings'] as const).flatMap(
          engine.calls,
        );
        expect(command === 'view-data' || after !== before || asked.length > 0, command).toBe(true);
      });
    }
    vi.unstubAllGlobals();
  });

  it('open the project that was chosen', async () => {
    follow().push('menu:command', { command: 'open-project' });
    await vi.waitFor(() => expect(useApp.getState().project?.folder).toBe('/other'));
  });
});

describe('something opened from outside', () => {
  it('is a project, or data for the open one', async () => {
    follow().push('app:open', { path: '/other' });
    await vi.waitFor(() => expect(useApp.getState().project?.folder).toBe('/other'));
    follow(false).push('app:open', { path: '/data/x.h5ad' });
    await vi.waitFor(() => expect(useApp.getState().target).toEqual({ file: '/data/x.h5ad' }));
  });

  it('is said to be neither when no project is open', async () => {
    useApp.setState({ project: null });
    follow(false).push('app:open', { path: '/x' });
    await vi.waitFor(() => expect(useApp.getState().notices.at(-1)?.message).toBe('/x is not a project.'));
  });
});
