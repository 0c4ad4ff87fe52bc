import { cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useApp } from '../../../../../src-renderer/store/store.ts';
import { GenesTab } from '../../../../../src-renderer/views/biology/genes/GenesTab.tsx';
import { useBiologyView } from '../../../../../src-renderer/views/biology/view-state.ts';
import { genesParameters } from '../parameters.ts';
import { aResult, aTable } from '../result.ts';
import { showTab } from '../show-tab.tsx';

vi.mock('../../../../../src-renderer/views/biology/AnalysisMap.tsx', () => ({
  AnalysisMap: ({ title }: { readonly title: string }) => <figure aria-label={title} />,
}));

configure({ defaultHidden: true });
afterEach(cleanup);

const genes = (...gene: string[]) => ({
  gene,
  r: gene.map((_, i) => 0.6 - 0.5 * i),
  p: gene.map((_, i) => 10 ** (i - 6)),
  q: gene.map((_, i) => 10 ** (i - 5)),
  exceeding: gene.map((_, i) => i),
});
const result = aResult(genesParameters, {
  summary: 'Actb goes with Tumour.',
  notes: ['Imputed correlations come out too large.'],
  tables: [
    aTable('raw', genes('Vip')),
    aTable('imputed_measured', genes('Vip')),
    aTable('imputed_all', genes('Actb', 'Vip', 'Sst')),
  ],
});

describe('GenesTab before anything was found', () => {
  it('says what to tick, and starts with what was ticked', async () => {
    const engine = showTab(<GenesTab />, {});
    await screen.findByText('Stroma');
    expect(
      screen.getAllByRole('button', { name: /Correlate the genes/u })[0]!.getAttribute('aria-disabled'),
    ).toBe('true');
    fireEvent.click(screen.getByLabelText('Tumour'));
    fireEvent.submit(screen.getByRole('form', { name: 'Genes of a neighbourhood' }));
    await waitFor(() => expect(engine.calls('analysis:start')).toHaveLength(1));
    expect(engine.calls('analysis:start')[0]).toEqual({ run: 'run-1', parameters: genesParameters });
  });

  it('asks for one niche where only some cells are wanted', async () => {
    showTab(<GenesTab />, {});
    await screen.findByText('Stroma');
    fireEvent.click(screen.getByLabelText('Tumour'));
    fireEvent.click(screen.getByLabelText('Only some'));
    expect(screen.getAllByText(/Tick which cells the analysis is of/u).length).toBeGreaterThan(0);
  });
});

describe('GenesTab with a result', () => {
  const show = () => showTab(<GenesTab />, { analyses: [{ id: 'genes-1', result }] });

  it('says the finding, how to read it, and why the test is not an ordinary one', async () => {
    show();
    expect(await screen.findByText('Actb goes with Tumour.')).toBeTruthy();
    expect(screen.getByText('Imputed correlations come out too large.')).toBeTruthy();
    expect(screen.getByText(/held against 999 copies of the neighbour share/u)).toBeTruthy();
  });

  it('counts genes beyond the thresholds, and again when these change', async () => {
    show();
    expect(await screen.findByText(/1 gene up and 1 down of 3/u)).toBeTruthy();
    const q = screen.getByLabelText('q below');
    fireEvent.change(q, { target: { value: '0.000001' } });
    fireEvent.blur(q);
    expect(await screen.findByText(/0 genes up and 0 down of 3/u)).toBeTruthy();
  });

  it('switches between the three ways, and opens a gene on the map', async () => {
    show();
    const [all] = await screen.findAllByRole('region', { name: 'Genes, imputed, all genes' });
    expect(within(all!).getByText('Sst')).toBeTruthy();
    fireEvent.click(screen.getByLabelText('Raw'));
    const [raw] = await screen.findAllByRole('region', { name: 'Genes, raw' });
    expect(within(raw!).queryByText('Sst')).toBeNull();
    fireEvent.click(within(raw!).getByRole('button', { name: 'Vip' }));
    expect(useApp.getState()).toMatchObject({ view: 'map', target: { gene: 'Vip' } });
  });

  it('leads on to the pathways', async () => {
    show();
    fireEvent.click(await screen.findByRole('button', { name: 'Find pathways of these genes' }));
    expect(useBiologyView.getState().tab).toBe('pathways');
  });
});
