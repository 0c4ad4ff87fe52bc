import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JobProgress, ProjectState } from '../../../../src-shared/domain/project.ts';
import { EngineContext } from '../../../../src-renderer/engine/context.ts';
import { useApp } from '../../../../src-renderer/store/store.ts';
import { TrainingContainer } from '../../../../src-renderer/views/training/TrainingContainer.tsx';
import { useTrainingView } from '../../../../src-renderer/views/training/view-state.ts';
import { fakeEngine } from '../../helpers/fake-engine.ts';
import { aFinishedRun, aProject, aRun } from '../../helpers/records.ts';

// Whether elements are hidden is costly to find out in jsdom, and none is.
configure({ defaultHidden: true });

const progress: JobProgress = {
  id: 'run-1',
  stage: 'Training network 2 of 5 · translation',
  share: 0.42,
  secondsLeft: 240,
  stepsPerSecond: 9.31,
  memoryBytes: 1_400_000_000,
  canFinishEarly: false,
};
const place = {
  member: 1,
  stage: 'translation',
  epoch: 30,
  step: 61,
  steps: 100,
  terms: { total: 3 },
} as const;

function show(project: Partial<ProjectState>, more: Partial<Parameters<typeof fakeEngine>[0]> = {}) {
  const engine = fakeEngine({
    'run:losses': () => ({ points: [] }),
    'run:report': () => ({ report: {} }),
    'job:log': () => ({ lines: [] }),
    'job:pause': () => ({}),
    'job:resume': () => ({}),
    'job:finish-early': () => ({}),
    'job:cancel': () => ({ trash: 'trash-1' }),
    'job:change': () => ({}),
    'job:move': () => ({}),
    'project:remove': () => ({ trash: 'trash-2' }),
    'project:restore': () => ({}),
    ...more,
  });
  useApp.getState().setProject(aProject(project));
  render(
    <EngineContext value={engine.client}>
      <TrainingContainer />
    </EngineContext>,
  );
  return engine;
}

const button = (name: string | RegExp) => screen.getByRole('button', { name });

beforeEach(() => {
  useApp.setState({ progress: {}, notices: [], view: 'train', target: null });
  // One chart is drawn faster than nine.
  useTrainingView.setState({ ...useTrainingView.getInitialState(), group: 'autoencoders' });
});
afterEach(cleanup);

