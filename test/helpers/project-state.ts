import type { ProjectState, RunRecord } from '../../src-shared/domain/project.ts';

/** A project with nothing in it. */
export function emptyProject(folder: string, changes: Partial<ProjectState> = {}): ProjectState {
  return {
    folder,
    name: 'Cortex',
    created: '2026-01-01T00:00:00.000Z',
    notes: '',
    readOnly: null,
    spatial: null,
    reference: null,
    sharedGenes: null,
    runs: [],
    evaluations: [],
    groups: [],
    queue: [],
    view: {},
    ...changes,
  };
}

export function runRecord(changes: Partial<RunRecord> = {}): RunRecord {
  return {
    kind: 'run',
    id: 'run-1',
    name: 'First run',
    notes: '',
    created: '2026-01-01T00:00:00.000Z',
    state: 'running',
    reason: null,
    finished: null,
    seconds: 0,
    backend: null,
    warnings: [],
    stale: false,
    preset: 'recommended',
    seed: 0,
    parameters: {},
    early: false,
    result: null,
    trust: null,
    score: null,
    ...changes,
  };
}
