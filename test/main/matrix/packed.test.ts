import { describe, expect, it } from 'vitest';
import { firstOutside, packBlock, packRows, Scratch, unpack } from '../../../src-main/matrix/packed.ts';
import type { Numbers, PackedBlock } from '../../../src-main/matrix/packed.ts';
import { Random } from '../../../src-shared/maths/random.ts';

interface Example {
  readonly columns: number;
  /** Column and value of each entry of each row. */
  readonly rows: [number, number][][];
  readonly indptr: Float64Array;
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/** A random table and its entries; with `loose`, rows are shuffled and hold zeros and places that occur twice. */
function example(draw: (random: Random) => number, columns = 30, loose = false): Example {
  const random = new Random(7);
  const rows: [number, number][][] = [];
  const [indptr, indices, values] = [[0], [] as number[], [] as number[]];
  for (let row = 0; row < 50; row++) {
    const cells = new Map<number, number>();
    const entries: [number, number][] = [];
    const picks = row % 7 === 0 ? 0 : random.below(12);
    for (let i = 0; i < picks; i++) {
      const column = loose ? random.below(columns) : Math.floor((i * columns) / picks);
      const value = Math.fround(draw(random));
      entries.push([column, value]);
      if (loose && i % 3 === 0) entries.push([random.below(columns), 0]);
      cells.set(column, (cells.get(column) ?? 0) + value);
    }
    for (const [column, value] of entries) {
      indices.push(column);
      values.push(value);
    }
    indptr.push(indices.length);
    const inOrder = [...cells].sort(([a], [b]) => a - b);
    rows.push(inOrder.map(([column, value]) => [column, Math.fround(value)]));
  }
  const lists = { indices: Int32Array.from(indices), values: Float32Array.from(values) };
  return { columns, rows, indptr: Float64Array.from(indptr), ...lists };
}

function packedOf({ columns, indptr, indices, values }: Example, as?: (list: Float32Array) => Numbers) {
  return packRows({ firstRow: 3, rows: 50, columns, indptr, indices, values: as?.(values) ?? values });
}

function entriesOf(block: PackedBlock, scratch?: Scratch): [number, number][][] {
  const { rows, indptr, indices, values } = unpack(block, scratch);
  return Array.from({ length: rows }, (_, row) => {
    const entries: [number, number][] = [];
    for (let k = indptr[row]!; k < indptr[row + 1]!; k++) entries.push([indices[k]!, values[k]!]);
    return entries;
  });
}

const small = (random: Random): number => 1 + random.below(40);
/** Mostly small counts, some around the byte's limit and far above. */
const mixed = (random: Random): number =>
  random.below(20) ? 1 + random.below(9) : [253, 254, 255, 256, 70_000, 2 ** 24][random.below(6)]!;
const fractional = (random: Random): number => random.uniform() * 3;

describe('packed blocks', () => {
  it.each([
    ['small counts', small],
    ['counts on both sides of a byte', mixed],
    ['fractions', fractional],
  ] as const)('hold %s exactly, in order or not', (_, draw) => {
    for (const loose of [false, true])
      for (const columns of [30, 70_000]) {
        const made = example(draw, columns, loose);
        expect(entriesOf(packedOf(made))).toEqual(made.rows);
      }
  });

  it('take two bytes a column and one a count where that is enough', () => {
    const counts = packedOf(example(small));
    expect(counts.indices).toBeInstanceOf(Uint16Array);
    expect(counts.values).toBeInstanceOf(Uint8Array);
    expect(packedOf(example(small, 70_000)).indices).toBeInstanceOf(Int32Array);
    const exact = packedOf(example(fractional));
    expect(exact.values).toBeInstanceOf(Float32Array);
    expect(exact.large).toHaveLength(0);
    expect(packedOf(example(mixed)).large.length).toBeGreaterThan(0);
  });

  it('count stored and fractional entries of each gene, zeros not', () => {
    const { stored, fractional: fractions, bad } = packedOf(example(mixed, 30, true)).summary;
    const { rows } = example(mixed, 30, true);
    const perGene = Array.from(
      { length: 30 },
      (_, gene) => rows.flat().filter(([column]) => column === gene).length,
    );
    expect([...stored]).toEqual(perGene);
    expect([fractions, bad]).toEqual([undefined, false]);
    const halves = packedOf(example((random) => random.below(4) + 0.5));
    expect(halves.summary.fractional).toEqual(halves.summary.stored);
  });

  it.each([-1, NaN, Infinity, -Infinity, -0.5])('keep %f as it is and say that it is bad', (value) => {
    const made = example((random) => (random.below(90) ? 2 : value));
    const block = packedOf(made);
    expect(block.summary.bad).toBe(true);
    expect(entriesOf(block)).toEqual(made.rows);
  });

  it('read doubles and integers of any width', () => {
    const made = example((random) => 1 + random.below(100));
    for (const as of [Float64Array, Int32Array, Uint32Array, Int16Array, Uint8Array])
      expect(entriesOf(packedOf(made, (list) => as.from(list)))).toEqual(made.rows);
    // Doubles are added up and summed before they are rounded.
    const doubles = packRows({
      firstRow: 0,
      rows: 1,
      columns: 2,
      indptr: Float64Array.of(0, 3),
      indices: Int32Array.of(1, 0, 1),
      values: Float64Array.of(0.1, 5, 0.2),
    });
    expect(entriesOf(doubles)).toEqual([
      [
        [0, 5],
        [1, Math.fround(0.1 + 0.2)],
      ],
    ]);
    expect(doubles.summary.sum).toBe(0.1 + 5 + 0.2);
  });

  it('leave out and renumber columns', () => {
    const block = packRows({
      firstRow: 0,
      rows: 2,
      columns: 2,
      indptr: Float64Array.of(0, 3, 4),
      indices: Int32Array.of(0, 1, 2, 1),
      values: Float32Array.of(1, 2, 3, 4),
      keep: Int32Array.of(1, -1, 0),
    });
    expect(entriesOf(block)).toEqual([
      [
        [0, 3],
        [1, 1],
      ],
      [],
    ]);
  });

  it('use the same room again without leaving anything behind', () => {
    const scratch = new Scratch();
    const [first, second] = [example(mixed), example(small)];
    expect(entriesOf(packedOf(first), scratch)).toEqual(first.rows);
    expect(entriesOf(packedOf(second), scratch)).toEqual(second.rows);
    expect(entriesOf(packBlock(unpack(packedOf(first))), scratch)).toEqual(first.rows);
  });

  it('find an index that is outside or no whole number', () => {
    expect(firstOutside(Int32Array.of(0, 4, 2), 5)).toBe(-1);
    expect(firstOutside(Int32Array.of(0, 5), 5)).toBe(1);
    expect(firstOutside(Int32Array.of(-1), 5)).toBe(0);
    for (const index of [0.5, NaN, 2 ** 32, 2 ** 31])
      expect(firstOutside(Float64Array.of(1, index), 5)).toBe(1);
  });
});
