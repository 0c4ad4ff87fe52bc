import type { CallName } from '../../src-shared/contract/handlers.ts';
import { decode, encode } from '../../src-shared/contract/wire.ts';
import { gone, type Transport, type TransportEvents } from './transport.ts';

/** Milliseconds. */
const FIRST_DELAY = 250;
const LONGEST_DELAY = 5000;
/** How long a call waits for a link before it is given up. */
const PATIENCE = 10_000;

const LOST = 'The connection to SpaGene was lost while it worked on this; it is tried again.';
const CLOSED =
  'There is no connection to SpaGene. If it was closed, start it again and open the new address.';

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Messages over a WebSocket that is opened again whenever it closes. */
export class WebSocketTransport implements Transport {
  readonly #address: string;
  readonly #waiting = new Map<number, Waiting>();
  readonly #forLink = new Set<() => void>();
  #events: TransportEvents | undefined;
  #socket: WebSocket | undefined;
  #delay = FIRST_DELAY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = 0;
  #closed = false;

  constructor(address: string) {
    this.#address = address;
  }

  start(events: TransportEvents): void {
    this.#events = events;
    this.#open();
  }

  async request(call: CallName, args: unknown): Promise<unknown> {
    const socket = this.#usable() ?? (await this.#link());
    const id = ++this.#last;
    const message = encode({ id, call, args });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      socket.send(message);
    });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #usable(): WebSocket | undefined {
    return this.#socket?.readyState === WebSocket.OPEN ? this.#socket : undefined;
  }

  /** The next link; rejects when none comes in time. */
  #link(): Promise<WebSocket> {
    return new Promise((resolve, reject) => {
      const opened = () => {
        clearTimeout(timer);
        this.#forLink.delete(opened);
        resolve(this.#socket!);
      };
      const timer = setTimeout(() => {
        this.#forLink.delete(opened);
        reject(gone(CLOSED));
      }, PATIENCE);
      this.#forLink.add(opened);
    });
  }

  #open(): void {
    const socket = new WebSocket(this.#address);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onopen = () => {
      this.#delay = FIRST_DELAY;
      // Before the calls that waited, so that what they make happen is heard.
      this.#events?.status('up');
      for (const opened of [...this.#forLink]) opened();
    };
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => this.#receive(data);
    socket.onclose = () => this.#lost();
  }

  #lost(): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(gone(LOST));
    this.#events?.status('lost');
    if (this.#closed) return;
    this.#timer = setTimeout(() => this.#open(), this.#delay);
    this.#delay = Math.min(this.#delay * 2, LONGEST_DELAY);
  }

  #receive(data: string | ArrayBuffer): void {
    let message: unknown;
    try {
      message = decode(typeof data === 'string' ? data : new Uint8Array(data));
    } catch {
      // A server that sends what is no message is not ours; a new link may find it.
      this.#socket?.close();
      return;
    }
    if (typeof message === 'object' && message !== null && 'seq' in message) this.#events?.push(message);
    else this.#answered(message);
  }

  #answered(message: unknown): void {
    const id = typeof message === 'object' && message !== null && 'id' in message ? message.id : undefined;
    if (typeof id !== 'number') return;
    this.#waiting.get(id)?.resolve(message);
    this.#waiting.delete(id);
  }
}
