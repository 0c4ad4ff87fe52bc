import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useApp } from '../../../../../src-renderer/store/store.ts';
import { aMoranResult } from '../../../helpers/analyses.ts';
import { aFinishedAnalysis, openBiology } from '../../../helpers/biology.tsx';

vi.mock('../../../../../src-renderer/views/spatial/canvas/map-canvas.ts', async () => {
  const { mapCanvas } = await import('../../../helpers/map-canvas.ts');
  return mapCanvas();
});
afterEach(cleanup);

beforeEach(async () => {
  const result = aMoranResult();
  await openBiology({
    tab: 'moran',
    analyses: [aFinishedAnalysis(result)],
    results: { 'analysis-1': result },
  });
  await screen.findByRole('region', { name: 'Genes by how far they form patterns' });
});

const genes = () => screen.getAllByTitle(/: show on the map$/u).map((button) => button.textContent);

it('says on the plot that imputation makes I larger, and by how much here', () => {
  const chart = screen.getByRole('figure', { name: 'Moran’s I, measured against imputed' });
  expect(chart.textContent).toMatch(/Imputation smooths/u);
  // Differences: 0.21, 0.32 and −0.05.
  expect(within(chart).getByText('Imputed I is higher for 2 of 3 genes, by 0.21 in the median')).toBeTruthy();
});

it('lists imputed genes too, the strongest pattern first; one opens on the map', async () => {
  expect(genes()).toEqual(['Unmeasured1', 'Gad1', 'Vip', 'Sst']);
  fireEvent.click(screen.getByRole('button', { name: 'Unmeasured1' }));
  await waitFor(() => expect(useApp.getState().view).toBe('map'));
  expect(useApp.getState().target).toEqual({ gene: 'Unmeasured1' });
});

it('sorts, searches and narrows down', () => {
  fireEvent.click(screen.getByRole('button', { name: /^I, measured/u }));
  expect(genes()).toEqual(['Gad1', 'Sst', 'Vip', 'Unmeasured1']);
  fireEvent.click(screen.getByRole('radio', { name: 'Imputed only' }));
  expect(genes()).toEqual(['Unmeasured1']);
  fireEvent.click(screen.getByRole('radio', { name: 'All' }));
  fireEvent.change(screen.getByRole('searchbox', { name: 'Find a gene' }), { target: { value: 'vip' } });
  expect(genes()).toEqual(['Vip']);
});
