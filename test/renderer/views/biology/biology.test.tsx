import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { useApp } from '../../../../src-renderer/store/store.ts';
import { aNichesResult } from '../../helpers/analyses.ts';
import { aFinishedAnalysis, openBiology } from '../../helpers/biology.tsx';
import { anAnalysis, aDataset, aFinishedRun } from '../../helpers/records.ts';

vi.mock('../../../../src-renderer/views/spatial/canvas/map-canvas.ts', async () => {
  const { mapCanvas } = await import('../../helpers/map-canvas.ts');
  return mapCanvas();
});
afterEach(cleanup);

const result = aNichesResult();
const analyses = [
  aFinishedAnalysis(result, { id: 'analysis-1', created: '2026-01-01T10:00:00.000Z' }),
  aFinishedAnalysis(result, {
    id: 'analysis-2',
    name: 'Wide surroundings',
    created: '2026-01-02T10:00:00.000Z',
  }),
];
const results = {
  'analysis-1': result,
  'analysis-2': { ...result, summary: 'Wide ones were found.' },
};

it('says what a step without a run waits for, and leads there', async () => {
  await openBiology({ tab: 'niches', project: { runs: [] } });
  fireEvent.click(screen.getByRole('button', { name: 'Go to Train' }));
  expect(useApp.getState().view).toBe('train');
  cleanup();
  await openBiology({ tab: 'niches', project: { spatial: aDataset({ unit: null }) } });
  expect(screen.getByText('These data have no positions')).toBeTruthy();
});

it('moves between analyses by arrow keys', async () => {
  await openBiology({ tab: 'niches' });
  const tab = screen.getByRole('tab', { name: 'Niches', selected: true });
  fireEvent.keyDown(tab, { key: 'ArrowLeft' });
  const before = await screen.findByRole('tab', { name: 'Cell types', selected: true });
  expect(document.activeElement).toBe(before);
  await screen.findByRole('button', { name: /Find cell types/u });
});

it('shows the newest finished analysis, finding and basis first, with how to read it', async () => {
  await openBiology({ tab: 'niches', analyses, results });
  await screen.findByText('Wide ones were found.');
  expect(screen.getByText('Rests on positions and labels, not on expression')).toBeTruthy();
  expect(screen.getByText('Niches rest on cell types.')).toBeTruthy();
});

it('reads a result once, however often it is looked at', async () => {
  const { engine } = await openBiology({ tab: 'niches', analyses, results });
  const saved = within(screen.getByRole('region', { name: 'Saved analyses' }));
  fireEvent.click(saved.getByRole('button', { name: /^1 Jan 2026/u }));
  await screen.findByText('The tissue falls into 3 niches.');
  fireEvent.click(saved.getByRole('button', { name: /^Wide surroundings/u }));
  await screen.findByText('Wide ones were found.');
  expect(engine.calls('analysis:result')).toEqual([{ id: 'analysis-2' }, { id: 'analysis-1' }]);
});

it('takes an analysis away with a way back', async () => {
  const { engine } = await openBiology({
    tab: 'niches',
    analyses,
    results,
    answers: { 'project:remove': () => ({ trash: 'bin-1' }), 'project:restore': () => ({}) },
  });
  fireEvent.click(screen.getByRole('button', { name: 'Remove Wide surroundings' }));
  await waitFor(() => expect(useApp.getState().notices).toHaveLength(1));
  expect(engine.calls('project:remove')).toEqual([{ kind: 'analysis', id: 'analysis-2' }]);
  useApp.getState().notices[0]!.action!.run();
  expect(engine.calls('project:restore')).toEqual([{ trash: 'bin-1' }]);
});

it('gives an analysis another name', async () => {
  const { engine } = await openBiology({
    tab: 'niches',
    analyses,
    results,
    answers: { 'job:change': () => ({}) },
  });
  const field = screen.getByRole('textbox', { name: 'Name of the analysis' });
  fireEvent.change(field, { target: { value: ' Layers ' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  await waitFor(() => expect(engine.calls('job:change')).toEqual([{ id: 'analysis-2', name: 'Layers' }]));
});

it('tells how far a running one is, and cancels it', async () => {
  const running = anAnalysis({ id: 'analysis-1', state: 'running' });
  const { engine } = await openBiology({
    tab: 'niches',
    analyses: [running],
    answers: { 'job:cancel': () => ({ trash: 'bin-1' }) },
  });
  act(() =>
    useApp.getState().setProgress({
      id: 'analysis-1',
      stage: 'Grouping surroundings',
      share: 0.43,
      secondsLeft: 38,
      stepsPerSecond: null,
      memoryBytes: null,
      canFinishEarly: false,
    }),
  );
  expect(screen.getByRole('status').textContent).toBe('Grouping surroundings');
  expect(screen.getByText('38 seconds left')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(engine.calls('job:cancel')).toEqual([{ id: 'analysis-1' }]));
});

it('says why one failed, and tries again with the same settings', async () => {
  const failed = anAnalysis({ state: 'failed', reason: 'There was not enough memory.', name: 'Layers' });
  const { engine } = await openBiology({
    tab: 'niches',
    analyses: [failed],
    answers: { 'project:remove': () => ({ trash: 'bin-1' }) },
  });
  expect(within(screen.getByRole('alert')).getByText('There was not enough memory.')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() =>
    expect(engine.calls('analysis:start')).toEqual([
      { name: 'Layers', run: 'run-1', parameters: failed.parameters },
    ]),
  );
});

it('offers to read a result again when that failed', async () => {
  let isBroken = true;
  await openBiology({
    tab: 'niches',
    analyses: [analyses[0]!],
    answers: {
      'analysis:result': () => {
        if (isBroken) throw new Error('The file is gone.');
        return { result };
      },
    },
  });
  await screen.findByText('The file is gone.');
  isBroken = false;
  fireEvent.click(screen.getByRole('button', { name: 'Read it again' }));
  await screen.findByText('The tissue falls into 3 niches.');
});

it('keeps analyses of other runs apart', async () => {
  const other = aFinishedRun({ id: 'run-2', name: 'Second run', created: '2026-02-01T10:00:00.000Z' });
  await openBiology({
    tab: 'niches',
    analyses: [analyses[0]!],
    results,
    project: { runs: [aFinishedRun(), other] },
  });
  expect(screen.queryByText('The tissue falls into 3 niches.')).toBeNull();
  fireEvent.change(screen.getByRole('combobox', { name: 'Result of' }), { target: { value: 'run-1' } });
  await screen.findByText('The tissue falls into 3 niches.');
});

it('starts nothing in a project that can only be looked at', async () => {
  const { engine } = await openBiology({ tab: 'niches', project: { readOnly: 'Open in another window.' } });
  const [button] = screen.getAllByRole('button', { name: /^Find niches/u });
  fireEvent.click(button!);
  fireEvent.submit(screen.getByRole('form', { name: 'Find niches' }));
  expect(engine.calls('analysis:start')).toEqual([]);
});
