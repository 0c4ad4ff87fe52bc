import type * as Electron from 'electron';
import { EventEmitter } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import { app } from './app.ts';
import { happen } from './event.ts';
import type { FakePort } from './processes.ts';

type ContentsMethods =
  'send' | 'postMessage' | 'isDestroyed' | 'reload' | 'forcefullyCrashRenderer' | 'setWindowOpenHandler';

export class FakeWebContents extends EventEmitter implements Pick<Electron.WebContents, ContentsMethods> {
  readonly mainFrame = { url: 'app://spagene/', parent: null };
  readonly sent: { channel: string; message: unknown }[] = [];
  readonly ports: { channel: string; port: MessagePort }[] = [];
  readonly asked: string[] = [];
  windowOpen: ((details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse) | undefined;
  destroyed = false;

  send(channel: string, message: unknown): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
    this.sent.push({ channel, message: structuredClone(message) });
    this.emit('test:sent');
  }
  postMessage(channel: string, message: unknown, transfer: readonly unknown[] = []): void {
    structuredClone(message);
    for (const port of transfer as FakePort[]) this.ports.push({ channel, port: port.port });
    this.emit('test:sent');
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  reload(): void {
    this.asked.push('reload');
  }
  forcefullyCrashRenderer(): void {
    this.asked.push('crash');
  }
  setWindowOpenHandler(handler: NonNullable<FakeWebContents['windowOpen']>): void {
    this.windowOpen = handler;
  }
}

type WindowMethods =
  | 'loadURL'
  | 'show'
  | 'hide'
  | 'focus'
  | 'restore'
  | 'maximize'
  | 'close'
  | 'destroy'
  | 'isMinimized'
  | 'isMaximized'
  | 'isFocused'
  | 'setTitle'
  | 'setRepresentedFilename'
  | 'setProgressBar'
  | 'setBackgroundColor'
  | 'getBounds'
  | 'getNormalBounds';

export class BrowserWindow extends EventEmitter implements Pick<Electron.BrowserWindow, WindowMethods> {
  static all: BrowserWindow[] = [];
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents = new FakeWebContents();
  readonly done: string[] = [];
  url = '';
  title: string;
  background: string;
  progress = -1;
  focused = true;
  minimized = false;
  maximized = false;
  bounds: Electron.Rectangle;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    this.title = options.title ?? '';
    this.background = options.backgroundColor ?? '';
    this.bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? 800,
      height: options.height ?? 600,
    };
    BrowserWindow.all.push(this);
    happen(app, 'web-contents-created', {}, this.webContents);
  }

  loadURL(url: string): Promise<void> {
    this.url = url;
    return Promise.resolve();
  }
  show(): void {
    this.done.push('show');
  }
  hide(): void {
    this.done.push('hide');
  }
  focus(): void {
    this.done.push('focus');
  }
  restore(): void {
    this.done.push('restore');
  }
  maximize(): void {
    this.maximized = true;
  }
  close(): void {
    if (happen(this, 'close')) return;
    BrowserWindow.all = BrowserWindow.all.filter((window) => window !== this);
    this.webContents.destroyed = true;
    this.emit('closed');
    if (BrowserWindow.all.length === 0) app.emit('window-all-closed');
  }
  /** Asks nobody. */
  destroy(): void {
    BrowserWindow.all = BrowserWindow.all.filter((window) => window !== this);
    this.webContents.destroyed = true;
    this.emit('closed');
    if (BrowserWindow.all.length === 0) app.emit('window-all-closed');
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  isFocused(): boolean {
    return this.focused;
  }
  setTitle(title: string): void {
    this.title = title;
  }
  setRepresentedFilename(): void {
    this.done.push('represent');
  }
  setProgressBar(progress: number): void {
    this.progress = progress;
  }
  setBackgroundColor(colour: string): void {
    this.background = colour;
  }
  getBounds(): Electron.Rectangle {
    return this.bounds;
  }
  getNormalBounds(): Electron.Rectangle {
    return this.bounds;
  }
}

app.closeWindows = () => {
  for (const window of BrowserWindow.all) window.close();
  return BrowserWindow.all.length === 0;
};
