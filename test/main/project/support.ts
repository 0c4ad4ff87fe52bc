import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, expect } from 'vitest';
import { createProject } from '../../../src-main/project/create-project.ts';
import { OpenProject } from '../../../src-main/project/open-project.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';
import type {
  AnalysisRecord,
  DatasetChoice,
  DatasetRecord,
  DatasetRole,
  ProjectState,
  RunRecord,
} from '../../../src-shared/domain/project.ts';

/** A folder that goes when the test file is done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'spagene-project-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A dataset made of the one file, with the hash that the file really has. */
export function datasetOf(
  role: DatasetRole,
  path: string,
  changes: Partial<Omit<DatasetRecord, 'choice'>> & { choice?: Partial<DatasetChoice> } = {},
): DatasetRecord {
  const bytes = readFileSync(path);
  return {
    role,
    name: `${role} data`,
    format: 'CSV',
    storage: 'linked',
    files: [{ path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }],
    cells: 10,
    genes: 5,
    sparsity: 0.5,
    values: 'counts',
    unit: role === 'spatial' ? 'micrometre' : null,
    preset: null,
    warnings: [],
    imported: '2026-01-02T03:04:05.000Z',
    ...changes,
    choice: { path, ...changes.choice },
  };
}

export function runOf(id: string, changes: Partial<RunRecord> = {}): RunRecord {
  return {
    kind: 'run',
    id,
    name: `Run ${id}`,
    notes: '',
    created: '2026-01-02T03:04:05.000Z',
    state: 'finished',
    reason: null,
    finished: '2026-01-02T03:05:05.000Z',
    seconds: 60,
    backend: 'WASM · 2 threads',
    warnings: [],
    stale: false,
    preset: 'recommended',
    seed: 1,
    parameters: {},
    early: false,
    result: { cells: 10, genes: 5 },
    trust: null,
    score: 0.3,
    ...changes,
  };
}

/** A finished analysis of a run. */
export function analysisOf(id: string, run: string, changes: Partial<AnalysisRecord> = {}): AnalysisRecord {
  return {
    kind: 'analysis',
    id,
    name: `Analysis ${id}`,
    notes: '',
    created: '2026-01-03T03:04:05.000Z',
    state: 'finished',
    reason: null,
    finished: '2026-01-03T03:05:05.000Z',
    seconds: 10,
    backend: null,
    warnings: [],
    stale: false,
    run,
    parameters: { kind: 'moran', graph: { kind: 'nearest', k: 6 } },
    basis: 'both',
    summary: 'Some genes vary in space.',
    ...changes,
  };
}

/** Writes a file with its folders. */
export function put(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

export function isThere(path: string): boolean {
  return existsSync(path);
}

/** The UserError that a promise rejects with. */
export async function refusal(promise: Promise<unknown>): Promise<UserError> {
  const error: unknown = await promise.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

const root = resolve(import.meta.dirname, '../../..');

/** Bundles a program (imports relative to the repository root) into a file that Node runs by itself. */
export async function bundled(program: string, folder: string, name: string): Promise<string> {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    stdin: { contents: program, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  });
  return outfile;
}

export interface ProjectDesk {
  readonly home: string;
  readonly reopen: (folder: string, changed?: (state: ProjectState) => void) => Promise<OpenProject>;
  /** A new project in a folder of its own, beside which data may lie. */
  readonly newProject: (name?: string) => Promise<OpenProject>;
}

/** Projects for the tests of one file, closed after each. */
export function projectDesk(): ProjectDesk {
  const home = temporaryFolder();
  let made = 0;
  const open: OpenProject[] = [];
  afterEach(async () => {
    for (const project of open.splice(0)) await project.close();
  });
  const reopen: ProjectDesk['reopen'] = async (folder, changed) => {
    const project = await OpenProject.open(folder, changed);
    open.push(project);
    return project;
  };
  return {
    home,
    reopen,
    newProject: async (name = 'Cortex') => {
      const folder = join(home, `case-${made++}`, 'project');
      await createProject(folder, name);
      return reopen(folder);
    },
  };
}

/** What a file of a project holds. */
export function json(folder: string, file = 'project.json'): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>;
}
