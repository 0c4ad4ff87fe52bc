import { analysisDefaults } from '../../../src-shared/domain/analysis.ts';
import type {
  AnalysisRecord,
  DatasetRecord,
  EvaluationRecord,
  ProjectState,
  RunRecord,
} from '../../../src-shared/domain/project.ts';

/** Records as the engine sends them, with the parts that a test cares about. */
export function aDataset(part: Partial<DatasetRecord> = {}): DatasetRecord {
  return {
    role: 'spatial',
    name: 'cortex',
    format: 'AnnData h5ad',
    choice: { path: '/data/cortex.h5ad' },
    storage: 'linked',
    files: [{ path: '/data/cortex.h5ad', bytes: 1000, sha256: '0'.repeat(64) }],
    cells: 3000,
    genes: 33,
    sparsity: 0.7,
    values: 'counts',
    unit: 'micrometre',
    preset: null,
    warnings: [],
    imported: '2026-01-01T10:00:00.000Z',
    ...part,
  };
}

const job = {
  notes: '',
  created: '2026-01-01T10:00:00.000Z',
  reason: null,
  finished: null,
  seconds: 0,
  backend: null,
  warnings: [],
  stale: false,
};

export function aRun(part: Partial<RunRecord> = {}): RunRecord {
  return {
    ...job,
    id: 'run-1',
    kind: 'run',
    name: 'First run',
    state: 'queued',
    preset: 'recommended',
    seed: 1,
    parameters: {},
    early: false,
    result: null,
    trust: null,
    score: null,
    ...part,
  };
}

export function aFinishedRun(part: Partial<RunRecord> = {}): RunRecord {
  return aRun({
    state: 'finished',
    finished: '2026-01-01T10:05:00.000Z',
    seconds: 300,
    result: { cells: 2900, genes: 2000 },
    score: 0.4,
    ...part,
  });
}

export function anEvaluation(part: Partial<EvaluationRecord> = {}): EvaluationRecord {
  return {
    ...job,
    id: 'evaluation-1',
    kind: 'evaluation',
    name: 'First evaluation',
    state: 'queued',
    preset: 'recommended',
    methods: ['spagene', 'ridge'],
    folds: 5,
    seeds: [1],
    verdict: [],
    ...part,
  };
}

export function anAnalysis(part: Partial<AnalysisRecord> = {}): AnalysisRecord {
  return {
    ...job,
    id: 'analysis-1',
    kind: 'analysis',
    name: '',
    state: 'queued',
    run: 'run-1',
    parameters: { kind: 'niches', labels: { column: 'cell_type' }, ...analysisDefaults.niches },
    basis: null,
    summary: null,
    ...part,
  };
}

export function aProject(part: Partial<ProjectState> = {}): ProjectState {
  return {
    folder: '/projects/cortex',
    name: 'Cortex',
    created: '2026-01-01T09:00:00.000Z',
    notes: '',
    readOnly: null,
    spatial: aDataset(),
    reference: aDataset({ role: 'reference', name: 'zeisel', genes: 15_000, unit: null }),
    sharedGenes: 33,
    runs: [],
    evaluations: [],
    analyses: [],
    groups: [],
    queue: [],
    view: {},
    ...part,
  };
}
