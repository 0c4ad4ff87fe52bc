import { expect, it } from 'vitest';
import { arrangedRows } from '../../../../src-renderer/views/biology/table-rows.ts';

const columns = [
  { name: 'gene', values: ['Gad10', 'Vip', 'Gad2', 'Sst'] },
  { name: 'i', values: [0.2, NaN, 0.5, 0.2] },
];
const names = (typed: string, column: string, descending: boolean) =>
  Array.from(arrangedRows(columns, typed, { column, descending }), (row) => columns[0]!.values[row]);

it('sorts numbers both ways with unknown ones last, and equal ones by name', () => {
  expect(names('', 'i', true)).toEqual(['Gad2', 'Gad10', 'Sst', 'Vip']);
  expect(names('', 'i', false)).toEqual(['Gad10', 'Sst', 'Gad2', 'Vip']);
});

it('sorts names as people count', () => {
  expect(names('', 'gene', false)).toEqual(['Gad2', 'Gad10', 'Sst', 'Vip']);
});

it('finds what is typed in any case', () => {
  expect(names(' gAD', 'gene', true)).toEqual(['Gad10', 'Gad2']);
  expect(names('x', 'gene', true)).toEqual([]);
});
