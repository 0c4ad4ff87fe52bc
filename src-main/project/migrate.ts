import { UserError } from '../../src-shared/contract/errors.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * The layout before the first release: datasets under `data` with absolute paths, no evaluations, groups, queue or
 * notes.
 */
function from0to1(file: Json): Json {
  const { data, ...rest } = file;
  const { spatial = null, reference = null } = isObject(data) ? data : {};
  const jobs = Array.isArray(file['runs']) ? (file['runs'] as unknown[]) : [];
  return {
    notes: '',
    evaluations: [],
    groups: [],
    queue: [],
    view: {},
    sharedGenes: null,
    ...rest,
    spatial: withAbsolutePaths(spatial),
    reference: withAbsolutePaths(reference),
    runs: jobs.map((job) => (isObject(job) ? { notes: '', stale: false, early: false, ...job } : job)),
  };
}

function withAbsolutePaths(dataset: unknown): unknown {
  if (!isObject(dataset) || !isObject(dataset['choice']) || !Array.isArray(dataset['files'])) return dataset;
  const absolute = (value: unknown): unknown => (typeof value === 'string' ? { absolute: value } : value);
  const { choice, files } = dataset;
  return {
    ...dataset,
    choice: Object.fromEntries(
      Object.entries(choice).map(([key, value]) =>
        key === 'path' || key === 'coordinates' ? [key, absolute(value)] : [key, value],
      ),
    ),
    files: files.map((file: unknown) => (isObject(file) ? { ...file, path: absolute(file['path']) } : file)),
  };
}

/** Analyses came with version 2, so that programs that know none say that they are too old, not that it is damaged. */
function from1to2(file: Json): Json {
  return { ...file, analyses: [] };
}

/** The nth turns a file of version n into one of version n + 1. None is ever taken away. */
const migrations: readonly ((file: Json) => Json)[] = [from0to1, from1to2];

export const currentVersion = 2;

/**
 * Brings what a project.json holds to the current version.
 *
 * @throws UserError when a newer program wrote it, or when it is no project at all
 */
export function migrate(content: unknown, path: string): unknown {
  const version =
    isObject(content) && content['format'] === 'spagene-project' ? content['formatVersion'] : null;
  if (!isObject(content) || typeof version !== 'number' || !Number.isInteger(version) || version < 0) {
    throw notAProject(path);
  }
  if (version > currentVersion) {
    throw new UserError(
      `${path} was saved by a newer SpaGene (project format ${version}; this one knows formats up to ${currentVersion}). Update SpaGene to open it.`,
      { file: path },
    );
  }
  let file: Json = content;
  for (let at = version; at < currentVersion; at++)
    file = { ...migrations[at]!(file), formatVersion: at + 1 };
  return file;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function notAProject(path: string): UserError {
  return new UserError(`${path} is not a project of SpaGene; choose another folder.`, { file: path });
}
