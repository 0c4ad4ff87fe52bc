import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../../src-shared/domain/project.ts';
import { ElectronApp } from '../../helpers/electron-app.ts';
import { emptyProject, runRecord } from '../../helpers/project-state.ts';

let app: ElectronApp;
beforeEach(async () => {
  app = await ElectronApp.start();
  app.electron.Notification.shown = [];
});
afterEach(() => app.stop());

const show = (changes: Partial<RunRecord>, folder = '/data/a') =>
  app.open(emptyProject(folder, { runs: [runRecord(changes)] }));
const progress = (share: number) =>
  app.emit('job:progress', {
    id: 'run-1',
    stage: 'Training',
    share,
    secondsLeft: null,
    stepsPerSecond: null,
    memoryBytes: null,
    canFinishEarly: false,
  });
const awake = () => [...app.electron.powerSaveBlocker.active.values()];
const notifications = () => app.electron.Notification.shown.map(({ options }) => options);

describe('JobSigns', () => {
  it('keeps the computer awake exactly while a job runs', async () => {
    await show({ state: 'queued' });
    expect(awake()).toEqual([]);
    await show({ state: 'running' });
    await show({ state: 'running', notes: 'x' });
    expect(awake()).toEqual(['prevent-app-suspension']);
    await show({ state: 'paused' });
    expect(awake()).toEqual([]);
    await show({ state: 'running' });
    await app.open(null);
    expect(awake()).toEqual([]);
  });

  it('shows the progress on the taskbar, and takes it away at the end', async () => {
    await progress(0.2);
    expect(app.window.progress).toBe(-1);
    await show({ state: 'running' });
    await progress(0.4);
    expect(app.window.progress).toBe(0.4);
    await show({ state: 'finished' });
    expect(app.window.progress).toBe(-1);
  });

  it('tells the end of a long job when the window is not in front, and a click brings it there', async () => {
    app.window.focused = false;
    await show({ state: 'running' });
    await show({ state: 'finished', seconds: 61, trust: '40 of 100 genes can be trusted.' });
    expect(notifications()).toEqual([
      { title: 'First run is finished', body: '40 of 100 genes can be trusted.' },
    ]);
    app.electron.Notification.shown[0]!.emit('click');
    expect(app.window.done).toContain('focus');
  });

  it('tells why a job failed', async () => {
    app.window.focused = false;
    await show({ state: 'running' });
    await show({ state: 'failed', seconds: 600, reason: 'The disk is full.' });
    expect(notifications()).toEqual([{ title: 'First run has failed', body: 'The disk is full.' }]);
  });

  it('is silent about short jobs, paused ones, another project, and in front of the user', async () => {
    app.window.focused = false;
    await show({ state: 'running' });
    await show({ state: 'finished', seconds: 59 });
    await show({ state: 'running' });
    await show({ state: 'paused', seconds: 600 });
    await show({ state: 'running' });
    await show({ state: 'finished', seconds: 600 }, '/data/b');
    app.window.focused = true;
    await show({ state: 'running' });
    await show({ state: 'finished', seconds: 600 });
    expect(notifications()).toEqual([]);
  });
});
