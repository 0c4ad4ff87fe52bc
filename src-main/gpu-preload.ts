import { ipcRenderer } from 'electron';
import { channels } from './channels.ts';
import { trainerMessage } from './gpu/trainer-message.ts';

interface PageWindow {
  readonly location: { readonly origin: string };
  postMessage(message: unknown, origin: string, transfer: readonly unknown[]): void;
}
const page = globalThis as unknown as PageWindow;

// The page that trains is given ports and nothing else: no call of the engine, no file.
ipcRenderer.on(channels.trainer, ({ ports }) =>
  page.postMessage(trainerMessage, page.location.origin, ports),
);
