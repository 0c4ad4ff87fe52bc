import { describe, expect, it } from 'vitest';
import { layOut } from '../../../src-main/evaluate/neighbourhood.ts';
import { nearestNeighbours } from '../../../src-shared/maths/neighbours.ts';

const coordinates = {
  source: 'obsm/spatial',
  dimensions: 2,
  unit: 'micrometre' as const,
  // Two sections in one coordinate system, cell by cell at almost the same places.
  values: Float64Array.from([0, 0, 10, 0, 20, 5, 0.1, 0, 10.1, 0, 20.1, 5]),
};
const sections = ['a', 'a', 'a', 'b', 'b', 'b'];
const rows = Int32Array.of(0, 1, 2, 3, 4, 5);

describe('layOut', () => {
  it('takes the cells asked for, as they are', () => {
    const { values } = layOut(coordinates, undefined, Int32Array.of(4, 0), 'drawn');
    expect([...values]).toEqual([10.1, 0, 0, 0]);
  });

  it('puts sections side by side, so that their cells are no neighbours', () => {
    const one = nearestNeighbours(layOut(coordinates, undefined, rows, 'apart'), 1);
    expect([...one.neighbours]).toEqual([3, 4, 5, 0, 1, 2]);
    const laid = layOut(coordinates, sections, rows, 'apart');
    const two = nearestNeighbours(laid, 2);
    for (const [i, neighbour] of two.neighbours.entries()) {
      expect(sections[neighbour]).toBe(sections[two.cells[Math.floor(i / 2)]!]);
    }
    // On a map they lie close together, and do not overlap.
    const drawn = layOut(coordinates, sections, rows, 'drawn').values;
    expect(drawn[6]! - drawn[4]!).toBeCloseTo(0.15 * 20.1, 10);
    // Nothing is moved inside a section, or along y.
    expect(laid.values[8]! - laid.values[6]!).toBeCloseTo(10, 12);
    expect([1, 3, 5, 7, 9, 11].map((i) => laid.values[i])).toEqual([0, 0, 5, 0, 0, 5]);
  });
});
