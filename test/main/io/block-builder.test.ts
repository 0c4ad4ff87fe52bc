import { describe, expect, it } from 'vitest';
import { BlockBuilder } from '../../../src-main/io/block-builder.ts';

describe('BlockBuilder', () => {
  it('sorts columns, adds entries of one place up and drops zeros', () => {
    const builder = new BlockBuilder(5);
    for (const [column, value] of [
      [3, 1],
      [1, 2],
      [3, 4],
      [0, 0],
    ] as const)
      builder.add(column, value);
    builder.endRow();
    builder.endRow();
    builder.add(4, 7);
    builder.endRow();
    const block = builder.take();
    expect([...block.indptr]).toEqual([0, 2, 2, 3]);
    expect([...block.indices]).toEqual([1, 3, 4]);
    expect([...block.values]).toEqual([2, 5, 7]);
    expect(block.sum).toBe(14);
  });

  it('numbers the rows on from block to block', () => {
    const builder = new BlockBuilder(2);
    builder.endRow();
    builder.endRow();
    expect(builder.take().firstRow).toBe(0);
    builder.add(0, 1);
    builder.endRow();
    const block = builder.take();
    expect([block.firstRow, block.rows]).toEqual([2, 1]);
  });

  it('leaves out and renumbers columns', () => {
    const builder = new BlockBuilder(2, Int32Array.of(1, -1, 0));
    for (const column of [0, 1, 2]) builder.add(column, column + 1);
    builder.endRow();
    const block = builder.take();
    expect([...block.indices]).toEqual([0, 1]);
    expect([...block.values]).toEqual([3, 1]);
  });

  it('sums doubles before they are rounded, without what is not finite', () => {
    const builder = new BlockBuilder(3);
    for (const [column, value] of [
      [0, 0.1],
      [1, NaN],
      [2, 0.2],
    ] as const)
      builder.add(column, value);
    builder.endRow();
    expect(builder.take().sum).toBe(0.1 + 0.2);
  });
});
