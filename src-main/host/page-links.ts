import type { EventName, EventOf } from '../../src-shared/contract/events.ts';
import type { Push } from '../../src-shared/contract/messages.ts';

interface Link {
  readonly push: (message: Push) => void;
  seq: number;
}

/** The pages that listen; each gets every event with a number that counts from 1 without gaps. */
export class PageLinks {
  readonly #links = new Set<Link>();
  #kept: (() => void) | undefined;

  /** @returns ends it */
  add(push: (message: Push) => void): () => void {
    const link = { push, seq: 0 };
    this.#links.add(link);
    const kept = this.#kept;
    this.#kept = undefined;
    if (kept !== undefined) queueMicrotask(kept);
    return () => void this.#links.delete(link);
  }

  push<K extends EventName>(event: K, payload: EventOf<K>): void {
    for (const link of [...this.#links]) link.push({ seq: ++link.seq, event, payload });
  }

  /** Keeps the last one for the first page that comes, when there is none. */
  pushOrKeep<K extends EventName>(event: K, payload: EventOf<K>): void {
    if (this.#links.size > 0) this.push(event, payload);
    else this.#kept = () => this.push(event, payload);
  }
}
