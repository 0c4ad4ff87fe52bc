import { vectorCalls, type CallName } from '../../src-shared/contract/handlers.ts';
import { portMessage, type ElectronApi } from './electron-api.ts';
import { gone, type Transport, type TransportEvents } from './transport.ts';

const ENDED = "The engine's process ended while it worked on this; try again.";

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Messages over Electron's IPC; long vectors over a MessagePort straight to the engine's process. */
export class ElectronTransport implements Transport {
  readonly #api: ElectronApi;
  readonly #overPort = new Map<number, Waiting>();
  #port: MessagePort | undefined;
  #last = 0;

  constructor(api: ElectronApi) {
    this.#api = api;
  }

  start(events: TransportEvents): void {
    window.addEventListener('message', this.#posted);
    this.#api.onPush((message) => {
      if (isRestart(message)) this.#dropPort();
      events.push(message);
    });
    this.#api.connect();
    // After the constructor that starts this, as over a WebSocket.
    queueMicrotask(() => events.status('up'));
  }

  async request(call: CallName, args: unknown): Promise<unknown> {
    const id = ++this.#last;
    const message = { id, call, args };
    const port = this.#port;
    if (port === undefined || !vectorCalls.has(call)) {
      return this.#api.request(message).catch(() => {
        throw gone(ENDED);
      });
    }
    return new Promise((resolve, reject) => {
      this.#overPort.set(id, { resolve, reject });
      port.postMessage(message);
    });
  }

  close(): void {
    window.removeEventListener('message', this.#posted);
    this.#dropPort();
  }

  readonly #posted = (event: MessageEvent): void => {
    const [port] = event.ports;
    if (event.source !== window || event.data !== portMessage || port === undefined) return;
    this.#dropPort();
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<{ readonly id?: number } | null>) => {
      const id = data?.id ?? -1;
      this.#overPort.get(id)?.resolve(data);
      this.#overPort.delete(id);
    };
  };

  #dropPort(): void {
    this.#port?.close();
    this.#port = undefined;
    const waiting = [...this.#overPort.values()];
    this.#overPort.clear();
    for (const { reject } of waiting) reject(gone(ENDED));
  }
}

function isRestart(message: unknown): boolean {
  return (
    typeof message === 'object' &&
    message !== null &&
    'event' in message &&
    message.event === 'engine:restarted'
  );
}
