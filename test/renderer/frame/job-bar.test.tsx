import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectState } from '../../../src-shared/domain/project.ts';
import { EngineContext } from '../../../src-renderer/engine/context.ts';
import { JobBar } from '../../../src-renderer/frame/JobBar.tsx';
import { percent, rate } from '../../../src-renderer/frame/job-bar/words.ts';
import { useApp } from '../../../src-renderer/store/store.ts';
import { fakeEngine } from '../helpers/fake-engine.ts';
import { aFinishedRun, anEvaluation, aProject, aRun } from '../helpers/records.ts';

configure({ defaultHidden: true });

const line = (second: number, message: string) => ({
  time: `2026-01-01T10:00:0${second}.000Z`,
  level: 'info' as const,
  message,
});

function show(project: Partial<ProjectState>) {
  const engine = fakeEngine({
    'job:log': () => ({ lines: [line(1, 'Reading the data')] }),
    'job:pause': () => ({}),
    'job:resume': () => ({}),
    'job:finish-early': () => ({}),
    'job:move': () => ({}),
    'job:cancel': () => ({ trash: 'trash-1' }),
    'project:restore': () => ({}),
  });
  useApp.getState().setProject(aProject(project));
  render(
    <EngineContext value={engine.client}>
      <JobBar />
    </EngineContext>,
  );
  return engine;
}

const bar = () => screen.getByRole('contentinfo', { name: 'Jobs' });
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name });

beforeEach(() => useApp.setState({ progress: {}, notices: [], overlay: null, view: 'data', target: null }));
afterEach(cleanup);

describe('JobBar', () => {
  it('says quietly that nothing runs, and what ended last', () => {
    show({ runs: [aFinishedRun({ name: 'Long one' })] });
    expect(bar().textContent).toContain('No job runs');
    expect(bar().textContent).toContain('Long one');
    expect(bar().textContent).toContain('Finished · took 5 minutes');
  });

  it('shows the running job and leads to its view', () => {
    show({ runs: [aRun({ state: 'running' })] });
    const stage = 'Training network 2 of 5';
    const numbers = {
      share: 0.426,
      secondsLeft: 240,
      stepsPerSecond: 9,
      memoryBytes: 1e9,
      canFinishEarly: true,
    };
    act(() => useApp.getState().setProgress({ id: 'run-1', stage, ...numbers }));
    expect(bar().textContent).toContain(stage);
    expect(bar().textContent).toContain('42 %');
    expect(bar().textContent).toContain('4 minutes left');
    fireEvent.click(button('First run'));
    expect(useApp.getState()).toMatchObject({ view: 'train', target: { job: 'run-1' } });
  });

  it('pauses, and ends early only with something to keep', () => {
    const engine = show({ runs: [aRun({ state: 'running' })] });
    fireEvent.click(button('Pause First run'));
    expect(engine.calls('job:pause')).toEqual([{ id: 'run-1' }]);
    expect(button(/There is no usable network yet/).disabled).toBe(true);
  });

  it('resumes what is paused', () => {
    const engine = show({ evaluations: [anEvaluation({ state: 'paused' })] });
    fireEvent.click(button('Resume'));
    expect(engine.calls('job:resume')).toEqual([{ id: 'evaluation-1' }]);
  });

  it('shows what ended after the paused job was begun', () => {
    show({
      runs: [
        aRun({ id: 'a', name: 'Rests', state: 'paused', created: '2026-01-01T09:00:00.000Z' }),
        aFinishedRun({ id: 'b', name: 'Ended since', finished: '2026-01-01T10:05:00.000Z' }),
      ],
    });
    expect(bar().textContent).toContain('Ended since');
    expect(screen.queryByRole('button', { name: 'Resume' })).toBeNull();
  });

  it('shows the paused job that is newer than what ended', () => {
    const engine = show({
      runs: [
        aFinishedRun({ id: 'b', name: 'Ended before', finished: '2026-01-01T10:05:00.000Z' }),
        aRun({ id: 'a', name: 'Rests', state: 'paused', created: '2026-01-01T11:00:00.000Z' }),
      ],
    });
    expect(bar().textContent).toContain('Rests');
    fireEvent.click(button('Resume'));
    expect(engine.calls('job:resume')).toEqual([{ id: 'a' }]);
  });

  it('counts warnings and opens the log with them', async () => {
    const warnings = [{ code: 'few-genes', message: 'Only 12 genes are shared.' }];
    const engine = show({ runs: [aRun({ state: 'running', warnings })] });
    fireEvent.click(button('1 warning'));
    const drawer = screen.getByRole('dialog', { name: 'Jobs and log' });
    expect(within(drawer).getByText('Only 12 genes are shared.')).toBeTruthy();
    expect(await within(drawer).findByText('Reading the data')).toBeTruthy();
    act(() => engine.push('job:log', { id: 'run-1', line: line(2, 'Training on WASM') }));
    act(() => engine.push('job:log', { id: 'other', line: line(3, 'not mine') }));
    expect(within(drawer).getByText('Training on WASM')).toBeTruthy();
    expect(within(drawer).queryByText('not mine')).toBeNull();
    fireEvent.keyDown(drawer, { key: 'Escape' });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('takes a waiting job out of the queue, and back with Undo', async () => {
    const runs = [aRun({ state: 'running' }), aRun({ id: 'b', name: 'Next' })];
    const engine = show({ runs, queue: ['b'] });
    fireEvent.click(button('1 waiting'));
    fireEvent.click(button('Take Next out of the queue'));
    await waitFor(() => expect(useApp.getState().notices).toHaveLength(1));
    expect(engine.calls('job:cancel')).toEqual([{ id: 'b' }]);
    useApp.getState().notices[0]!.action!.run();
    expect(engine.calls('project:restore')).toEqual([{ trash: 'trash-1' }]);
  });

  it('shows a refusal as a message', async () => {
    const engine = fakeEngine({});
    useApp.getState().setProject(aProject({ runs: [aRun({ state: 'running' })] }));
    render(
      <EngineContext value={engine.client}>
        <JobBar />
      </EngineContext>,
    );
    fireEvent.click(button('Pause First run'));
    await waitFor(() =>
      expect(useApp.getState().notices).toMatchObject([
        { kind: 'error', message: 'No answer to job:pause.' },
      ]),
    );
  });
});

describe('words', () => {
  it('say 100 % only when all is done', () => {
    expect([0, 0.29, 0.999, 1].map(percent)).toEqual(['0 %', '29 %', '99 %', '100 %']);
  });

  it('have no more digits than mean something', () => {
    expect([0.42, 9.94, 9.96, 120.4].map(rate)).toEqual(['0.4', '9.9', '10', '120']);
  });
});
