import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Result } from '../../../../../src-shared/contract/handlers.ts';
import { useApp } from '../../../../../src-renderer/store/store.ts';
import { aNichesResult } from '../../../helpers/analyses.ts';
import { aFinishedAnalysis, openBiology } from '../../../helpers/biology.tsx';

vi.mock('../../../../../src-renderer/views/spatial/canvas/map-canvas.ts', async () => {
  const { mapCanvas } = await import('../../../helpers/map-canvas.ts');
  return mapCanvas();
});
afterEach(cleanup);

const result = aNichesResult();
const shown = () =>
  openBiology({
    tab: 'niches',
    analyses: [aFinishedAnalysis(result)],
    results: { 'analysis-1': result },
  });

describe('the form', () => {
  it('starts with the defaults and the first labels', async () => {
    const { engine } = await openBiology({ tab: 'niches' });
    fireEvent.submit(screen.getByRole('form', { name: 'Find niches' }));
    await waitFor(() => expect(engine.calls('analysis:start')).toHaveLength(1));
    expect(engine.calls('analysis:start')[0]).toEqual({
      run: 'run-1',
      parameters: {
        kind: 'niches',
        labels: { column: 'cell_type' },
        neighbours: 20,
        niches: null,
        range: { from: 2, to: 12 },
        starts: 30,
        seed: 1,
      },
    });
  });

  it('takes a number of niches, and refuses a range that ends before it begins', async () => {
    const { engine } = await openBiology({ tab: 'niches' });
    const to = screen.getByRole('textbox', { name: 'To' });
    fireEvent.change(to, { target: { value: '2' } });
    fireEvent.blur(to);
    fireEvent.submit(screen.getByRole('form', { name: 'Find niches' }));
    expect(engine.calls('analysis:start')).toEqual([]);
    fireEvent.click(screen.getByRole('radio', { name: 'This many' }));
    fireEvent.change(screen.getByRole('textbox', { name: 'Niches' }), { target: { value: '7' } });
    fireEvent.blur(screen.getByRole('textbox', { name: 'Niches' }));
    fireEvent.submit(screen.getByRole('form', { name: 'Find niches' }));
    await waitFor(() =>
      expect(engine.calls('analysis:start')).toMatchObject([{ parameters: { niches: 7 } }]),
    );
  });

  it('says that it looks for labels, and loses no click meanwhile', async () => {
    let answer: (labels: Result<'analysis:labels'>) => void = () => undefined;
    const labels = new Promise<Result<'analysis:labels'>>((resolve) => (answer = resolve));
    const { engine } = await openBiology({ tab: 'niches', answers: { 'analysis:labels': () => labels } });
    const button = () => screen.getAllByRole('button', { name: /^Find niches/u }).at(-1)!;
    expect(button().ariaDisabled).toBe('true');
    expect(screen.queryByText('Niches need cell types first.')).toBeNull();
    answer([{ source: { column: 'cell_type' }, title: 'cell_type', types: [{ name: 'Tumour', cells: 30 }] }]);
    await waitFor(() => expect(button().ariaDisabled).toBeNull());
    fireEvent.click(button());
    await waitFor(() => expect(engine.calls('analysis:start')).toHaveLength(1));
  });

  it('leads to cell types where there are none', async () => {
    await openBiology({ tab: 'niches', labelled: false });
    fireEvent.click(screen.getAllByRole('button', { name: 'Find cell types' })[0]!);
    await screen.findByRole('tab', { name: 'Cell types', selected: true });
  });
});

describe('the result', () => {
  it('names niches anew, at once and in the engine', async () => {
    const { engine } = await shown();
    const field = await screen.findByRole('textbox', { name: 'Name of niche 2' });
    fireEvent.change(field, { target: { value: 'Edge' } });
    fireEvent.blur(field);
    await waitFor(() =>
      expect(engine.calls('analysis:rename')).toEqual([
        { id: 'analysis-1', vector: 'niche', names: ['Tumour core', 'Edge', 'Stroma rich'] },
      ]),
    );
  });

  it('takes no name that another niche has', async () => {
    const { engine } = await shown();
    const field = await screen.findByRole('textbox', { name: 'Name of niche 2' });
    fireEvent.change(field, { target: { value: 'Tumour core' } });
    fireEvent.blur(field);
    expect((await screen.findByRole('alert')).textContent).toMatch(/a name that no other one has/u);
    expect(engine.calls('analysis:rename')).toEqual([]);
  });

  it('goes back to the old name when the engine refuses a new one', async () => {
    await openBiology({
      tab: 'niches',
      analyses: [aFinishedAnalysis(result)],
      results: { 'analysis-1': result },
      answers: {
        'analysis:rename': () => {
          throw new Error('The file cannot be written.');
        },
      },
    });
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name of niche 2' });
    fireEvent.change(field, { target: { value: 'Edge' } });
    fireEvent.blur(field);
    await waitFor(() => expect(useApp.getState().notices).toHaveLength(1));
    await waitFor(() => expect(field.value).toBe('Border'));
  });

  it('uses another number of niches with all else as it was', async () => {
    const { engine } = await shown();
    fireEvent.click(await screen.findByRole('button', { name: /^Use 4 niches/u }));
    await waitFor(() => expect(engine.calls('analysis:start')).toHaveLength(1));
    expect(engine.calls('analysis:start')[0]).toEqual({
      run: 'run-1',
      parameters: { ...result.parameters, niches: 4 },
    });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Use 3 niches/u }).disabled).toBe(true);
  });

  it('hands the cells of a niche to the map, or keeps them as a group', async () => {
    const { engine } = await shown();
    fireEvent.click(await screen.findByRole('button', { name: 'Highlight Border' }));
    fireEvent.click(screen.getByRole('button', { name: 'Save as a group' }));
    await waitFor(() => expect(engine.calls('group:save')).toHaveLength(1));
    const saved = engine.calls('group:save')[0] as { name: string; cells: Uint32Array };
    expect(saved.name).toBe('Border');
    expect([...saved.cells]).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    fireEvent.click(screen.getByRole('button', { name: 'Select these cells on the map' }));
    expect(useApp.getState().view).toBe('map');
    expect([...useApp.getState().target!.cells!]).toEqual([...saved.cells]);
  });

  it('highlights from the legend and shows all again', async () => {
    await shown();
    const legend = within(await screen.findByRole('list', { name: 'Categories of Niche' }));
    fireEvent.click(legend.getByRole('button', { name: /^Tumour core/u }));
    expect(await screen.findByRole('button', { name: 'Show all, not only Tumour core' })).toBeTruthy();
    expect(legend.getByRole('button', { name: /^Border/u }).getAttribute('aria-pressed')).toBe('false');
    fireEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(legend.getByRole('button', { name: /^Border/u }).getAttribute('aria-pressed')).toBe('true');
  });
});
