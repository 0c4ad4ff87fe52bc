import { MessageChannelMain, type WebContents } from 'electron';
import { channels } from './channels.ts';
import type { UtilityChild } from './electron-spawn.ts';

/** Joins the page and the engine's process by a port, so that long vectors do not pass through main. */
export class VectorPorts {
  #engine: UtilityChild | undefined;
  #page: WebContents | undefined;

  /** Another engine process has been started: the port to the one before it is dead. */
  engineStarted(engine: UtilityChild): void {
    this.#engine = engine;
    engine.onExit(() => {
      if (this.#engine === engine) this.#engine = undefined;
    });
    this.#join();
  }

  /** A page listens from now on: the port of the one before it went with it. */
  pageConnected(page: WebContents): void {
    this.#page = page;
    this.#join();
  }

  pageGone(): void {
    this.#page = undefined;
  }

  #join(): void {
    if (this.#engine === undefined || this.#page === undefined || this.#page.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    this.#engine.handOver(port1);
    this.#page.postMessage(channels.port, null, [port2]);
  }
}
