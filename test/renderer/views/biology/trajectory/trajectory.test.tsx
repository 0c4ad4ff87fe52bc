import { cleanup, configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TrajectoryTab } from '../../../../../src-renderer/views/biology/trajectory/TrajectoryTab.tsx';
import { useBiology } from '../../../../../src-renderer/views/biology/biology-context.ts';
import { dialogsOpen } from '../../../helpers/dialog.ts';
import { pseudotimeParameters } from '../parameters.ts';
import { aResult, aTable } from '../result.ts';
import { showTab } from '../show-tab.tsx';

/** A map of which only the title, the colouring, and a lasso around the first two cells are left. */
vi.mock('../../../../../src-renderer/views/biology/AnalysisMap.tsx', () => ({
  AnalysisMap: function AnalysisMap({
    title,
    panels,
  }: {
    readonly title: string;
    readonly panels: readonly { readonly vector: { readonly title: string } }[];
  }) {
    const { selection } = useBiology();
    return (
      <figure aria-label={title}>
        <figcaption>{panels[0]?.vector.title}</figcaption>
        <button type="button" onClick={() => selection.combine(Uint32Array.of(0, 1), 'replace')}>
          Lasso two cells
        </button>
      </figure>
    );
  },
}));

configure({ defaultHidden: true });
beforeEach(dialogsOpen);
afterEach(cleanup);

const result = aResult(pseudotimeParameters, {
  basis: 'imputed',
  vectors: [
    { name: 'pseudotime', title: 'Pseudotime', kind: 'number', values: new Float32Array(4) },
    {
      name: 'start',
      title: 'Start cells',
      kind: 'category',
      names: ['no', 'yes'],
      codes: new Uint16Array(4),
    },
  ],
  embeddings: [{ name: 'umap', title: 'UMAP', columns: ['1', '2'], values: new Float32Array(8) }],
  tables: [
    aTable('ridges', {
      group: ['none', 'none', 'high', 'high'],
      pseudotime: [0, 1, 0, 1],
      density: [1, 1, 2, 0],
    }),
    aTable('groups', { group: ['none', 'high'], cells: [1500, 4], median: [0.71, 0.2] }),
  ],
});

const submit = () => fireEvent.submit(screen.getByRole('form', { name: 'Trajectory' }));

describe('TrajectoryTab before anything was found', () => {
  it('begins at all cells with a label', async () => {
    const engine = showTab(<TrajectoryTab />, {});
    await screen.findByText('Stroma');
    fireEvent.click(screen.getByLabelText('Tumour'));
    submit();
    await waitFor(() => expect(engine.calls('analysis:start')).toHaveLength(1));
    expect(engine.calls('analysis:start')[0]).toEqual({
      run: 'run-1',
      parameters: { ...pseudotimeParameters, neighbourhood: null },
    });
  });

  it('begins at cells drawn around, by their names', async () => {
    const engine = showTab(<TrajectoryTab />, {
      engine: { 'map:cell-names': ({ cells }) => ({ names: Array.from(cells, (cell) => `cell ${cell}`) }) },
    });
    await screen.findByText('Stroma');
    fireEvent.change(screen.getByLabelText('Begins at'), { target: { value: 'selection' } });
    submit();
    fireEvent.click(screen.getByRole('button', { name: 'Draw around the first cells' }));
    fireEvent.click(screen.getByRole('button', { name: 'Lasso two cells' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Begin at these cells' }));
    expect(screen.getByText('2 cells are selected.')).toBeTruthy();
    submit();
    await waitFor(() => expect(engine.calls('analysis:start')).toHaveLength(1));
    expect(engine.calls('analysis:start')[0]).toMatchObject({
      parameters: { start: { cells: ['cell 0', 'cell 1'] } },
    });
  });

  it('begins at a saved group', async () => {
    const group = { id: 'group-1', name: 'Edge', cells: 1, created: '2026-01-01T10:00:00.000Z' };
    const engine = showTab(<TrajectoryTab />, {
      project: { groups: [group] },
      engine: {
        'group:cells': () => ({ cells: Uint32Array.of(3) }),
        'map:cell-names': ({ cells }) => ({ names: Array.from(cells, (cell) => `cell ${cell}`) }),
      },
    });
    fireEvent.change(await screen.findByLabelText('Begins at'), { target: { value: 'group' } });
    fireEvent.change(screen.getByLabelText('Group'), { target: { value: 'group-1' } });
    submit();
    await waitFor(() => expect(engine.calls('analysis:start')).toHaveLength(1));
    expect(engine.calls('analysis:start')[0]).toMatchObject({ parameters: { start: { cells: ['cell 3'] } } });
  });
});

describe('TrajectoryTab with a result', () => {
  const show = () => showTab(<TrajectoryTab />, { analyses: [{ id: 'pseudotime-1', result }] });

  it('shows tissue and UMAP in the same colours, and another colour in both', async () => {
    show();
    await screen.findByRole('figure', { name: 'In the UMAP' });
    const colours = () =>
      ['On the tissue', 'In the UMAP'].map(
        (name) => screen.getByRole('figure', { name }).querySelector('figcaption')!.textContent,
      );
    expect(colours()).toEqual(['Pseudotime', 'Pseudotime']);
    fireEvent.change(screen.getByLabelText('Coloured by'), { target: { value: 'result:start' } });
    expect(colours()).toEqual(['Start cells', 'Start cells']);
  });

  it('tells each group’s cells and median, and which group is too small to say much of', async () => {
    show();
    expect(await screen.findByRole('img', { name: /none, 1,500 cells, median 0.71/u })).toBeTruthy();
    expect(screen.getByText(/little can be said of their spread: high/u)).toBeTruthy();
    expect(screen.getByText('0.710')).toBeTruthy();
  });

  it('takes up the settings of the analysis', async () => {
    show();
    await screen.findByRole('figure', { name: 'In the UMAP' });
    expect(screen.getByLabelText<HTMLInputElement>('Group cells by their neighbours').checked).toBe(true);
  });
});