describe('TrainingContainer', () => {
  it('leads to the model while there is no run', () => {
    show({});
    fireEvent.click(button('Choose a model'));
    expect(useApp.getState().view).toBe('model');
  });

  it('shows how a running job is doing, in words and units', async () => {
    show({ runs: [aRun({ state: 'running' })] }, { 'run:losses': () => ({ points: [place] }) });
    act(() => useApp.getState().setProgress(progress));
    expect(screen.getByText('Training network 2 of 5 · translation')).toBeTruthy();
    expect(screen.getByText('9.3 steps/s')).toBeTruthy();
    expect(screen.getByText('4 minutes')).toBeTruthy();
    expect(screen.getByText('1.4 GB')).toBeTruthy();
    expect(await screen.findByText('2 of 5')).toBeTruthy();
    expect(screen.getByText('62 of 100')).toBeTruthy();
    expect(screen.getByText('31')).toBeTruthy();
  });

  it('pauses, and finishes early only once there is something to keep', () => {
    const engine = show({ runs: [aRun({ state: 'running' })] });
    act(() => useApp.getState().setProgress(progress));
    fireEvent.click(button('Pause'));
    expect(engine.calls('job:pause')).toEqual([{ id: 'run-1' }]);
    const early = button(/Finish now/);
    expect(early.getAttribute('aria-disabled')).toBe('true');
    expect(early.textContent).toContain('no usable network yet');
    fireEvent.click(early);
    expect(engine.calls('job:finish-early')).toEqual([]);
  });

  it('finishes early when there is a result', () => {
    const engine = show({ runs: [aRun({ state: 'running' })] });
    act(() => useApp.getState().setProgress({ ...progress, canFinishEarly: true }));
    fireEvent.click(button('Finish now'));
    expect(engine.calls('job:finish-early')).toEqual([{ id: 'run-1' }]);
  });

  it('pauses with the space bar, but not while something is typed', () => {
    const engine = show({ runs: [aRun({ state: 'running' })] });
    fireEvent.keyDown(screen.getByLabelText('Notes', { selector: 'textarea' }), { key: ' ' });
    expect(engine.calls('job:pause')).toEqual([]);
    fireEvent.keyDown(document.body, { key: ' ' });
    expect(engine.calls('job:pause')).toEqual([{ id: 'run-1' }]);
  });

  it('says why a run is paused and resumes it', () => {
    const engine = show({ runs: [aRun({ state: 'paused', reason: 'SpaGene was closed while it ran.' })] });
    expect(screen.getByText('SpaGene was closed while it ran.')).toBeTruthy();
    fireEvent.click(button('Resume'));
    expect(engine.calls('job:resume')).toEqual([{ id: 'run-1' }]);
  });

  it('says why a run failed and leads to the model with its settings', () => {
    const parameters = { 'lambda.identity': 5 };
    show({ runs: [aRun({ state: 'failed', reason: 'The loss became NaN in epoch 3.', parameters })] });
    expect(screen.getByRole('alert').textContent).toContain('The loss became NaN in epoch 3.');
    fireEvent.click(button('Change its settings'));
    expect(useApp.getState().view).toBe('model');
  });

  it('shows what can be trusted when done, and the way to the map', () => {
    show({ runs: [aFinishedRun({ trust: '421 of 894 genes are expected to be good.' })] });
    expect(screen.getByText('421 of 894 genes are expected to be good.')).toBeTruthy();
    fireEvent.click(button('Show on the map'));
    expect(useApp.getState()).toMatchObject({ view: 'map', target: { job: 'run-1' } });
  });

  it('says what the result blends and how good that is', async () => {
    const blend = {
      candidates: ['network', 'ridge', 'knn'],
      weights: [0.2, 0.7, 0.1],
      innerScore: 0.3954,
      innerScoreAlone: [0.37, 0.39, 0.31],
      innerGenes: 33,
    };
    const engine = show({ runs: [aFinishedRun()] }, { 'run:report': () => ({ report: { blend } }) });
    const words =
      'The result blends network 20 %, ridge regression 70 %, nearest neighbours 10 %; 0.395 on held-out genes.';
    expect(await screen.findByText(words)).toBeTruthy();
    expect(engine.calls('run:report')).toEqual([{ id: 'run-1' }]);
  });

  it.each([{}, { blend: null }, { blend: { candidates: ['network', 'ridge'], weights: [1] } }])(
    'says nothing of a blend that the report does not tell: %j',
    async (report) => {
      const engine = show({ runs: [aFinishedRun({ trust: 'Good.' })] }, { 'run:report': () => ({ report }) });
      await waitFor(() => expect(engine.calls('run:report')).toHaveLength(1));
      await act(() => Promise.resolve());
      expect(screen.getByText('Good.')).toBeTruthy();
      expect(screen.queryByText(/The result blends/)).toBeNull();
    },
  );

  it.each([
    ['b', '1 job is before it;'],
    ['c', '2 jobs are before it;'],
  ])('counts the jobs before %s', (chosen, words) => {
    useTrainingView.setState({ chosen });
    show({ runs: ['a', 'b', 'c'].map((id) => aRun({ id, name: id })), queue: ['a', 'b', 'c'] });
    expect(screen.getByText(new RegExp(`^${words}`))).toBeTruthy();
  });

  it('removes at once and brings back with Undo', async () => {
    const engine = show({ runs: [aFinishedRun()] });
    fireEvent.click(button('Remove'));
    await waitFor(() => expect(useApp.getState().notices).toHaveLength(1));
    expect(engine.calls('project:remove')).toEqual([{ kind: 'run', id: 'run-1' }]);
    useApp.getState().notices[0]!.action!.run();
    expect(engine.calls('project:restore')).toEqual([{ trash: 'trash-2' }]);
  });

  it('stops a job that runs before it takes it away', async () => {
    const engine = show({ runs: [aRun({ state: 'running' })] });
    fireEvent.click(button('Remove'));
    await waitFor(() => expect(engine.calls('job:cancel')).toEqual([{ id: 'run-1' }]));
    expect(engine.calls('project:remove')).toEqual([]);
  });

  it('lists the running one first, then those that wait in their order, then the newest', () => {
    const at = (day: number) => `2026-01-0${day}T10:00:00.000Z`;
    show({
      runs: [
        aFinishedRun({ id: 'a', name: 'old', created: at(1) }),
        aFinishedRun({ id: 'b', name: 'newer', created: at(2) }),
        aRun({ id: 'c', name: 'runs', state: 'running', created: at(3) }),
        aRun({ id: 'd', name: 'waits second', created: at(4) }),
        aRun({ id: 'e', name: 'waits first', created: at(5) }),
      ],
      queue: ['e', 'd'],
    });
    const names = screen
      .getAllByRole('checkbox', { name: /^Compare/ })
      .map((box) => box.getAttribute('aria-label'));
    expect(names).toEqual(
      ['runs', 'waits first', 'waits second', 'newer', 'old'].map((name) => `Compare ${name}`),
    );
  });

  it('draws up to four runs at once', () => {
    useTrainingView.setState({ group: 'translation' });
    const runs = ['a', 'b', 'c', 'd', 'e'].map((id) => aFinishedRun({ id, name: id }));
    const engine = show({ runs });
    for (const id of ['b', 'c', 'd'])
      fireEvent.click(screen.getByRole('checkbox', { name: `Compare ${id}` }));
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Compare e' }).disabled).toBe(true);
    expect(engine.calls('run:losses')).toEqual(['a', 'b', 'c', 'd'].map((id) => ({ id })));
    const identity = screen.getByRole('figure', { name: 'Identity' });
    expect(within(identity).getByText('d, single-cell')).toBeTruthy();
  });

  it('moves waiting jobs and names the job that they go before', () => {
    const runs = ['a', 'b', 'c'].map((id) => aRun({ id, name: id }));
    const engine = show({ runs, queue: ['a', 'b', 'c'] });
    fireEvent.click(button('Run c earlier'));
    fireEvent.click(button('Run a later'));
    fireEvent.click(button('Run b later'));
    expect(engine.calls('job:move')).toEqual([
      { id: 'c', before: 'b' },
      { id: 'a', before: 'c' },
      { id: 'b', before: null },
    ]);
  });

  it('saves the name and the notes by themselves', async () => {
    const engine = show({ runs: [aFinishedRun()] });
    const name = screen.getByLabelText('Name of the run');
    fireEvent.change(name, { target: { value: ' Better ' } });
    fireEvent.blur(name);
    fireEvent.change(screen.getByLabelText('Notes', { selector: 'textarea' }), {
      target: { value: 'looks good' },
    });
    await waitFor(() => expect(engine.calls('job:change')).toHaveLength(2), { timeout: 3000 });
    expect(engine.calls('job:change')).toEqual([
      { id: 'run-1', name: 'Better' },
      { id: 'run-1', notes: 'looks good' },
    ]);
  });

  it('names what was set differently beside the preset’s own value', () => {
    show({ runs: [aFinishedRun({ parameters: { 'lambda.identity': 4, 'network.encoder': [512, 64] } })] });
    const settings = screen.getByRole('region', { name: 'Settings' });
    const rows = within(settings)
      .getAllByRole('row')
      .map((row) => row.textContent);
    expect(rows.slice(1)).toEqual(['Identity (λ identity)410', 'Encoder512, 64256, 128']);
  });

  it('changes nothing in a project that is read-only', () => {
    const engine = show({
      readOnly: 'Another window holds this project.',
      runs: [aRun({ state: 'running' })],
    });
    fireEvent.click(button(/Pause/));
    fireEvent.click(button(/Remove/));
    expect(engine.calls('job:pause')).toEqual([]);
    expect(engine.calls('job:cancel')).toEqual([]);
    expect(screen.getByLabelText<HTMLInputElement>('Name of the run').readOnly).toBe(true);
  });
});
