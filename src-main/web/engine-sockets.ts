import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { Malformed } from '../../src-shared/contract/plain.ts';
import type { Push, Response } from '../../src-shared/contract/messages.ts';
import { decode, encode } from '../../src-shared/contract/wire.ts';
import type { EngineHost } from '../host/engine-host.ts';
import { refuse } from '../host/dispatch.ts';
import { cookieName, localHost, ownOrigin } from './same-machine.ts';
import type { Sessions } from './session.ts';

/** Bytes of one message from a page. */
const LARGEST = 64 * 2 ** 20;
/** Bytes that may wait for a page that does not read; then it is cut off, and asks again when it comes back. */
const MOST_UNREAD = 512 * 2 ** 20;
/** Milliseconds between two looks whether a page is still there. */
const BEAT = 30_000;

/** The engine at /engine, for pages that were let in. */
export class EngineSockets {
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: LARGEST, perMessageDeflate: false });
  readonly #host: EngineHost;
  readonly #sessions: Sessions;
  readonly #silent = new Set<WebSocket>();
  readonly #timer: NodeJS.Timeout;

  constructor(host: EngineHost, sessions: Sessions) {
    this.#host = host;
    this.#sessions = sessions;
    this.#timer = setInterval(() => this.#beat(), BEAT).unref();
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const why = this.#objection(request);
    if (why === undefined) {
      this.#server.handleUpgrade(request, socket, head, (page) => this.#serve(page));
      return;
    }
    socket.on('error', () => undefined);
    socket.end(
      `HTTP/1.1 ${why}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${why.length}\r\n\r\n${why}`,
    );
  }

  close(): void {
    clearInterval(this.#timer);
    for (const page of this.#server.clients) page.close(1001);
    this.#server.close();
  }

  #objection(request: IncomingMessage): string | undefined {
    const host = localHost(request);
    if (host === undefined || !ownOrigin(request)) return '403 Forbidden';
    if (request.url !== '/engine') return '404 Not Found';
    return this.#sessions.knows(request.headers.cookie, cookieName(host)) ? undefined : '401 Unauthorized';
  }

  #serve(page: WebSocket): void {
    const connection = this.#host.connect((push) => send(page, push));
    page.on('message', (data, binary) => {
      const message = read(data, binary);
      if (message instanceof Malformed) send(page, refuse(null, 'malformed', message.message));
      else void connection.request(message).then((response) => send(page, response));
    });
    page.on('pong', () => this.#silent.delete(page));
    // Too large a message, or one that is not UTF-8: the library closes the connection with the fitting code.
    page.on('error', () => undefined);
    page.on('close', () => {
      connection.close();
      this.#silent.delete(page);
    });
  }

  #beat(): void {
    for (const page of this.#server.clients) {
      if (this.#silent.has(page)) page.terminate();
      this.#silent.add(page);
      page.ping();
    }
  }
}

function read(data: RawData, binary: boolean): unknown {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
  try {
    return decode(binary ? bytes : bytes.toString('utf8'));
  } catch (error) {
    return error instanceof Malformed ? error : new Malformed('The message could not be read.');
  }
}

function send(page: WebSocket, message: Push | Response): void {
  if (page.readyState !== page.OPEN) return;
  if (page.bufferedAmount > MOST_UNREAD) page.terminate();
  else page.send(written(message));
}

/** A message that cannot be written is a fault of ours: the page is told, and asks again for what it missed. */
function written(message: Push | Response): string | Uint8Array {
  try {
    return encode(message);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `spagene: ${'event' in message ? message.event : 'an answer'} cannot be sent: ${what}\n`,
    );
    const id = 'id' in message ? message.id : null;
    return encode(refuse(id, 'internal', `The answer could not be sent (${what}) Please report it.`));
  }
}
