import { z } from 'zod';
import {
  analysisRecord,
  evaluationRecord,
  projectState,
  runRecord,
  type JobRecord,
  type ProjectState,
} from '../../src-shared/domain/project.ts';
import { restoreAnalysis, storeAnalysis } from './analysis-paths.ts';
import { restoreDataset, storeDataset, storedDataset } from './dataset-file.ts';
import { Ledger } from './ledger.ts';
import { currentVersion, migrate } from './migrate.ts';

const madeWith = z.string().exactOptional();

/** project.json of the current version. */
const projectFile = z.strictObject({
  format: z.literal('spagene-project'),
  formatVersion: z.literal(currentVersion),
  ...projectState.omit({ folder: true, readOnly: true }).shape,
  spatial: storedDataset.nullable(),
  reference: storedDataset.nullable(),
  runs: z.array(z.strictObject({ ...runRecord.shape, madeWith })),
  evaluations: z.array(z.strictObject({ ...evaluationRecord.shape, madeWith })),
  analyses: z.array(z.strictObject({ ...analysisRecord.shape, madeWith })),
});

/** Text of project.json. */
export function formatProject(state: ProjectState, ledger: Ledger): string {
  const { folder, spatial, reference } = state;
  const withMade = <J extends JobRecord>(job: J): J & { madeWith?: string } => {
    const made = ledger.madeWith(job);
    return made === undefined ? job : { ...job, madeWith: made };
  };
  const file: z.infer<typeof projectFile> = {
    format: 'spagene-project',
    formatVersion: currentVersion,
    name: state.name,
    created: state.created,
    notes: state.notes,
    spatial: spatial && storeDataset(folder, spatial, ledger),
    reference: reference && storeDataset(folder, reference, ledger),
    sharedGenes: state.sharedGenes,
    runs: state.runs.map(withMade),
    evaluations: state.evaluations.map(withMade),
    analyses: state.analyses.map((record) => withMade(storeAnalysis(folder, record))),
    groups: state.groups,
    queue: state.queue,
    view: state.view,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

export interface ReadProject {
  readonly state: ProjectState;
  readonly ledger: Ledger;
}

/** Thrown for text that is no project.json; `reason` is a fragment such as "it ends too early". */
export class DamagedProject extends Error {}

/**
 * Reads the text of a project.json of any version.
 *
 * @param path for messages
 * @throws DamagedProject when it cannot be read, UserError when a newer program wrote it or it is something else
 */
export function parseProject(text: string, folder: string, path: string): ReadProject {
  const parsed = projectFile.safeParse(migrate(readJson(text), path));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new DamagedProject(`${issue.path.join('.') || 'its content'}: ${issue.message}`);
  }
  const ledger = new Ledger();
  const file = parsed.data;
  const noteMade = <J extends JobRecord & { madeWith?: string | undefined }>(job: J) => {
    const { madeWith: made, ...record } = job;
    if (made !== undefined) ledger.noteMadeWith(job, made);
    return record;
  };
  const state: ProjectState = {
    folder,
    name: file.name,
    created: file.created,
    notes: file.notes,
    readOnly: null,
    spatial: file.spatial && restoreDataset(folder, file.spatial, ledger),
    reference: file.reference && restoreDataset(folder, file.reference, ledger),
    sharedGenes: file.sharedGenes,
    runs: file.runs.map(noteMade),
    evaluations: file.evaluations.map(noteMade),
    analyses: file.analyses.map((record) => restoreAnalysis(folder, noteMade(record))),
    groups: file.groups,
    queue: file.queue,
    view: file.view,
  };
  return { state, ledger };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = text.trim() === '' ? 'it is empty' : 'it is not complete JSON';
    throw new DamagedProject(reason, { cause: error });
  }
}
