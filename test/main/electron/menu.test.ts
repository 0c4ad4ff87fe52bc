import type { MenuItemConstructorOptions as Item } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { menuTemplate, type MenuActions, type MenuState } from '../../../src-main/menu.ts';
import { menuCommands } from '../../../src-shared/contract/menu-commands.ts';
import { app as electronApp } from '../../helpers/fake-electron.ts';
import { ElectronApp } from '../../helpers/electron-app.ts';
import { emptyProject } from '../../helpers/project-state.ts';

vi.mock('electron', () => import('../../helpers/fake-electron.ts'));

const recent = (name: string, present = true) => ({ folder: `/data/${name}`, name, opened: '', present });
const nothing: MenuState = { hasProject: false, recent: [], theme: 'system' };

function actions(commands: string[] = [], opened: string[] = []): MenuActions {
  return {
    command: (command) => commands.push(command),
    open: (folder) => opened.push(folder),
    openGuide: () => opened.push('guide'),
    showLogs: () => opened.push('logs'),
  };
}

function all(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? all(item.submenu) : [])]);
}

const find = (items: readonly Item[], label: string): Item =>
  all(items).find((item) => item.label === label)!;
const click = (item: Item): void => item.click!({} as never, undefined, {});

const { platform } = process;
const on = (name: string) => Object.defineProperty(process, 'platform', { value: name });
beforeEach(() => on('linux'));
afterEach(() => on(platform));

describe('the menus', () => {
  it('ask the page for every command of the contract, each once', () => {
    const commands: string[] = [];
    for (const item of all(menuTemplate(nothing, actions(commands)))) if (item.click) click(item);
    expect(commands.sort()).toEqual([...menuCommands].sort());
  });

  it('let the steps be chosen only with a project, by the keys of the page', () => {
    const steps = (hasProject: boolean) =>
      all(menuTemplate({ ...nothing, hasProject }, actions()))
        .filter(({ accelerator }) => /^CmdOrCtrl\+\d$/u.test(accelerator ?? ''))
        .map(({ label, accelerator, enabled }) => [label, accelerator, enabled]);
    expect(steps(true)).toEqual([
      ['Data', 'CmdOrCtrl+1', true],
      ['Model', 'CmdOrCtrl+2', true],
      ['Train', 'CmdOrCtrl+3', true],
      ['Map', 'CmdOrCtrl+4', true],
      ['Quality', 'CmdOrCtrl+5', true],
      ['Export', 'CmdOrCtrl+6', true],
    ]);
    expect(steps(false).every(([, , enabled]) => enabled === false)).toBe(true);
  });

  it('use no key twice', () => {
    const keys = all(menuTemplate(nothing, actions())).flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('list ten recent projects and open the one that is chosen; one that is gone cannot be', () => {
    const opened: string[] = [];
    const many = Array.from({ length: 12 }, (_, i) => recent(`p${i}`, i !== 1));
    const { submenu } = find(menuTemplate({ ...nothing, recent: many }, actions([], opened)), 'Open &recent');
    const items = submenu as Item[];
    expect(items).toHaveLength(10);
    expect(items.map(({ enabled }) => enabled).slice(0, 3)).toEqual([true, false, true]);
    click(items[2]!);
    expect(opened).toEqual(['/data/p2']);
  });

  it('show the ampersand of a name', () => {
    const { submenu } = find(
      menuTemplate({ ...nothing, recent: [recent('A & B')] }, actions()),
      'Open &recent',
    );
    expect((submenu as Item[])[0]!.label).toBe('A && B  (/data/A && B)');
  });

  it('mark the theme', () => {
    const { submenu } = find(menuTemplate({ ...nothing, theme: 'dark' }, actions()), '&Theme');
    expect((submenu as Item[]).filter(({ checked }) => checked).map(({ label }) => label)).toEqual(['Dark']);
  });

  it('offer the developer tools and reloading in development alone', () => {
    const roles = () => all(menuTemplate(nothing, actions())).map(({ role }) => role);
    electronApp.isPackaged = true;
    expect(roles()).not.toContain('toggleDevTools');
    expect(roles()).not.toContain('reload');
    electronApp.isPackaged = false;
    expect(roles()).toContain('toggleDevTools');
    electronApp.isPackaged = true;
  });

  it('have on macOS what is usual there', () => {
    on('darwin');
    const roles = menuTemplate(nothing, actions()).map(({ role }) => role);
    expect(roles).toEqual(['appMenu', undefined, 'editMenu', undefined, 'windowMenu', 'help']);
  });
});

describe('the menus of the running app', () => {
  it('follow the project and the theme, and send their commands to the page', async () => {
    const app = await ElectronApp.start();
    try {
      await app.connect();
      const { Menu } = app.electron;
      expect(find(Menu.template, '&Close project').enabled).toBe(false);
      expect((find(Menu.template, 'Open &recent').submenu as Item[])[0]!.label).toBe('Old  (/data/old)');
      expect(find(Menu.template, 'Dark').checked).toBe(true);
      await app.open(emptyProject('/data/a'));
      expect(find(Menu.template, '&Close project').enabled).toBe(true);
      click(find(Menu.template, '&Close project'));
      expect(app.pushes.at(-1)).toMatchObject({
        event: 'menu:command',
        payload: { command: 'close-project' },
      });
    } finally {
      app.stop();
    }
  });
});
