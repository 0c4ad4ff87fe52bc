import { join } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { Args, Handlers, Result } from '../../src-shared/contract/handlers.ts';
import { checkGeneSetFiles } from './analysis/analysis-task.ts';
import { columnsOf } from './analysis/dependencies.ts';
import { describedVectors } from './analysis/described-vectors.ts';
import { LabelColumns } from './analysis/label-columns.ts';
import { titleOf, type OpenAnalyses } from './analysis/open-analyses.ts';
import { categoryRenamer } from './analysis/rename.ts';
import { checkRequirements, runWithResult } from './analysis/requirements.ts';
import type { ServiceContext } from './context.ts';
import type { JobDesk } from './jobs/job-desk.ts';

type AnalysisCall = Extract<keyof Handlers, `analysis:${string}`>;
type Labels = Result<'analysis:labels'>;

/** Vectors of analyses that sort cells, so that others can use them as labels. */
const LABELS: ReadonlySet<string> = new Set(['cell_type', 'niche', 'neighbour_group']);

/** Calls about analyses of a run's result: started, looked at, used by each other. */
export function analysisHandlers(
  context: ServiceContext,
  jobs: JobDesk,
  analyses: OpenAnalyses,
): Pick<Handlers, AnalysisCall> {
  const columns = new LabelColumns();
  const rename = categoryRenamer();
  return {
    'analysis:start': async (request) => {
      checkRequirements(context.project().state, request);
      checkGeneSetFiles(context.access, request.parameters);
      await checkColumns(context, columns, request);
      return jobs.start({ kind: 'analysis', request });
    },
    'analysis:result': async ({ id }) => ({ result: await analyses.result(id) }),
    'analysis:labels': ({ run }) => labelsOf(context, columns, run),
    'analysis:rename': async (request) => {
      await rename(context.project(), request);
      return {};
    },
  };
}

/** Throws a UserError when labels are asked of a column that the run's cells do not have. */
async function checkColumns(
  context: ServiceContext,
  columns: LabelColumns,
  { run, parameters }: Args<'analysis:start'>,
): Promise<void> {
  const wanted = columnsOf(parameters);
  if (wanted.length === 0) return;
  const known = (await columns.of(resultOf(context, run))).map(({ name }) => name);
  const missing = wanted.find((name) => !known.includes(name));
  if (missing === undefined) return;
  const names = known.join(', ') || 'none';
  throw new UserError(
    `The cells of this run have no column "${missing}" that could serve as labels; there is ${names}.`,
    { element: missing },
  );
}

async function labelsOf(context: ServiceContext, columns: LabelColumns, run: string): Promise<Labels> {
  const project = context.project();
  runWithResult(project.state, run);
  const labels: Labels = (await columns.of(resultOf(context, run))).map(({ name, types }) => ({
    source: { column: name },
    title: name,
    types: [...types],
  }));
  const { analyses, readOnly } = project.state;
  for (const record of analyses.filter((one) => one.run === run && one.state === 'finished')) {
    const folder = project.folderOf('analyses', record.id);
    for (const vector of await describedVectors(folder, readOnly === null).catch(() => [])) {
      if (vector.kind !== 'category' || !LABELS.has(vector.name)) continue;
      labels.push({ source: { analysis: record.id }, title: titleOf(record, vector), types: vector.types });
    }
  }
  return labels;
}

function resultOf(context: ServiceContext, run: string): string {
  return join(context.project().folderOf('runs', run), 'imputed.h5ad');
}
