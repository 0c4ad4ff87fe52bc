import { app, Menu, type MenuItemConstructorOptions as Item } from 'electron';
import type { Settings } from '../src-shared/contract/calls/app.ts';
import type { Result } from '../src-shared/contract/handlers.ts';
import type { MenuCommand } from '../src-shared/contract/menu-commands.ts';

export interface MenuState {
  readonly hasProject: boolean;
  readonly recent: Result<'app:recent'>;
  readonly theme: Settings['theme'];
}

export interface MenuActions {
  /** Asks the page. */
  readonly command: (command: MenuCommand) => void;
  readonly open: (folder: string) => void;
  readonly openGuide: () => void;
  readonly showLogs: () => void;
}

const steps = [
  ['view-data', 'Data'],
  ['view-model', 'Model'],
  ['view-train', 'Train'],
  ['view-map', 'Map'],
  ['view-quality', 'Quality'],
  ['view-export', 'Export'],
] as const satisfies readonly (readonly [MenuCommand, string])[];

const themes = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const satisfies readonly (readonly [Settings['theme'], string])[];

const MOST_RECENT = 10;
const line: Item = { type: 'separator' };
const isMac = () => process.platform === 'darwin';

/** Replaces the menus of the app. */
export function setMenu(state: MenuState, actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(state, actions)));
}

export function menuTemplate(state: MenuState, actions: MenuActions): Item[] {
  return [
    ...(isMac() ? [{ role: 'appMenu' } satisfies Item] : []),
    fileMenu(state, actions),
    { role: 'editMenu' },
    viewMenu(state, actions),
    ...(isMac() ? [{ role: 'windowMenu' } satisfies Item] : []),
    helpMenu(actions),
  ];
}

function fileMenu({ hasProject, recent }: MenuState, { command, open }: MenuActions): Item {
  const openRecent = recent.slice(0, MOST_RECENT).map(({ folder, name, present }): Item => {
    return {
      label: `${name}  (${folder})`.replaceAll('&', '&&'),
      enabled: present,
      click: () => open(folder),
    };
  });
  return {
    label: '&File',
    submenu: [
      { label: '&New project…', accelerator: 'CmdOrCtrl+N', click: () => command('new-project') },
      { label: '&Open project…', accelerator: 'CmdOrCtrl+O', click: () => command('open-project') },
      { label: 'Open &recent', enabled: openRecent.length > 0, submenu: openRecent },
      line,
      { label: '&Close project', enabled: hasProject, click: () => command('close-project') },
      line,
      isMac() ? { role: 'close' } : { role: 'quit' },
    ],
  };
}

function viewMenu({ hasProject, theme }: MenuState, { command }: MenuActions): Item {
  const stepItems = steps.map(([name, label], i): Item => {
    return { label, enabled: hasProject, accelerator: `CmdOrCtrl+${i + 1}`, click: () => command(name) };
  });
  const themeItems = themes.map(([name, label]): Item => {
    return { label, type: 'radio', checked: name === theme, click: () => command(`theme-${name}`) };
  });
  const forDevelopers: Item[] = [
    line,
    { role: 'reload' },
    { role: 'forceReload' },
    { role: 'toggleDevTools' },
  ];
  return {
    label: '&View',
    submenu: [
      ...stepItems,
      line,
      { label: '&Find…', enabled: hasProject, accelerator: 'CmdOrCtrl+K', click: () => command('find') },
      line,
      { label: '&Theme', submenu: themeItems },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'togglefullscreen' },
      ...(app.isPackaged ? [] : forDevelopers),
    ],
  };
}

function helpMenu({ command, openGuide, showLogs }: MenuActions): Item {
  return {
    role: 'help',
    label: '&Help',
    submenu: [
      { label: '&User guide', accelerator: 'F1', click: openGuide },
      { label: '&Keyboard shortcuts', click: () => command('shortcuts') },
      line,
      { label: '&Log files', click: showLogs },
      ...(isMac() ? [] : [line, { role: 'about' } satisfies Item]),
    ],
  };
}
