import { describe, expect, it } from 'vitest';
import { turned } from '../../../src-main/io/turn.ts';
import type { Entries } from '../../../src-main/io/turn.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { rowsOf } from './temporary.ts';

/** Entries of a random matrix gene by gene, in pieces of three, and the matrix itself. */
function example(): { dense: number[][]; pieces: Entries[] } {
  const random = new Random(5);
  const dense = Array.from({ length: 40 }, () =>
    Array.from({ length: 17 }, () => (random.below(3) ? 0 : random.below(9))),
  );
  const list: [number, number, number][] = [];
  for (let gene = 0; gene < 17; gene++)
    for (let cell = 0; cell < 40; cell++) list.push([cell, gene, dense[cell]![gene]!]);
  const pieces: Entries[] = [];
  for (let from = 0; from < list.length; from += 3) {
    const part = list.slice(from, from + 3);
    pieces.push({
      length: part.length,
      rows: Int32Array.from(part, ([cell]) => cell),
      columns: Int32Array.from(part, ([, gene]) => gene),
      values: Float64Array.from(part, ([, , value]) => value),
    });
  }
  return { dense, pieces };
}

const about = { file: 'f', element: 'e', rows: 40, columns: 17 };

describe('turned', () => {
  it.each([1 << 24, 100, 1])(
    'gives the same rows with bands of %i entries, as often as asked',
    async (band) => {
      const { dense, pieces } = example();
      let passes = 0;
      const source = turned(
        about,
        async function* () {
          passes++;
          yield* await Promise.resolve(pieces);
        },
        band,
      );
      expect(await rowsOf(source)).toEqual(dense);
      const first = passes;
      expect(await rowsOf(source)).toEqual(dense);
      // One pass to count, which is not repeated, and one for each band.
      expect(passes - first).toBe(first - 1);
      expect(first - 1).toBe(band > 680 ? 1 : band === 100 ? 8 : 40);
    },
  );

  it('keeps the empty rows at both ends', async () => {
    const one: Entries = {
      length: 1,
      rows: Int32Array.of(2),
      columns: Int32Array.of(1),
      values: Float64Array.of(4),
    };
    const source = turned({ ...about, rows: 4, columns: 2 }, async function* () {
      yield await Promise.resolve(one);
    });
    expect(await rowsOf(source)).toEqual([
      [0, 0],
      [0, 0],
      [0, 4],
      [0, 0],
    ]);
  });
});
