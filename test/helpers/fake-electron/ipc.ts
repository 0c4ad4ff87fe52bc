import type * as Electron from 'electron';
import { EventEmitter } from 'node:events';

type Invoked = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;

class FakeIpcMain extends EventEmitter implements Pick<Electron.IpcMain, 'handle'> {
  readonly handlers = new Map<string, Invoked>();

  handle(channel: string, listener: Invoked): void {
    this.handlers.set(channel, listener);
  }
}

class FakeContextBridge implements Pick<Electron.ContextBridge, 'exposeInMainWorld'> {
  readonly exposed = new Map<string, unknown>();

  exposeInMainWorld(name: string, api: unknown): void {
    this.exposed.set(name, api);
  }
}

class FakeIpcRenderer extends EventEmitter implements Pick<Electron.IpcRenderer, 'send' | 'invoke'> {
  readonly sent: unknown[][] = [];
  answer: unknown = null;

  send(...args: unknown[]): void {
    this.sent.push(args);
  }
  invoke(...args: unknown[]): Promise<unknown> {
    this.sent.push(args);
    return Promise.resolve(this.answer);
  }
}

export const ipcMain = new FakeIpcMain();
export const contextBridge = new FakeContextBridge();
export const ipcRenderer = new FakeIpcRenderer();
export const webUtils: Pick<Electron.WebUtils, 'getPathForFile'> = {
  getPathForFile: (file) => (file as unknown as { path?: string }).path ?? '',
};
