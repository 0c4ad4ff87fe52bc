import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../../../src-renderer/engine/client.ts';
import { EngineContext } from '../../../../src-renderer/engine/context.ts';
import { useApp } from '../../../../src-renderer/store/store.ts';
import { ImportContainer } from '../../../../src-renderer/views/import/ImportContainer.tsx';
import { EMPTY, useImports } from '../../../../src-renderer/views/import/imports.ts';
import type { DatasetPreview } from '../../../../src-shared/domain/preview.ts';
import type { ProjectState } from '../../../../src-shared/domain/project.ts';
import { dialogsOpen } from '../../helpers/dialog.ts';
import { fakeEngine } from '../../helpers/fake-engine.ts';
import { aPreview, anOverlap } from '../../helpers/preview.ts';
import { aDataset, aProject } from '../../helpers/records.ts';

type Answers = Parameters<typeof fakeEngine>[0];

const info = {
  version: '1',
  shell: 'electron',
  platform: 'linux',
  cores: 2,
  memoryBytes: 1,
  backendLabel: 'CPU',
  home: '/home/ann',
} as const;

/** The view on a project; what is chosen in a dialog is `/data/slide.h5ad` or what `files:choose` answers. */
function open(project: Partial<ProjectState>, answers: Answers = {}) {
  useApp.setState({ project: aProject(project) });
  const engine = fakeEngine({
    'files:choose': () => ({ path: '/data/slide.h5ad' }),
    'files:picked': () => ({}),
    'dataset:preview': () => aPreview(),
    'dataset:overlap': () => anOverlap(),
    'work:cancel': () => ({}),
    ...answers,
  });
  render(
    <EngineContext value={engine.client}>
      <ImportContainer />
    </EngineContext>,
  );
  return engine;
}

const empty = { spatial: null, reference: null, sharedGenes: null };
const column = (name: string) => within(screen.getByRole('region', { name }));
const spatial = () => column('Spatial data');
const reference = () => column('Single-cell reference');
const refused = (message: string) => () => {
  throw new EngineError({ code: 'input', message });
};
/** A call whose answer the test gives. */
function held<T>() {
  const state: { give: (value: T) => void; refuse: (error: Error) => void } = {
    give: () => undefined,
    refuse: () => undefined,
  };
  const answer = () =>
    new Promise<T>((resolve, reject) => {
      state.give = resolve;
      state.refuse = reject;
    });
  return { state, answer };
}

beforeAll(() => {
  dialogsOpen();
  // jsdom draws nothing, and says so each time.
  HTMLCanvasElement.prototype.getContext = () => null;
});
beforeEach(() => {
  useApp.setState({ info, notices: [], target: null, view: 'data' });
  useImports.setState(EMPTY);
});
afterEach(cleanup);

describe('choosing data', () => {
  it('shows how the reading comes on, and stops it', async () => {
    const { state, answer } = held<DatasetPreview>();
    const engine = open(empty, { 'dataset:preview': answer });
    fireEvent.click(spatial().getByRole('button', { name: 'Choose file' }));
    await spatial().findByRole('progressbar');
    const { ticket } = engine.calls('dataset:preview')[0] as { ticket: string };
    act(() => engine.push('work:progress', { ticket: 'another', stage: 'Wrong', share: 0.9 }));
    act(() => engine.push('work:progress', { ticket, stage: 'Reading the matrix', share: 0.25 }));
    expect(spatial().getByRole('status').textContent).toContain('Reading the matrix25 %');
    fireEvent.click(spatial().getByRole('button', { name: 'Stop' }));
    expect(engine.calls('work:cancel')).toEqual([{ ticket }]);
    spatial().getByRole('button', { name: 'Choose file' });
    // What comes late changes nothing.
    await act(async () => {
      state.refuse(new EngineError({ code: 'stopped', message: 'Stopped.' }));
      await Promise.resolve();
    });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says why data cannot be read, and reads them again', async () => {
    let good = false;
    open(empty, {
      'dataset:preview': () => (good ? aPreview() : refused('/data/slide.h5ad is cut off.')()),
    });
    fireEvent.click(spatial().getByRole('button', { name: 'Choose file' }));
    expect((await spatial().findByRole('alert')).textContent).toContain('/data/slide.h5ad is cut off.');
    good = true;
    fireEvent.click(spatial().getByRole('button', { name: 'Try again' }));
    await spatial().findByText('3,000', { selector: 'dd' });
    expect(spatial().queryByRole('alert')).toBeNull();
    expect(spatial().getByText('71 %')).toBeTruthy();
    expect(spatial().getByText('Raw counts (whole numbers)')).toBeTruthy();
  });

  it('offers a table beside the data for missing positions, and picks it first', async () => {
    const warning = { code: 'no-positions', message: '/data/slide.h5ad: there are no positions.' };
    const engine = open(empty, {
      'dataset:preview': ({ choice }) =>
        choice.coordinates === undefined
          ? aPreview({ positions: null, tables: ['/data/xy.csv'], warnings: [warning] })
          : aPreview({ tables: ['/data/xy.csv'] }),
    });
    fireEvent.click(spatial().getByRole('button', { name: 'Choose file' }));
    expect((await spatial().findByText('There are no positions.')).textContent).toBeTruthy();
    expect(spatial().queryByRole('img', { name: /Positions of/u })).toBeNull();
    fireEvent.click(spatial().getByRole('button', { name: 'Use xy.csv' }));
    await spatial().findByRole('img', { name: /Positions of the cells: 2 of 3,000 cells/u });
    expect(engine.calls('files:picked')).toEqual([{ path: '/data/xy.csv' }]);
    expect(engine.calls('dataset:preview').at(-1)).toMatchObject({
      choice: { path: '/data/slide.h5ad', coordinates: '/data/xy.csv' },
    });
  });

  it('goes back when another choice inside the data cannot be read', async () => {
    open(empty, {
      'dataset:preview': ({ choice }) =>
        choice.matrix === 'layers/bad'
          ? refused('layers/bad is empty.')()
          : aPreview({
              matrices: [
                { name: 'X', cells: 3000, genes: 33, values: 'counts' },
                { name: 'layers/bad', cells: 3000, genes: 33, values: 'real' },
              ],
            }),
    });
    fireEvent.click(spatial().getByRole('button', { name: 'Choose file' }));
    const select = await spatial().findByLabelText('Matrix of counts');
    fireEvent.change(select, { target: { value: 'layers/bad' } });
    await spatial().findByText('layers/bad is empty.');
    expect(spatial().getByRole('button', { name: /Import the spatial data/u }).ariaDisabled).toBe('true');
    fireEvent.click(spatial().getByRole('button', { name: 'Go back to the last choice' }));
    expect(spatial().getByLabelText('Matrix of counts')).toHaveProperty('value', 'X');
    expect(spatial().getByRole('button', { name: 'Import the spatial data' }).ariaDisabled).toBeNull();
  });

  it('reads a file that waited for the project', async () => {
    useApp.setState({ target: { file: '/data/dropped.h5ad' } });
    const engine = open(empty);
    await spatial().findByText('Name in the project');
    expect(engine.calls('dataset:preview')).toMatchObject([
      { role: 'spatial', choice: { path: '/data/dropped.h5ad' } },
    ]);
    expect(useApp.getState().target).toBeNull();
  });
});

