import { describe, expect, it } from 'vitest';
import { RunningJobs } from '../../../src-main/host/running-jobs.ts';
import type { ProjectState } from '../../../src-shared/domain/project.ts';

const state = (...jobs: [string, string, string][]) =>
  ({
    runs: jobs.filter(([kind]) => kind === 'run').map(([, name, s]) => ({ name, state: s })),
    evaluations: jobs.filter(([kind]) => kind === 'evaluation').map(([, name, s]) => ({ name, state: s })),
    analyses: jobs
      .filter(([kind]) => kind === 'analysis')
      .map(([kind, name, s]) => ({ kind, name, state: s })),
  }) as unknown as ProjectState;

describe('jobs that a host would end', () => {
  it('are those that run in the latest state of the project', () => {
    const jobs = new RunningJobs();
    expect(jobs.sentence()).toBeNull();
    const first = state(['run', 'A', 'running'], ['run', 'B', 'queued'], ['evaluation', 'C', 'running']);
    jobs.hear('project:changed', { project: first });
    jobs.hear('menu:command', { command: 'x' });
    expect(jobs.names).toEqual(['A', 'C']);
    expect(jobs.sentence()).toMatch(/^"A", "C" .*paused/u);
    jobs.hear('project:changed', { project: state(['analysis', 'D', 'running']) });
    expect(jobs.sentence()).toMatch(/^"D" .*begins again/u);
    jobs.hear('project:changed', { project: state(['run', 'A', 'finished']) });
    expect(jobs.sentence()).toBeNull();
    jobs.hear('project:changed', { project: first });
    jobs.hear('project:changed', { project: null });
    expect(jobs.names).toEqual([]);
  });
});
