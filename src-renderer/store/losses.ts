import { useEffect, useSyncExternalStore } from 'react';
import type { EngineClient } from '../engine/client.ts';
import { useEngine } from '../engine/context.ts';
import { messageOf } from '../engine/message-of.ts';
import { RunLosses, type Point } from './losses/run-losses.ts';

/** Runs whose curves are kept; the one looked at longest ago is let go and asked for anew when it is wanted. */
export const KEPT_RUNS = 8;

interface Entry {
  losses: RunLosses;
  /** Points that came while the engine was asked for those before; null when nothing is asked. */
  pending: Point[] | null;
  /** Counts the questions, so that a late answer to an older one is dropped. */
  asked: number;
  watchers: number;
  error: string | null;
}

/**
 * Loss curves of runs, outside React. A run that is watched is asked for once, and follows `run:losses` from then on;
 * whenever something may have been missed it is asked for again. Listeners are told once an animation frame at most.
 */
export class LossStore {
  readonly #engine: EngineClient;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<(changed: ReadonlySet<string>) => void>();
  readonly #nextFrame: (then: () => void) => void;
  /** Runs that changed since listeners were told. */
  #changes = new Set<string>();
  #asleep = false;

  constructor(
    engine: EngineClient,
    nextFrame: (then: () => void) => void = (then) => void requestAnimationFrame(then),
  ) {
    this.#engine = engine;
    this.#nextFrame = nextFrame;
    engine.on('run:losses', ({ id, points }) => this.#arrived(id, points));
    engine.onResync(() => this.#askAgain());
  }

  /** Curves of a run so far; undefined while it is not known. */
  of(id: string): RunLosses | undefined {
    return this.#entries.get(id)?.losses;
  }

  /** Whether the engine has been asked and has not answered yet. */
  isWaiting(id: string): boolean {
    return this.#entries.get(id)?.pending != null;
  }

  /** Why the curves could not be had; null otherwise. */
  errorOf(id: string): string | null {
    return this.#entries.get(id)?.error ?? null;
  }

  /** Keeps the curves of a run at hand. @returns ends it */
  watch(id: string): () => void {
    let entry = this.#entries.get(id);
    if (entry === undefined) {
      entry = { losses: new RunLosses(), pending: null, asked: 0, watchers: 0, error: null };
      this.#ask(id, entry);
    }
    // The newest is last, as a Map keeps its order.
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    entry.watchers += 1;
    this.#letGo();
    const watched = entry;
    return () => void (watched.watchers -= 1);
  }

  /** Asks the engine once more, after it refused. */
  again(id: string): void {
    const entry = this.#entries.get(id);
    if (entry !== undefined) this.#ask(id, entry);
  }

  /** @param listener is told which runs have changed. @returns ends it */
  subscribe = (listener: (changed: ReadonlySet<string>) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  #arrived(id: string, points: readonly Point[]): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    if (entry.pending === null) entry.losses.add(points);
    else entry.pending.push(...points);
    this.#changed(id);
  }

  #ask(id: string, entry: Entry): void {
    const asked = (entry.asked += 1);
    entry.pending = [];
    const answered = (points: readonly Point[], error: string | null) => {
      if (entry.asked !== asked) return;
      const losses = new RunLosses();
      losses.add(points);
      losses.add(entry.pending ?? []);
      Object.assign(entry, { losses, pending: null, error });
      this.#changed(id);
    };
    this.#engine.call('run:losses', { id }).then(
      ({ points }) => answered(points, null),
      (error: unknown) => answered([], messageOf(error)),
    );
  }

  #askAgain(): void {
    for (const [id, entry] of [...this.#entries]) {
      if (entry.watchers > 0) this.#ask(id, entry);
      else this.#entries.delete(id);
    }
  }

  #letGo(): void {
    for (const [id, { watchers }] of [...this.#entries]) {
      if (this.#entries.size <= KEPT_RUNS) return;
      if (watchers === 0) this.#entries.delete(id);
    }
  }

  #changed(id: string): void {
    this.#changes.add(id);
    if (this.#asleep) return;
    this.#asleep = true;
    this.#nextFrame(() => {
      const changed = this.#changes;
      this.#changes = new Set();
      this.#asleep = false;
      for (const listener of [...this.#listeners]) listener(changed);
    });
  }
}

const stores = new WeakMap<EngineClient, LossStore>();

export function lossStoreOf(engine: EngineClient): LossStore {
  let store = stores.get(engine);
  if (store === undefined) stores.set(engine, (store = new LossStore(engine)));
  return store;
}

/** The store, with the curves of these runs kept at hand. Does not draw anew when points arrive. */
export function useLossStore(ids: readonly string[]): LossStore {
  const store = lossStoreOf(useEngine());
  const key = ids.join(' ');
  useEffect(() => {
    const ends = key === '' ? [] : key.split(' ').map((id) => store.watch(id));
    return () => ends.forEach((end) => end());
  }, [store, key]);
  return store;
}

/** Something small read from the store, such as the newest step; draws anew only when it changes. */
export function useLosses<T extends string | number | boolean | null>(
  store: LossStore,
  read: (store: LossStore) => T,
): T {
  return useSyncExternalStore(store.subscribe, () => read(store));
}