describe('importing', () => {
  it('takes data in under their name and shows them without another reading', async () => {
    const record = aDataset({ name: 'Slide 1', choice: { path: '/data/slide.h5ad' } });
    const engine = open(empty, { 'dataset:import': () => record });
    fireEvent.click(spatial().getByRole('button', { name: 'Choose file' }));
    fireEvent.change(await spatial().findByLabelText('Name in the project'), {
      target: { value: ' Slide 1 ' },
    });
    fireEvent.click(spatial().getByLabelText('Copy'));
    fireEvent.submit(spatial().getByRole('form'));
    await spatial().findByRole('button', { name: 'Replace' });
    expect(engine.calls('dataset:import')).toMatchObject([
      { role: 'spatial', choice: { path: '/data/slide.h5ad' }, storage: 'copied', name: 'Slide 1' },
    ]);
    expect(engine.calls('dataset:preview')).toHaveLength(1);
    expect(useApp.getState().project?.spatial?.name).toBe('Slide 1');
    expect(useApp.getState().notices).toEqual([]);
  });

  it('can be stopped, and says why it failed, with the choice still there', async () => {
    const { state, answer } = held<never>();
    const engine = open(empty, { 'dataset:import': answer });
    fireEvent.click(reference().getByRole('button', { name: 'Choose file' }));
    fireEvent.submit(await reference().findByRole('form'));
    fireEvent.click(await reference().findByRole('button', { name: 'Stop' }));
    const { ticket } = engine.calls('dataset:import')[0] as { ticket: string };
    expect(engine.calls('work:cancel')).toEqual([{ ticket }]);
    await act(async () => {
      state.refuse(new EngineError({ code: 'stopped', message: 'Stopped.' }));
      await Promise.resolve();
    });
    fireEvent.submit(await reference().findByRole('form'));
    expect(screen.queryByRole('alert')).toBeNull();
    await act(async () => {
      state.refuse(new EngineError({ code: 'input', message: 'The disk is full.' }));
      await Promise.resolve();
    });
    expect((await reference().findByRole('alert')).textContent).toContain('The disk is full.');
    reference().getByRole('button', { name: 'Import the single-cell reference' });
  });

  it('replaces and removes with Undo', async () => {
    const next = aDataset({ name: 'Next', imported: '2026-02-02T10:00:00.000Z' });
    const engine = open(
      {},
      {
        'dataset:import': () => ({ ...next, replaced: 'dataset-spatial-1' }),
        'project:remove': () => ({ trash: 'dataset-reference-2' }),
        'project:restore': () => ({}),
      },
    );
    fireEvent.click(spatial().getByRole('button', { name: 'Replace' }));
    fireEvent.click(spatial().getByRole('button', { name: 'Keep cortex' }));
    fireEvent.click(spatial().getByRole('button', { name: 'Replace' }));
    fireEvent.click(spatial().getByRole('button', { name: 'Choose file' }));
    fireEvent.click(await spatial().findByRole('button', { name: 'Replace the spatial data' }));
    await spatial().findByText('Next', { selector: 'h3' });
    const undo = useApp.getState().notices[0]!.action!;
    expect(undo.label).toBe('Undo');
    undo.run();
    await waitFor(() => expect(engine.calls('project:restore')).toEqual([{ trash: 'dataset-spatial-1' }]));
    expect(engine.calls('project:remove')).toEqual([{ kind: 'dataset', role: 'spatial' }]);
    fireEvent.click(reference().getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(useApp.getState().notices).toHaveLength(2));
    useApp.getState().notices[1]!.action!.run();
    await waitFor(() =>
      expect(engine.calls('project:restore')).toContainEqual({ trash: 'dataset-reference-2' }),
    );
  });
});

