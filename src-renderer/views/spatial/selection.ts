/** Steps that can be undone. */
const STEPS = 20;

export type Combination = 'replace' | 'add' | 'remove';

/** Chosen cells: 1 for each that is in; null when none is. */
export interface Selection {
  readonly inside: Uint8Array;
  readonly count: number;
}

/** Chosen cells and what they were before; never mutated. */
export interface SelectionHistory {
  readonly now: Selection | null;
  readonly before: readonly (Selection | null)[];
}

export const NOTHING_SELECTED: SelectionHistory = { now: null, before: [] };

/** Replaces, widens or narrows the selection; what was chosen before can be brought back. */
export function combined(
  history: SelectionHistory,
  cells: Uint32Array,
  how: Combination,
  total: number,
): SelectionHistory {
  const inside =
    how === 'replace' || history.now === null ? new Uint8Array(total) : history.now.inside.slice();
  let count = how === 'replace' ? 0 : (history.now?.count ?? 0);
  const value = how === 'remove' ? 0 : 1;
  for (const cell of cells) {
    if (inside[cell] === value) continue;
    inside[cell] = value;
    count += value === 1 ? 1 : -1;
  }
  return pushed(history, count === 0 ? null : { inside, count });
}

export function cleared(history: SelectionHistory): SelectionHistory {
  return history.now === null ? history : pushed(history, null);
}

export function undone(history: SelectionHistory): SelectionHistory {
  if (history.before.length === 0) return history;
  return { now: history.before.at(-1) ?? null, before: history.before.slice(0, -1) };
}

function pushed({ now, before }: SelectionHistory, next: Selection | null): SelectionHistory {
  return { now: next, before: [...before.slice(1 - STEPS), now] };
}

/** The chosen cells, in increasing order. */
export function selectedCells({ inside, count }: Selection): Uint32Array {
  const cells = new Uint32Array(count);
  for (let cell = 0, i = 0; cell < inside.length; cell++) if (inside[cell] === 1) cells[i++] = cell;
  return cells;
}

/** A gene inside and outside of a selection; values that are missing do not count. */
export interface GroupStatistics {
  readonly cells: number;
  readonly mean: number;
  /** Share of the cells with a value above 0. */
  readonly expressing: number;
}

export function compareGroups(
  values: Float32Array,
  { inside }: Selection,
): { readonly inside: GroupStatistics; readonly outside: GroupStatistics } {
  const cells = [0, 0];
  const sums = [0, 0];
  const positive = [0, 0];
  for (let cell = 0; cell < values.length; cell++) {
    const value = values[cell]!;
    if (Number.isNaN(value)) continue;
    const group = inside[cell]!;
    cells[group]!++;
    sums[group]! += value;
    if (value > 0) positive[group]!++;
  }
  const of = (group: 0 | 1): GroupStatistics => ({
    cells: cells[group]!,
    mean: sums[group]! / cells[group]!,
    expressing: positive[group]! / cells[group]!,
  });
  return { inside: of(1), outside: of(0) };
}

/** Cells of each category inside the selection and in all, most of the selection first; those of none left out. */
export function composition(
  names: readonly string[],
  codes: Uint16Array,
  { inside }: Selection,
): { readonly name: string; readonly code: number; readonly inside: number; readonly all: number }[] {
  const all = new Uint32Array(names.length);
  const chosen = new Uint32Array(names.length);
  for (let cell = 0; cell < codes.length; cell++) {
    const code = codes[cell]!;
    if (code >= names.length) continue;
    all[code]!++;
    if (inside[cell] === 1) chosen[code]!++;
  }
  return names
    .map((name, code) => ({ name, code, inside: chosen[code]!, all: all[code]! }))
    .filter((one) => one.inside > 0)
    .sort((a, b) => b.inside - a.inside);
}
