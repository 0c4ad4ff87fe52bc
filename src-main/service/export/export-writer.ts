import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../src-shared/contract/errors.ts';
import type { Args, Result } from '../../../src-shared/contract/handlers.ts';
import type { JobRecord } from '../../../src-shared/domain/project.ts';
import { makeFolder } from '../../io/make-folder.ts';
import type { ProjectHandle, ServiceContext } from '../context.ts';
import { folderKind, jobOf } from '../jobs/records.ts';
import { copyAnalysis } from './analysis-folder.ts';
import { repeatRun } from './config-file.ts';
import { copyFile } from './copy-file.ts';
import { writeCellTable } from './cell-table.ts';
import { fileStem, withFreePath } from './export-name.ts';
import { copyReport } from './report-folder.ts';

type Request = Args<'export:write'>;
type Written = Result<'export:write'>;
type Report = (stage: string, share: number | null) => void;

/** Writes results into the project's exports/ folder, or where the user wants them; see `export:write`. */
export function exportWriter(
  context: ServiceContext,
): (request: Request, signal: AbortSignal, report: Report) => Promise<Written> {
  return async (request, signal, report) => {
    const project = context.project();
    if (request.format === 'project') {
      throw new UserError(
        'A project is a folder: copy it as it is to hand it on, with its data where those are copied into it.',
        {},
        'usage',
      );
    }
    if (request.id === null)
      throw new UserError('Say which run, evaluation or analysis to export.', {}, 'usage');
    const job = jobOf(project.state, request.id);
    const from = project.folderOf(folderKind(job), job.id);
    checkKind(request.format, job);
    const folder = await destination(context, project, request.folder);
    const stem = `${fileStem(job.name)}-${ENDINGS[request.format][0]}`;
    return withFreePath(folder, stem, ENDINGS[request.format][1], async (path) => {
      report(`Writing ${path}`, 0);
      const command = await write(request, { project, from, path, signal, report });
      return { path, bytes: command?.bytes ?? statSync(path).size, command: command?.command ?? null };
    });
  };
}

const ENDINGS = {
  h5ad: ['imputed', '.h5ad'],
  csv: ['imputed', '.csv'],
  report: ['report', ''],
  config: ['config', '.json'],
  analysis: ['analysis', ''],
} as const;

/** What a format is of, where that is no run. */
const KINDS: Readonly<Partial<Record<Request['format'], JobRecord['kind']>>> = {
  report: 'evaluation',
  analysis: 'analysis',
};
const REFUSALS: Readonly<Partial<Record<JobRecord['kind'], string>>> = {
  evaluation: 'Only an evaluation has a report',
  analysis: 'Only an analysis can be exported as one',
};

interface Way {
  readonly project: ProjectHandle;
  readonly from: string;
  readonly path: string;
  readonly signal: AbortSignal;
  readonly report: Report;
}

async function write(
  { format, genes }: Request,
  { project, from, path, signal, report }: Way,
): Promise<{ readonly bytes?: number; readonly command?: string } | undefined> {
  const progress = (share: number) => report(`Writing ${path}`, share);
  if (format === 'h5ad') await copyFile(imputedOf(from), path, signal, progress);
  if (format === 'csv') await writeCellTable(imputedOf(from), path, genes ?? [], signal, progress);
  if (format === 'report') return { bytes: await copyReport(from, path) };
  if (format === 'analysis') return { bytes: await copyAnalysis(from, path) };
  if (format === 'config') return { command: await repeatRun(from, path, project) };
  return undefined;
}

function checkKind(format: Exclude<Request['format'], 'project'>, { kind, name }: JobRecord): void {
  const { [format]: wanted = 'run' } = KINDS;
  if (kind === wanted) return;
  const what = REFUSALS[wanted] ?? `Only a run can be exported as ${format}`;
  throw new UserError(`${what}, and "${name}" is none.`, {}, 'usage');
}

function imputedOf(from: string): string {
  const path = join(from, 'imputed.h5ad');
  if (existsSync(path)) return path;
  throw new UserError('This run has no result yet; let it finish, or end it early.', { file: path });
}

async function destination(
  context: ServiceContext,
  project: ProjectHandle,
  asked: string | undefined,
): Promise<string> {
  if (asked === undefined) {
    const folder = join(project.folder, 'exports');
    // Made only inside a project that is still there.
    if (existsSync(project.folder)) await makeFolder(folder);
    return folder;
  }
  context.access.check(asked);
  if (statSync(asked, { throwIfNoEntry: false })?.isDirectory() === true) return asked;
  throw new UserError(`${asked} is no folder; choose one to export into.`, { file: asked });
}