describe('what is in the project', () => {
  it('is found again when its files have moved', async () => {
    let moved = true;
    const engine = open(
      {},
      {
        'files:choose': () => ({ path: '/new/cortex.h5ad' }),
        'dataset:preview': ({ role }) =>
          role === 'spatial' && moved ? refused('/data/cortex.h5ad does not exist.')() : aPreview(),
        'dataset:relink': ({ choice }) => {
          moved = false;
          return aDataset({ choice });
        },
      },
    );
    await spatial().findByText('/data/cortex.h5ad does not exist.');
    fireEvent.click(spatial().getByRole('button', { name: 'Find it again' }));
    await spatial().findByText('71 %');
    expect(engine.calls('dataset:relink')).toMatchObject([
      { role: 'spatial', choice: { path: '/new/cortex.h5ad' } },
    ]);
    expect(spatial().getByTitle('/new/cortex.h5ad')).toBeTruthy();
  });

  it('is read only when asked where that takes long', async () => {
    const files = [{ path: '/data/big.h5ad', bytes: 8e9, sha256: '0'.repeat(64) }];
    const engine = open({ spatial: aDataset({ files }) });
    await waitFor(() => expect(engine.calls('dataset:preview')).toHaveLength(1));
    fireEvent.click(spatial().getByRole('button', { name: 'Show map and plots' }));
    await spatial().findByText('71 %');
    expect(engine.calls('dataset:preview')).toHaveLength(2);
  });

  it('cannot be changed in a project that is only looked at', () => {
    open({ readOnly: 'Another window holds this project.' });
    const button = spatial().getByRole('button', { name: /^Remove/u });
    expect(button.ariaDisabled).toBe('true');
    expect(button.textContent).toContain('Another window holds this project.');
  });

  it('is offered the settings of its publication when it is a published pair', () => {
    const preset = 'osmFISH_Zeisel' as const;
    open({ spatial: aDataset({ preset }), reference: aDataset({ role: 'reference', preset }) });
    fireEvent.click(screen.getByRole('button', { name: 'Use its settings' }));
    expect(useApp.getState()).toMatchObject({ view: 'model', target: { preset } });
  });
});

describe('shared genes', () => {
  it('are counted, searched, and marked where they are spelled differently', async () => {
    open({});
    const card = within(screen.getByRole('region', { name: 'Shared genes' }));
    await card.findByText(/of 3 genes of the panel/u);
    const items = () => card.getAllByRole('listitem').map((item) => item.textContent);
    expect(items()).toEqual(['Gad2 = GAD2', 'Vip']);
    fireEvent.change(card.getByLabelText('Find a gene'), { target: { value: 'vi' } });
    expect(items()).toEqual(['Vip']);
    fireEvent.change(card.getByLabelText('Find a gene'), { target: { value: '' } });
    fireEvent.click(card.getByLabelText('Only in the panel (1)'));
    expect(items()).toEqual(['Sst']);
  });

  it('that are too few keep from the model, with the reason', async () => {
    const problem = 'Only 1 of the 33 genes in /data/cortex.h5ad is in the reference.';
    open({}, { 'dataset:overlap': () => anOverlap({ shared: [], problem }) });
    await screen.findByText('Too few shared genes');
    expect(screen.getByText('Only 1 of the 33 genes in cortex.h5ad is in the reference.')).toBeTruthy();
    const button = screen.getByRole('button', { name: /^Choose the model/u });
    expect(button.ariaDisabled).toBe('true');
    fireEvent.click(button);
    expect(useApp.getState().view).toBe('data');
  });

  it('are compared for chosen data before they are taken in', async () => {
    const engine = open({ spatial: null, sharedGenes: null });
    expect(engine.calls('dataset:overlap')).toEqual([]);
    fireEvent.click(spatial().getByRole('button', { name: 'Choose file' }));
    await screen.findByText(/of 3 genes of the panel/u);
    expect(engine.calls('dataset:overlap')).toMatchObject([
      { spatial: { path: '/data/slide.h5ad' }, reference: null },
    ]);
  });

  it('that are enough lead to the model', async () => {
    open({});
    await screen.findByText(/of 3 genes of the panel/u);
    fireEvent.click(screen.getByRole('button', { name: 'Choose the model' }));
    expect(useApp.getState().view).toBe('model');
  });
});
