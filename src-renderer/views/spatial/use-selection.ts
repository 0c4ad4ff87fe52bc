import { useMemo, useState } from 'react';
import {
  cleared,
  combined,
  NOTHING_SELECTED,
  undone,
  type Combination,
  type Selection,
} from './selection.ts';

export interface SelectionState {
  readonly now: Selection | null;
  readonly canUndo: boolean;
  readonly combine: (cells: Uint32Array, how: Combination) => void;
  readonly clear: () => void;
  readonly undo: () => void;
}

/** The chosen cells, and the way back to what was chosen before. */
export function useSelection(cells: number): SelectionState {
  const [history, setHistory] = useState(NOTHING_SELECTED);
  return useMemo(
    () => ({
      now: history.now,
      canUndo: history.before.length > 0,
      combine: (chosen, how) => setHistory((before) => combined(before, chosen, how, cells)),
      clear: () => setHistory(cleared),
      undo: () => setHistory(undone),
    }),
    [history, cells],
  );
}
