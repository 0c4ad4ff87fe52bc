import { UserError } from '../../../src-shared/contract/errors.ts';
import type { Args } from '../../../src-shared/contract/handlers.ts';
import { renameCategories } from '../../analysis/rename-categories.ts';
import { readAnalysis, writeAnalysis } from '../../engine/analyse/analysis-files.ts';
import type { ProjectHandle } from '../context.ts';
import { readReport } from '../jobs/job-folder.ts';
import { patched } from '../jobs/records.ts';
import { finishedAnalysis } from './open-analyses.ts';

/** Renames categories of finished analyses, one after the other, so that no two write the same files. */
export function categoryRenamer(): (
  project: ProjectHandle,
  request: Args<'analysis:rename'>,
) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return (project, request) => {
    const renamed = last.then(() => rename(project, request));
    last = renamed.catch(() => undefined);
    return renamed;
  };
}

/** Throws a UserError when the analysis or its project cannot be changed; then everything is as before. */
async function rename(project: ProjectHandle, { id, vector, names }: Args<'analysis:rename'>): Promise<void> {
  const { readOnly, analyses } = project.state;
  if (readOnly !== null) throw new UserError(readOnly, { file: project.folder }, 'usage');
  finishedAnalysis(analyses, id);
  const folder = project.folderOf('analyses', id);
  const { cells, result } = await readAnalysis(folder);
  const renamed = renameCategories(result, vector, names);
  await writeAnalysis(folder, cells, renamed, await readReport(folder));
  await project.change((state) => patched(state, id, { summary: renamed.summary }));
}
