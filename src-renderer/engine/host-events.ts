import { menuCommands, type MenuCommand } from '../../src-shared/contract/menu-commands.ts';
import { VIEWS } from '../store/navigation.ts';
import { useApp } from '../store/store.ts';
import { resolved, type Theme } from '../theme/theme.ts';
import type { EngineClient } from './client.ts';
import { messageOf } from './message-of.ts';

/** Does what the native menus and files opened from outside ask for. @returns ends it */
export function followHost(client: EngineClient): () => void {
  const attempt = (work: () => Promise<unknown>) => {
    work().catch((error: unknown) => useApp.getState().notify({ kind: 'error', message: messageOf(error) }));
  };
  const stops = [
    client.on('menu:command', ({ command }) => {
      const known = menuCommands.find((name) => name === command);
      if (known !== undefined) attempt(() => perform(client, known));
    }),
    client.on('app:open', ({ path }) => attempt(() => openPath(client, path))),
  ];
  return () => stops.forEach((stop) => stop());
}

async function perform(client: EngineClient, command: MenuCommand): Promise<void> {
  const { project, goTo, setOverlay, setSettings, setProject } = useApp.getState();
  const view = VIEWS.find((name) => command === `view-${name}`);
  if (view !== undefined) {
    if (project !== null) goTo(view);
  } else if (command === 'find') {
    if (project !== null) setOverlay('commands');
  } else if (command === 'shortcuts') {
    setOverlay('shortcuts');
  } else if (command === 'open-project') {
    const { path } = await client.call('files:choose', { purpose: 'project' });
    if (path !== null) setProject(await client.call('project:open', { folder: path }));
  } else if (command === 'close-project' || command === 'new-project') {
    // The start view is where a new project is named and placed.
    if (project !== null) await client.call('project:close', {});
  } else {
    const theme = command.slice('theme-'.length) as Theme;
    setSettings(await client.call('app:change-settings', { theme }));
    document.documentElement.dataset['theme'] = resolved(theme);
  }
}

/** A project's folder is opened; data begin an import, where a project is open to take them. */
async function openPath(client: EngineClient, path: string): Promise<void> {
  const { project, goTo, setProject } = useApp.getState();
  try {
    setProject(await client.call('project:open', { folder: path }));
  } catch (error) {
    if (project === null) throw error;
    goTo('data', { file: path });
  }
}
