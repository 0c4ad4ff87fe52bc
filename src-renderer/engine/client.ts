import { events, isEventName, type EventName, type EventOf } from '../../src-shared/contract/events.ts';
import { calls, type Args, type CallName, type Result } from '../../src-shared/contract/handlers.ts';
import { push, response } from '../../src-shared/contract/messages.ts';
import { ElectronTransport } from './electron-transport.ts';
import { EngineError, type LinkStatus, type Transport } from './transport.ts';
import { WebSocketTransport } from './websocket-transport.ts';

export { EngineError, type LinkStatus } from './transport.ts';

export interface EngineStatistics {
  readonly calls: number;
  readonly events: number;
  /** Pushes that never arrived, told by a jump of their sequence number. */
  readonly gaps: number;
  /** Pushes that were not of the contract. */
  readonly refused: number;
  readonly reconnects: number;
}

/** The page's end of the contract. */
export interface EngineClient {
  /** Resolves to the parsed result; rejects with an {@link EngineError} only. */
  call<K extends CallName>(name: K, args: Args<K>): Promise<Result<K>>;
  /** @returns ends it */
  on<K extends EventName>(event: K, listener: (payload: EventOf<K>) => void): () => void;
  /** Something may have been missed: whatever the page shows is to be asked for again. @returns ends it */
  onResync(listener: () => void): () => void;
  readonly status: LinkStatus;
  /** @returns ends it */
  onStatus(listener: (status: LinkStatus) => void): () => void;
  readonly statistics: EngineStatistics;
  close(): void;
}

type Listener = (payload: never) => void;

/** The engine of this page: over Electron's preload script where there is one, else over a WebSocket to its own host. */
export function connectEngine(): EngineClient {
  if (window.spagene !== undefined) return createClient(new ElectronTransport(window.spagene));
  const { protocol, host } = window.location;
  return createClient(new WebSocketTransport(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/engine`));
}

/** A client over any transport. */
export function createClient(transport: Transport): EngineClient {
  return new TransportClient(transport);
}

class TransportClient implements EngineClient {
  status: LinkStatus = 'connecting';
  readonly statistics = { calls: 0, events: 0, gaps: 0, refused: 0, reconnects: 0 };
  readonly #transport: Transport;
  readonly #listeners = new Map<EventName, Set<Listener>>();
  readonly #resyncs = new Set<() => void>();
  readonly #statuses = new Set<(status: LinkStatus) => void>();
  #expected = 1;
  #wasUp = false;

  constructor(transport: Transport) {
    this.#transport = transport;
    transport.start({ status: (status) => this.#changed(status), push: (message) => this.#pushed(message) });
  }

  async call<K extends CallName>(name: K, args: Args<K>): Promise<Result<K>> {
    this.statistics.calls += 1;
    const answer = response.safeParse(await this.#transport.request(name, args));
    if (!answer.success) throw unreadable(name);
    if (!answer.data.ok) throw new EngineError(answer.data.failure);
    const result = calls[name].result.safeParse(answer.data.value);
    if (!result.success) throw unreadable(name);
    return result.data as Result<K>;
  }

  on<K extends EventName>(event: K, listener: (payload: EventOf<K>) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set<Listener>();
    this.#listeners.set(event, listeners);
    return added(listeners, listener);
  }

  onResync(listener: () => void): () => void {
    return added(this.#resyncs, listener);
  }

  onStatus(listener: (status: LinkStatus) => void): () => void {
    return added(this.#statuses, listener);
  }

  close(): void {
    this.#transport.close();
  }

  #changed(status: LinkStatus): void {
    if (status === this.status) return;
    this.status = status;
    for (const listener of [...this.#statuses]) listener(status);
    if (status !== 'up') return;
    this.#expected = 1;
    if (this.#wasUp) {
      this.statistics.reconnects += 1;
      this.#resync();
    }
    this.#wasUp = true;
  }

  #pushed(message: unknown): void {
    const parsed = push.safeParse(message);
    if (!parsed.success) {
      this.statistics.refused += 1;
      return;
    }
    const { seq, event, payload } = parsed.data;
    const missed = seq - this.#expected;
    this.#expected = seq + 1;
    if (missed !== 0) {
      this.statistics.gaps += Math.max(missed, 1);
      this.#resync();
    }
    this.#deliver(event, payload);
  }

  #deliver(event: string, payload: unknown): void {
    const parsed = isEventName(event) ? events[event].safeParse(payload) : undefined;
    if (parsed?.success !== true) {
      this.statistics.refused += 1;
      return;
    }
    this.statistics.events += 1;
    for (const listener of [...(this.#listeners.get(event as EventName) ?? [])])
      listener(parsed.data as never);
  }

  #resync(): void {
    for (const listener of [...this.#resyncs]) listener();
  }
}

function added<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function unreadable(name: string): EngineError {
  const message = `The answer to ${name} was not what this page understands; reload the page, and report it if it happens again.`;
  return new EngineError({ code: 'internal', message });
}
