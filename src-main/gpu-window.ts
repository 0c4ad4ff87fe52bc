import { BrowserWindow, MessageChannelMain } from 'electron';
import { join } from 'node:path';
import { distFolder, pageAddress } from './app-address.ts';
import { channels } from './channels.ts';
import { UtilityChild } from './electron-spawn.ts';
import type { Child } from './host/child.ts';
import { kindOf } from './host/protocol.ts';
import { OPEN_TRAINER } from './host/trainer.ts';
import { securePreferences } from './security.ts';

/** A window that nobody sees, made when a job first wants to train on the graphics card, closed when no such job is left. */
export class GpuWindow {
  readonly #log: (source: string, text: string) => void;
  #window: Promise<BrowserWindow> | undefined;
  readonly #users = new Set<Child>();

  constructor(log: (source: string, text: string) => void) {
    this.#log = log;
  }

  /** Listens to what a process asks for. */
  serve(child: Child): void {
    if (!(child instanceof UtilityChild)) return;
    child.onMessage((message) => {
      if (kindOf(message) === OPEN_TRAINER) void this.#join(child);
    });
    child.onExit(() => {
      this.#users.delete(child);
      if (this.#users.size === 0) this.close();
    });
  }

  close(): void {
    const opened = this.#window;
    this.#window = undefined;
    void opened?.then(
      (window) => window.destroy(),
      () => undefined,
    );
  }

  async #join(child: UtilityChild): Promise<void> {
    this.#users.add(child);
    const { port1, port2 } = new MessageChannelMain();
    try {
      this.#window ??= this.#open();
      const window = await this.#window;
      child.handOver(port1);
      window.webContents.postMessage(channels.trainer, null, [port2]);
    } catch (error) {
      this.#log('gpu window', error instanceof Error ? error.message : String(error));
      // A closed line is how the asking process learns of it.
      child.handOver(port1);
      port2.close();
    }
  }

  async #open(): Promise<BrowserWindow> {
    const window = new BrowserWindow({
      show: false,
      webPreferences: {
        ...securePreferences(join(distFolder(), 'gpu-preload.cjs')),
        // It is never seen, and its timers must run all the same.
        backgroundThrottling: false,
      },
    });
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      this.#log('gpu window', `gone: ${reason}, code ${exitCode}`);
      this.close();
    });
    await window.loadURL(`${pageAddress}gpu.html`);
    return window;
  }
}
