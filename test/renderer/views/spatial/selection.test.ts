import { describe, expect, it } from 'vitest';
import {
  cleared,
  combined,
  compareGroups,
  composition,
  NOTHING_SELECTED,
  selectedCells,
  undone,
  type SelectionHistory,
} from '../../../../src-renderer/views/spatial/selection.ts';

const cellsOf = ({ now }: SelectionHistory) => (now ? [...selectedCells(now)] : null);
const select = (history: SelectionHistory, cells: number[], how: 'replace' | 'add' | 'remove' = 'replace') =>
  combined(history, Uint32Array.from(cells), how, 10);

describe('a selection', () => {
  it('is replaced, widened, narrowed, cleared, and every step is undone', () => {
    const first = select(NOTHING_SELECTED, [5, 1]);
    const wider = select(first, [1, 7], 'add');
    const narrower = select(wider, [5, 9], 'remove');
    const other = select(narrower, [0]);
    const none = cleared(other);
    expect([first, wider, narrower, other, none].map(cellsOf)).toEqual([
      [1, 5],
      [1, 5, 7],
      [1, 7],
      [0],
      null,
    ]);
    expect(cellsOf(undone(none))).toEqual([0]);
    expect(cellsOf(undone(undone(undone(none))))).toEqual([1, 5, 7]);
    expect(cellsOf(undone(undone(undone(undone(undone(undone(none)))))))).toBeNull();
    expect(narrower.now?.count).toBe(2);
  });

  it('of nothing is none, and clearing nothing is no step', () => {
    expect(select(select(NOTHING_SELECTED, [3]), [3], 'remove').now).toBeNull();
    expect(cleared(NOTHING_SELECTED)).toBe(NOTHING_SELECTED);
  });
});

describe('the summary', () => {
  const { now } = select(NOTHING_SELECTED, [0, 1, 2]);

  it('compares a gene inside and outside, missing values left out', () => {
    const values = Float32Array.of(4, 0, NaN, 1, 1, 0, 0, 0, 0, NaN);
    expect(compareGroups(values, now!)).toEqual({
      inside: { cells: 2, mean: 2, expressing: 0.5 },
      outside: { cells: 6, mean: 1 / 3, expressing: 1 / 3 },
    });
  });

  it('counts categories, most of the selection first', () => {
    const codes = Uint16Array.of(1, 1, 0, 0, 0, 2, 65_535, 1, 0, 0);
    expect(composition(['a', 'b', 'c'], codes, now!)).toEqual([
      { name: 'b', code: 1, inside: 2, all: 3 },
      { name: 'a', code: 0, inside: 1, all: 5 },
    ]);
  });
});
