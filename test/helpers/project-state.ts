import type { AnalysisRecord, ProjectState, RunRecord } from '../../src-shared/domain/project.ts';

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
    analyses: [],
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

export function analysisRecord(changes: Partial<AnalysisRecord> = {}): AnalysisRecord {
  return {
    kind: 'analysis',
    id: 'analysis-1',
    name: 'Niches 1',
    notes: '',
    created: '2026-01-02T00:00:00.000Z',
    state: 'finished',
    reason: null,
    finished: '2026-01-02T00:01:00.000Z',
    seconds: 60,
    backend: null,
    warnings: [],
    stale: false,
    run: 'run-1',
    parameters: {
      kind: 'niches',
      labels: { column: 'cell_type' },
      neighbours: 20,
      niches: 2,
      range: { from: 2, to: 12 },
      starts: 30,
      seed: 1,
    },
    basis: 'positions',
    summary: 'Two niches.',
    ...changes,
  };
}
