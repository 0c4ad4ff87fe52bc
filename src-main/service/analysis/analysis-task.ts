import { existsSync } from 'node:fs';
import { UserError } from '../../../src-shared/contract/errors.ts';
import type { AnalysisParameters } from '../../../src-shared/domain/analysis.ts';
import type { AnalysisRecord } from '../../../src-shared/domain/project.ts';
import type { JobTask } from '../../engine/job-protocol.ts';
import type { PathAccess, ProjectHandle } from '../context.ts';
import { readSettings } from '../settings-file.ts';
import { renamedSources } from './dependencies.ts';
import { checkRequirements } from './requirements.ts';

/** What a job process is told of an analysis: folders in place of ids. Throws a UserError when something is gone. */
export async function analysisTask(
  project: ProjectHandle,
  access: PathAccess,
  record: AnalysisRecord,
): Promise<JobTask> {
  const { run, parameters } = record;
  checkRequirements(project.state, record);
  checkGeneSetFiles(access, parameters);
  const { backend } = await readSettings();
  return {
    kind: 'analyse',
    request: {
      run: project.folderOf('runs', run),
      out: project.folderOf('analyses', record.id),
      parameters: renamedSources(parameters, (id) => project.folderOf('analyses', id)),
      backend,
    },
  };
}

/** Throws a UserError for a file of gene sets that the user never picked or that is gone. */
export function checkGeneSetFiles(access: PathAccess, parameters: AnalysisParameters): void {
  if (parameters.kind !== 'pathways') return;
  for (const file of parameters.files) {
    access.check(file);
    if (existsSync(file)) continue;
    throw new UserError(`The gene sets of ${file} are not there (any more); choose the file again.`, {
      file,
    });
  }
}
