import { cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { useApp } from '../../../../../src-renderer/store/store.ts';
import { useAsked } from '../../../../../src-renderer/components/file-browser/file-question.ts';
import { PathwaysTab } from '../../../../../src-renderer/views/biology/pathways/PathwaysTab.tsx';
import { genesParameters, pathwaysParameters } from '../parameters.ts';
import { aResult, aTable } from '../result.ts';
import { showTab } from '../show-tab.tsx';

configure({ defaultHidden: true });
Element.prototype.scrollIntoView = () => undefined;
afterEach(cleanup);

const genes = { id: 'genes-1', name: 'Genes of the core', parameters: genesParameters };
const over = (terms: Readonly<Record<string, string>>) => ({
  term: Object.keys(terms),
  size: Object.keys(terms).map(() => 20),
  hits: Object.keys(terms).map(() => 3),
  expected: Object.keys(terms).map(() => 1),
  fold: Object.keys(terms).map(() => 3),
  p: Object.keys(terms).map((_, i) => 0.001 * (i + 1)),
  q: Object.keys(terms).map((_, i) => 0.01 * (i + 1)),
  genes: Object.values(terms),
});
const result = aResult(pathwaysParameters, {
  notes: ['What is only imputed is a hypothesis.'],
  tables: [
    aTable('raw', over({ HALLMARK_HYPOXIA: 'Actb' })),
    aTable('imputed_all', over({ HALLMARK_HYPOXIA: 'Actb;Vip', GOBP_REPAIR: 'Sst' })),
    aTable('ranked_imputed_all', {
      term: ['GOBP_REPAIR'],
      size: [20],
      es: [0.4],
      nes: [-1.72],
      p: [0.1],
      q: [0.2],
      leading: ['Sst'],
    }),
    aTable('figure', {
      panel: ['imputed_all', 'imputed_all'],
      term: ['HALLMARK_HYPOXIA', 'GOBP_REPAIR'],
      category: ['HALLMARK', 'GOBP'],
      raw: [2, null],
      imputed: [2, 1.7],
    }),
  ],
});

describe('PathwaysTab before anything was found', () => {
  it('leads to the genes where there are none', async () => {
    showTab(<PathwaysTab />, {});
    fireEvent.click(await screen.findByRole('button', { name: 'Correlate genes' }));
    expect(screen.getAllByText(/Correlate genes with a neighbourhood first/u).length).toBeGreaterThan(0);
  });

  it('takes collections of the project and a file of the user’s', async () => {
    const engine = showTab(<PathwaysTab />, {
      analyses: [genes],
      engine: {
        'gene-sets:list': () => [{ name: 'Mine', path: '/p/gene-sets/Mine.gmt', sets: 2 }],
        'files:picked': () => ({}),
      },
    });
    fireEvent.click(await screen.findByLabelText(/^Mine/u));
    fireEvent.click(screen.getByLabelText('SpaGene starter sets'));
    fireEvent.click(screen.getByRole('button', { name: 'Add a .gmt file' }));
    await waitFor(() => expect(useAsked.getState().asked?.question.purpose).toBe('gene-sets'));
    useAsked.getState().asked!.answer('/home/me/hallmark.gmt');
    expect(await screen.findByText('hallmark.gmt')).toBeTruthy();
    fireEvent.submit(screen.getByRole('form', { name: 'Pathways' }));
    await waitFor(() => expect(engine.calls('analysis:start')).toHaveLength(1));
    expect(engine.calls('analysis:start')[0]).toEqual({
      run: 'run-1',
      parameters: {
        ...pathwaysParameters,
        starter: false,
        files: ['/p/gene-sets/Mine.gmt', '/home/me/hallmark.gmt'],
      },
    });
  });

  it('says where other gene sets are from', async () => {
    showTab(<PathwaysTab />, { analyses: [genes] });
    expect(await screen.findByText(/Reactome .* Gene Ontology .* Hallmark/u)).toBeTruthy();
  });
});

describe('PathwaysTab with a result', () => {
  const show = () => showTab(<PathwaysTab />, { analyses: [genes, { id: 'pathways-1', result }] });

  it('says what the figure shows to those who do not see it', async () => {
    show();
    const words = /1 significant in both, 1 only imputed, 0 only measured/u;
    expect(await screen.findByRole('img', { name: words })).toBeTruthy();
    expect(screen.getByText('What is only imputed is a hypothesis.')).toBeTruthy();
  });

  it('lists the genes behind a term in each way, and opens one on the map', async () => {
    show();
    fireEvent.click(await screen.findByRole('button', { name: 'HALLMARK_HYPOXIA' }));
    const panel = screen.getByRole('region', { name: 'Genes of HALLMARK_HYPOXIA' });
    const list = (name: string) => within(within(panel).getByRole('list', { name }));
    expect(
      list('Raw: genes behind')
        .getAllByRole('button')
        .map((each) => each.textContent),
    ).toEqual(['Actb']);
    expect(within(panel).getByText(/Not tested/u)).toBeTruthy();
    fireEvent.click(list('Imputed, all genes: genes behind').getByRole('button', { name: 'Vip' }));
    expect(useApp.getState()).toMatchObject({ view: 'map', target: { gene: 'Vip' } });
  });

  it('finds terms by a gene behind them', async () => {
    show();
    fireEvent.change(await screen.findByLabelText('Find a term'), { target: { value: 'sst' } });
    expect(screen.getByRole('button', { name: 'GOBP_REPAIR' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'HALLMARK_HYPOXIA' })).toBeNull();
  });

  it('has the ranked enrichment beside over-representation', async () => {
    show();
    fireEvent.click(await screen.findByLabelText('Ranked enrichment'));
    expect(screen.getByText('−1.72')).toBeTruthy();
  });

  it('goes on where no term has anything to draw', async () => {
    const empty = aResult(pathwaysParameters, { tables: [] });
    showTab(<PathwaysTab />, { analyses: [genes, { id: 'pathways-1', result: empty }] });
    expect(await screen.findByText(/Lower \|r\|, raise q, or add gene sets/u)).toBeTruthy();
  });
});
