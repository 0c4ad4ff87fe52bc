import { describe, expect, it } from 'vitest';
import { rowsInDataset } from '../../../../src-main/service/map/kept-cells.ts';

describe('rowsInDataset', () => {
  it('finds the cells that filters kept, equal names told apart by their order', () => {
    expect([...rowsInDataset('f', ['b', 'b', 'd'], ['a', 'b', 'c', 'b', 'd'])]).toEqual([1, 3, 4]);
  });

  it('goes by name where the order differs', () => {
    expect([...rowsInDataset('f', ['d', 'a'], ['a', 'b', 'd'])]).toEqual([2, 0]);
  });

  it('names a cell that the dataset does not have', () => {
    expect(() => rowsInDataset('imputed.h5ad', ['x'], ['a', 'b'])).toThrow(/cell x.*train again/u);
  });
});
