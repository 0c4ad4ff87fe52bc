import { useCallback, useEffect, useState } from 'react';
import type { Args, CallName, Result } from '../../src-shared/contract/handlers.ts';
import { useApp } from '../store/store.ts';
import { useEngine } from './context.ts';
import { messageOf } from './message-of.ts';

/** An answer that is awaited, there, or refused. The last answer stays while a new one is awaited. */
export interface Answer<T> {
  readonly value: T | null;
  readonly error: string | null;
  readonly waiting: boolean;
  readonly again: () => void;
}

/** Asks the engine (arguments without vectors), and again whenever they change; a late answer to older ones is dropped. */
export function useCall<K extends CallName>(name: K, args: Args<K> | null): Answer<Result<K>> {
  const engine = useEngine();
  const [round, setRound] = useState(0);
  const key = args === null ? null : JSON.stringify(args);
  const asked = `${round} ${name} ${key ?? ''}`;
  const [answer, setAnswer] = useState<Settled<Result<K>>>(NOTHING);
  useEffect(() => {
    if (key === null) return undefined;
    let live = true;
    engine.call(name, JSON.parse(key) as Args<K>).then(
      (value) => live && setAnswer({ asked, value, error: null }),
      (error: unknown) => live && setAnswer({ asked, value: null, error: messageOf(error) }),
    );
    return () => {
      live = false;
    };
  }, [engine, name, key, asked]);
  const again = useCallback(() => setRound((value) => value + 1), []);
  const { value, error } = key === null ? NOTHING : answer;
  return { value, error, waiting: key !== null && answer.asked !== asked, again };
}

interface Settled<T> {
  /** What this is the answer to. */
  readonly asked: string | null;
  readonly value: T | null;
  readonly error: string | null;
}

const NOTHING = { asked: null, value: null, error: null };

/** Does something when a button is pressed; a refusal is shown as a notice. `busy` while it runs. */
export function useAction<A extends unknown[]>(
  action: (...args: A) => Promise<unknown>,
): { readonly run: (...args: A) => void; readonly busy: boolean } {
  const notify = useApp((state) => state.notify);
  const [busy, setBusy] = useState(false);
  const run = (...args: A): void => {
    setBusy(true);
    action(...args)
      .catch((error: unknown) => notify({ kind: 'error', message: messageOf(error) }))
      .finally(() => setBusy(false));
  };
  return { run, busy };
}
