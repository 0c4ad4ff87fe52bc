import type * as Electron from 'electron';
import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { happen } from './event.ts';

type AppMethods =
  | 'setName'
  | 'setAppUserModelId'
  | 'setPath'
  | 'getPath'
  | 'enableSandbox'
  | 'requestSingleInstanceLock'
  | 'whenReady'
  | 'quit'
  | 'getVersion'
  | 'setAboutPanelOptions'
  | 'addRecentDocument'
  | 'isPackaged';

class FakeApp extends EventEmitter implements Pick<Electron.App, AppMethods> {
  isPackaged = true;
  first = true;
  name = '';
  userModelId = '';
  sandboxed = false;
  hasQuit = false;
  lockData: Record<string, unknown> | undefined;
  about: Electron.AboutPanelOptionsOptions | undefined;
  readonly paths = new Map<string, string>();
  readonly recent: string[] = [];
  /** What was called before Electron was ready. */
  readonly early: string[] = [];
  ready: () => void = () => undefined;
  /** Closes all windows; whether none objected. */
  closeWindows: () => boolean = () => true;
  #whenReady = new Promise<void>((resolve) => (this.ready = resolve));

  setName(name: string): void {
    this.name = name;
  }
  setAppUserModelId(id: string): void {
    this.userModelId = id;
  }
  setPath(name: string, path: string): void {
    this.paths.set(name, path);
  }
  getPath(name: string): string {
    return this.paths.get(name) ?? join(tmpdir(), 'fake-electron', name);
  }
  enableSandbox(): void {
    this.sandboxed = true;
    this.early.push('enableSandbox');
  }
  requestSingleInstanceLock(data?: Record<string, unknown>): boolean {
    this.lockData = data;
    return this.first;
  }
  whenReady(): Promise<void> {
    return this.#whenReady;
  }
  getVersion(): string {
    return '9.9.9';
  }
  setAboutPanelOptions(options: Electron.AboutPanelOptionsOptions): void {
    this.about = options;
  }
  addRecentDocument(path: string): void {
    this.recent.push(path);
  }
  /** As Electron does it: asks, closes the windows, ends unless one of them objects. */
  quit(): void {
    if (happen(this, 'before-quit')) return;
    if (!this.closeWindows()) return;
    this.hasQuit = true;
    this.emit('quit');
  }
}

export const app = new FakeApp();
