import { ipcMain, type WebContents } from 'electron';
import type { Response } from '../src-shared/contract/messages.ts';
import { channels } from './channels.ts';
import { refuse } from './host/dispatch.ts';
import type { EngineHost, PageConnection } from './host/engine-host.ts';
import { isFromPage } from './security.ts';
import type { VectorPorts } from './vector-ports.ts';

export interface PageLineOptions {
  readonly host: EngineHost;
  readonly ports: VectorPorts;
  /** The page in the window, whose messages alone count. */
  readonly page: () => WebContents | undefined;
  /** A file was dropped on the page. */
  readonly dropped: (path: string) => void;
  /** A request was answered. */
  readonly answered: (message: unknown, response: Response) => void;
}

/** Relays between the page and the engine's host. One page at a time; a reloaded one takes the place of the last. */
export class PageLine {
  readonly #options: PageLineOptions;
  #connection: PageConnection | undefined;
  #notice: string | undefined;

  constructor(options: PageLineOptions) {
    this.#options = options;
    const { page, dropped } = options;
    ipcMain.on(channels.connect, (event) => {
      if (isFromPage(event, page())) this.#connect(event.sender);
    });
    ipcMain.on(channels.dropped, (event, path: unknown) => {
      if (isFromPage(event, page()) && typeof path === 'string' && path !== '') dropped(path);
    });
    ipcMain.handle(channels.request, (event, message: unknown) => {
      if (isFromPage(event, page())) return this.#request(message);
      return refuse(null, 'refused', 'Only the page of SpaGene may ask the engine.');
    });
  }

  /** The page is gone or about to be loaded again: nothing is sent to it any more. */
  close(): void {
    this.#connection?.close();
    this.#connection = undefined;
    this.#options.ports.pageGone();
  }

  /** Tells the next page that connects what became of the last. */
  noticeForNext(message: string): void {
    this.#notice = message;
  }

  #connect(contents: WebContents): void {
    this.close();
    this.#connection = this.#options.host.connect((message) => {
      if (!contents.isDestroyed()) contents.send(channels.push, message);
    });
    const message = this.#notice;
    this.#notice = undefined;
    // Before the port: a page that hears of a new engine drops the one it has.
    if (message !== undefined) this.#options.host.push('engine:restarted', { message });
    this.#options.ports.pageConnected(contents);
  }

  async #request(message: unknown): Promise<Response> {
    if (this.#connection === undefined)
      return refuse(null, 'refused', 'The page has to connect before it asks.');
    const response = await this.#connection.request(message);
    this.#options.answered(message, response);
    return response;
  }
}
