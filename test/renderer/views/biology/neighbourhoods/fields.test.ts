import { expect, it } from 'vitest';
import { pointGrid } from '../../../../../src-shared/plot/point-grid.ts';
import type { MapCells, MapLayout } from '../../../../../src-renderer/views/spatial/use-map-data.ts';
import {
  factsOf,
  filedCorner,
  fieldsOf,
  nextName,
  type Field,
} from '../../../../../src-renderer/views/biology/neighbourhoods/fields.ts';
import { aTable } from '../../../helpers/analyses.ts';

// Two sections of two cells each that lie over each other in the file; on the map the second is 100 to the right.
const layout: MapLayout = {
  filed: Float32Array.of(0, 0, 10, 0, 0, 0, 10, 0),
  xy: Float32Array.of(0, 0, 10, 0, 100, 0, 110, 0),
  origin: [1000, 500],
  sections: Uint16Array.of(0, 0, 1, 1),
  spacing: 10,
  isMoved: true,
};
const cells = {
  sections: [
    { name: 'A', cells: 2 },
    { name: 'B', cells: 2 },
  ],
} as unknown as MapCells;
const table = aTable('fields', {
  field: ['most 1', 'least 1'],
  section: ['A', 'B'],
  x: [997, 1007],
  y: [497, 497],
  side: [6, 6],
});

it('lays fields of the file where their section is drawn, and back', () => {
  const fields = fieldsOf(table, layout, cells);
  expect(fields.map(({ name, x, y }) => [name, x, y])).toEqual([
    ['most 1', 0, 0],
    ['least 1', 110, 0],
  ]);
  const grid = pointGrid(layout.xy);
  expect(fields.map((field) => filedCorner(field, layout, grid))).toEqual([
    [997, 497],
    [1007, 497],
  ]);
});

it('leaves out fields without a place', () => {
  expect(
    fieldsOf(aTable('fields', { field: ['x'], x: [null], y: [1], side: [null] }), layout, cells),
  ).toEqual([]);
  expect(fieldsOf(undefined, layout, cells)).toEqual([]);
});

it('counts the cells of a field and their mean share, without those that have none', () => {
  const field: Field = { name: 'x', x: 5, y: 0, side: 12, byHand: true };
  const facts = factsOf(pointGrid(layout.xy), field, Float32Array.of(0.5, NaN, 1, 1));
  expect([...facts.cells].sort()).toEqual([0, 1]);
  expect(facts.mean).toBe(0.5);
  expect(factsOf(pointGrid(layout.xy), { ...field, x: 500 }, new Float32Array(4)).mean).toBeNaN();
});

it('gives names that no field has', () => {
  const own = (name: string): Field => ({ name, x: 0, y: 0, side: 1, byHand: true });
  expect(nextName([])).toBe('Own 1');
  expect(nextName([own('Own 1'), own('Own 3')])).toBe('Own 2');
});
