import type * as Electron from 'electron';
import { EventEmitter } from 'node:events';

class FakeScreen implements Pick<
  Electron.Screen,
  'getAllDisplays' | 'getPrimaryDisplay' | 'getDisplayMatching'
> {
  displays = [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] as Electron.Display[];

  getAllDisplays(): Electron.Display[] {
    return this.displays;
  }
  getPrimaryDisplay(): Electron.Display {
    return this.displays[0]!;
  }
  getDisplayMatching({ x }: Electron.Rectangle): Electron.Display {
    return this.displays.find(({ workArea }) => x < workArea.x + workArea.width) ?? this.displays[0]!;
  }
}

class FakeMenu {
  template: Electron.MenuItemConstructorOptions[] = [];

  readonly buildFromTemplate: typeof Electron.Menu.buildFromTemplate = (template) => {
    return { template } as unknown as Electron.Menu;
  };
  readonly setApplicationMenu: typeof Electron.Menu.setApplicationMenu = (menu) => {
    this.template = (menu as unknown as FakeMenu).template;
  };
}

type Asked = Electron.MessageBoxOptions | Electron.OpenDialogOptions | Electron.SaveDialogOptions;

class FakeDialog implements Pick<
  Electron.Dialog,
  'showMessageBox' | 'showOpenDialog' | 'showSaveDialog' | 'showErrorBox'
> {
  readonly asked: Asked[] = [];
  readonly errors: { title: string; content: string }[] = [];
  answer: (options: Electron.MessageBoxOptions) => number | Promise<number> = () => 0;
  chosen: string | null = null;

  async showMessageBox(...args: unknown[]): Promise<Electron.MessageBoxReturnValue> {
    const options = args.at(-1) as Electron.MessageBoxOptions;
    this.asked.push(options);
    return { response: await this.answer(options), checkboxChecked: false };
  }
  showOpenDialog(...args: unknown[]): Promise<Electron.OpenDialogReturnValue> {
    this.asked.push(args.at(-1) as Electron.OpenDialogOptions);
    const filePaths = this.chosen === null ? [] : [this.chosen];
    return Promise.resolve({ canceled: this.chosen === null, filePaths });
  }
  showSaveDialog(...args: unknown[]): Promise<Electron.SaveDialogReturnValue> {
    this.asked.push(args.at(-1) as Electron.SaveDialogOptions);
    return Promise.resolve({ canceled: this.chosen === null, filePath: this.chosen ?? '' });
  }
  showErrorBox(title: string, content: string): void {
    this.errors.push({ title, content });
  }
}

class FakeShell implements Pick<Electron.Shell, 'openExternal' | 'openPath' | 'showItemInFolder'> {
  readonly external: string[] = [];
  readonly opened: string[] = [];
  readonly shown: string[] = [];
  problem = '';

  openExternal(url: string): Promise<void> {
    this.external.push(url);
    return Promise.resolve();
  }
  openPath(path: string): Promise<string> {
    this.opened.push(path);
    return Promise.resolve(this.problem);
  }
  showItemInFolder(path: string): void {
    this.shown.push(path);
  }
}

class FakeNativeTheme
  extends EventEmitter
  implements Pick<Electron.NativeTheme, 'themeSource' | 'shouldUseDarkColors'>
{
  themeSource: 'system' | 'light' | 'dark' = 'system';
  systemIsDark = false;

  get shouldUseDarkColors(): boolean {
    return this.themeSource === 'system' ? this.systemIsDark : this.themeSource === 'dark';
  }
}

export class Notification extends EventEmitter implements Pick<Electron.Notification, 'show'> {
  static shown: Notification[] = [];
  readonly options: Electron.NotificationConstructorOptions | undefined;

  static isSupported(): boolean {
    return true;
  }
  constructor(options?: Electron.NotificationConstructorOptions) {
    super();
    this.options = options;
  }
  show(): void {
    Notification.shown.push(this);
  }
}

class FakePowerSaveBlocker implements Pick<Electron.PowerSaveBlocker, 'start' | 'stop'> {
  readonly active = new Map<number, string>();
  #last = 0;

  start(type: 'prevent-app-suspension' | 'prevent-display-sleep'): number {
    this.active.set(++this.#last, type);
    return this.#last;
  }
  stop(id: number): boolean {
    return this.active.delete(id);
  }
}

export const screen = new FakeScreen();
export const Menu = new FakeMenu();
export const dialog = new FakeDialog();
export const shell = new FakeShell();
export const nativeTheme = new FakeNativeTheme();
export const powerSaveBlocker = new FakePowerSaveBlocker();
export const powerMonitor = new EventEmitter();
