import type { Args, CallName, Result } from '../../../src-shared/contract/handlers.ts';
import type { EventName, EventOf } from '../../../src-shared/contract/events.ts';
import { EngineError, type EngineClient } from '../../../src-renderer/engine/client.ts';

type Answers = { [K in CallName]?: (args: Args<K>) => Result<K> | Promise<Result<K>> };

export interface FakeEngine {
  readonly client: EngineClient;
  /** Arguments of every call of a name so far; emptied by setting its length. */
  readonly calls: (name: CallName) => unknown[];
  readonly push: <K extends EventName>(event: K, payload: EventOf<K>) => void;
  readonly resync: () => void;
}

/** A client whose answers a test gives; a call without an answer is refused. */
export function fakeEngine(answers: Answers): FakeEngine {
  const made = new Map<CallName, unknown[]>();
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const resyncs = new Set<() => void>();
  const calls = (name: CallName) => {
    const list = made.get(name) ?? [];
    made.set(name, list);
    return list;
  };
  const client: EngineClient = {
    async call(name, args) {
      calls(name).push(args);
      const answer = answers[name] as ((args: unknown) => unknown) | undefined;
      if (answer === undefined) throw new EngineError({ code: 'refused', message: `No answer to ${name}.` });
      return (await answer(args)) as never;
    },
    on(event, listener) {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all.add(listener));
      return () => void all.delete(listener);
    },
    onResync(listener) {
      resyncs.add(listener);
      return () => void resyncs.delete(listener);
    },
    status: 'up',
    onStatus: () => () => undefined,
    statistics: { calls: 0, events: 0, gaps: 0, refused: 0, reconnects: 0 },
    close: () => undefined,
  };
  return {
    client,
    calls,
    push: (event, payload) => {
      for (const listener of listeners.get(event) ?? []) listener(payload as never);
    },
    resync: () => {
      for (const listener of resyncs) listener();
    },
  };
}
