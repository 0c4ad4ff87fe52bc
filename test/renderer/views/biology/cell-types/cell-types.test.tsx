import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { shareHistogram } from '../../../../../src-renderer/views/biology/cell-types/share-histogram.ts';
import { aCellTypesResult } from '../../../helpers/analyses.ts';
import { aFinishedAnalysis, openBiology } from '../../../helpers/biology.tsx';
import { aDataset } from '../../../helpers/records.ts';

vi.mock('../../../../../src-renderer/views/spatial/canvas/map-canvas.ts', async () => {
  const { mapCanvas } = await import('../../../helpers/map-canvas.ts');
  return mapCanvas();
});
afterEach(cleanup);

it('says that labels of the data will do, and shows them', async () => {
  await openBiology({ tab: 'cell-types' });
  expect(await screen.findByText('The data came with labels: cell_type, 3 types')).toBeTruthy();
  expect(await screen.findByRole('button', { name: 'Highlight T cell' })).toBeTruthy();
});

it('takes labels over from a reference that has some, else groups cells that are alike', async () => {
  const labelled = aDataset({ role: 'reference', choice: { path: '/r.h5ad', labels: 'type' } });
  const { engine } = await openBiology({
    tab: 'cell-types',
    labelled: false,
    project: { reference: labelled },
  });
  fireEvent.submit(screen.getByRole('form', { name: 'Find cell types' }));
  await waitFor(() =>
    expect(engine.calls('analysis:start')).toMatchObject([
      { parameters: { kind: 'cell-types', method: 'transfer', neighbours: 15 } },
    ]),
  );
  cleanup();
  const other = await openBiology({ tab: 'cell-types', labelled: false });
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Clusters' }).checked).toBe(true);
  fireEvent.click(screen.getByRole('radio', { name: 'From the reference' }));
  fireEvent.submit(screen.getByRole('form', { name: 'Find cell types' }));
  expect(other.engine.calls('analysis:start')).toEqual([]);
});

it('shows types, how sure they are, and lets them be named', async () => {
  const result = aCellTypesResult();
  const { engine } = await openBiology({
    tab: 'cell-types',
    analyses: [aFinishedAnalysis(result)],
    results: { 'analysis-1': result },
  });
  expect(await screen.findByText('Rests on imputed values')).toBeTruthy();
  expect(screen.getByText('median 0.74')).toBeTruthy();
  const field = screen.getByRole('textbox', { name: 'Name of type 1' });
  fireEvent.change(field, { target: { value: 'Malignant' } });
  fireEvent.blur(field);
  await waitFor(() =>
    expect(engine.calls('analysis:rename')).toEqual([
      { id: 'analysis-1', vector: 'cell_type', names: ['Malignant', 'T cell', 'Stroma'] },
    ]),
  );
});

it('counts shares in bars, with both ends inside', () => {
  const { edges, counts } = shareHistogram(Float32Array.of(0, 0.24, 0.25, 0.99, 1, NaN), 4);
  expect(edges).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(counts).toEqual([2, 1, 0, 2]);
});
