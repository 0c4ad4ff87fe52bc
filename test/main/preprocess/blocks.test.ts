import { describe, expect, it } from 'vitest';
import type { RowBlock } from '../../../src-main/matrix/csr.ts';
import { eachBlock, remembered } from '../../../src-main/preprocess/blocks.ts';
import { StoppedError } from '../../../src-shared/contract/errors.ts';
import { sourceOf } from './in-memory.ts';

const rows = Array.from({ length: 20 }, (_, r) => [r, 0, r % 3]);

async function sumOf(source: Parameters<typeof eachBlock>[0]): Promise<number> {
  let sum = 0;
  await eachBlock(source, undefined, (block) => (sum += block.values.reduce((a, b) => a + b, 0)));
  return sum;
}

describe('passes over a matrix', () => {
  it('reads a small file once however often it is asked', async () => {
    const source = sourceOf(rows);
    const kept = remembered(source);
    const first = await sumOf(kept);
    expect(first).toBe(190 + 19);
    expect(await sumOf(kept)).toBe(first);
    expect(source.passes).toBe(1);
  });

  it('reads a large one once too, and again when it was told to forget it', async () => {
    const source = sourceOf(rows);
    const kept = remembered(source, 100);
    expect(await sumOf(kept)).toBe(await sumOf(kept));
    expect(source.passes).toBe(1);
    kept.forget();
    expect(await sumOf(kept)).toBe(209);
    expect(source.passes).toBe(2);
  });

  it('is not remembered twice', () => {
    const kept = remembered(sourceOf(rows));
    expect(remembered(kept)).toBe(kept);
  });

  it('copies, since a reader may fill the same arrays again', async () => {
    const values = new Float32Array(1);
    const reused = {
      ...sourceOf(rows),
      // eslint-disable-next-line @typescript-eslint/require-await
      async *blocks(): AsyncGenerator<RowBlock> {
        for (let firstRow = 0; firstRow < 3; firstRow++) {
          values[0] = 10 ** firstRow;
          const indptr = Float64Array.of(0, 1);
          yield { firstRow, rows: 1, columns: 3, indptr, indices: Int32Array.of(0), values };
        }
      },
    };
    const kept = remembered(reused);
    expect(await sumOf(kept)).toBe(111);
    expect(await sumOf(kept)).toBe(111);
  });

  it('does not take a pass that was broken off for a whole one', async () => {
    const kept = remembered(sourceOf(rows));
    for await (const block of kept.blocks()) {
      expect(block.firstRow).toBe(0);
      break;
    }
    expect(await sumOf(kept)).toBe(209);
  });

  it('lets other work run between blocks, and stops when told', async () => {
    const controller = new AbortController();
    let visited = 0;
    setImmediate(() => {
      controller.abort();
    });
    const pass = eachBlock(sourceOf(rows, 1), controller.signal, () => visited++);
    await expect(pass).rejects.toThrow(StoppedError);
    expect(visited).toBeLessThan(5);
  });
});
