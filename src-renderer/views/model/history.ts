/** A value with what it was before and what was undone. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** What the last step changed, so that dragging a slider is one step. */
  readonly tag: string | null;
}

const LONGEST = 200;

export function begin<T>(present: T): History<T> {
  return { past: [], present, future: [], tag: null };
}

/** Takes a step. Steps with the same tag one after the other are one step to undo. */
export function step<T>(history: History<T>, present: T, tag: string | null = null): History<T> {
  if (Object.is(present, history.present)) return history;
  const joined = tag !== null && tag === history.tag;
  const past = joined ? history.past : [...history.past, history.present].slice(-LONGEST);
  return { past, present, future: [], tag };
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  const future = [history.present, ...history.future];
  return { past: history.past.slice(0, -1), present: before, future, tag: null };
}

export function redo<T>(history: History<T>): History<T> {
  const [after, ...future] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.present], present: after, future, tag: null };
}
