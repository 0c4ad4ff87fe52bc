import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import type { Push, Response } from '../../src-shared/contract/messages.ts';
import { decode, encode } from '../../src-shared/contract/wire.ts';

export interface Fetched {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** GET with headers that fetch would not send, such as another Host. */
export function fetchRaw(
  address: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Fetched> {
  const { port, pathname, search } = new URL(address);
  // Not through URL, which would tidy a path with dots.
  const path = address.slice(address.indexOf(':', 7)).replace(/^:\d+/u, '') || pathname + search;
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    request.on('error', reject);
  });
}

/** Opens a printed address as a browser would. @returns the Cookie header that it has from then on */
export async function enter(address: string): Promise<string> {
  const { headers } = await fetchRaw(address);
  return headers['set-cookie']![0]!.split(';')[0]!;
}

/** A page's socket, for tests: what arrives is kept, in order. */
export class PageSocket {
  readonly pushes: Push[] = [];
  readonly #socket: WebSocket;
  readonly #answers: Response[] = [];
  readonly #waiting: ((answer: Response) => void)[] = [];
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer, binary) => this.#receive(decode(binary ? data : data.toString())));
  }

  /** Rejects with the status when the server refuses. */
  static async open(base: string, headers: Record<string, string>): Promise<PageSocket> {
    const socket = new WebSocket(`${base.replace('http', 'ws')}/engine`, { headers });
    const page = new PageSocket(socket);
    await once(socket, 'open');
    return page;
  }

  /** Sends anything. @returns the next answer that arrives */
  send(data: string | Uint8Array): Promise<Response> {
    this.#socket.send(data);
    return this.#next();
  }

  /** One request, with nothing else under way. */
  ask(call: string, args: unknown): Promise<Response> {
    return this.send(encode({ id: ++this.#last, call, args }));
  }

  /** Resolves when a push arrives, or has arrived, that fits. */
  async heard(fits: (push: Push) => boolean, patience = 90_000): Promise<Push> {
    for (const end = Date.now() + patience; Date.now() < end;) {
      const found = this.pushes.find(fits);
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('no such event was heard');
  }

  /** @returns the code with which the connection ended */
  ended(): Promise<number> {
    return new Promise((resolve) => this.#socket.on('close', resolve));
  }

  close(): void {
    this.#socket.close();
  }

  #next(): Promise<Response> {
    const there = this.#answers.shift();
    return there === undefined
      ? new Promise((resolve) => this.#waiting.push(resolve))
      : Promise.resolve(there);
  }

  #receive(message: unknown): void {
    if (typeof message === 'object' && message !== null && 'seq' in message)
      this.pushes.push(message as Push);
    else {
      const waiting = this.#waiting.shift();
      if (waiting === undefined) this.#answers.push(message as Response);
      else waiting(message as Response);
    }
  }
}
