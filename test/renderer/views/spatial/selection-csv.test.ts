import { expect, it } from 'vitest';
import { Percentiles } from '../../../../src-shared/plot/percentiles.ts';
import { selectionCsv } from '../../../../src-renderer/views/spatial/selection-csv.ts';

it('lists names, the positions of the file, section and shown values, safe for spreadsheets', () => {
  const values = Float32Array.of(1.5, NaN, 3);
  const filed = Float32Array.of(0, 0, 1.25, 2, 4, 5);
  const csv = selectionCsv(
    {
      cells: {
        ...{ cells: 3, unit: 'micrometre', columns: [], images: [] },
        sections: [
          { name: 'left', cells: 1 },
          { name: 'right, upper', cells: 2 },
        ],
      },
      layout: {
        xy: new Float32Array(6),
        filed,
        origin: [1000, -10],
        sections: Uint16Array.of(0, 1, 1),
        spacing: 1,
        isMoved: true,
      },
      states: [
        {
          ...{ title: 'Gad1', what: 'imputed · expected r 0.62', error: null, isWaiting: false },
          picture: {
            ...{ kind: 'values', title: 'Gad1', gene: 'Gad1', what: 'imputed', isDifference: false },
            vector: { values, unit: '', spread: new Percentiles(values) },
          },
        },
      ],
    },
    Uint32Array.of(1, 2),
    ['=SUM(A1)', 'say "c"'],
  );
  expect(csv).toBe(
    'cell,x,y,section,Gad1 imputed\r\n' +
      `'=SUM(A1),1001.25,-8,"right, upper",\r\n` +
      '"say ""c""",1004,-5,"right, upper",3\r\n',
  );
});
