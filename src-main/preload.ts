import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { channels, portMessage } from './channels.ts';

/** What this script needs of the window; the libraries of the page are not known here. */
interface PageWindow {
  readonly location: { readonly origin: string };
  postMessage(message: unknown, origin: string, transfer: readonly unknown[]): void;
}
const page = globalThis as unknown as PageWindow;

/** Everything that the page can reach: see ElectronApi in src-renderer/engine/electron-api.ts. */
const api = {
  connect: () => ipcRenderer.send(channels.connect),
  request: (message: unknown): Promise<unknown> => ipcRenderer.invoke(channels.request, message),
  onPush: (listener: (message: unknown) => void) => {
    ipcRenderer.on(channels.push, (_event, message: unknown) => listener(message));
  },
  pathOf: (file: unknown) => {
    const path = webUtils.getPathForFile(file as Parameters<typeof webUtils.getPathForFile>[0]);
    if (path !== '') ipcRenderer.send(channels.dropped, path);
    return path;
  },
};

// A port cannot go through the bridge; the window of the page and of this script is the same.
ipcRenderer.on(channels.port, ({ ports }) => page.postMessage(portMessage, page.location.origin, ports));
contextBridge.exposeInMainWorld('spagene', api);
