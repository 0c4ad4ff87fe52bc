import { stat } from 'node:fs/promises';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { InputRequest } from '../../src-shared/domain/impute-request.ts';
import type { DatasetRecord, ProjectState } from '../../src-shared/domain/project.ts';
import { hashFiles } from './dataset-record.ts';
import type { Ledger } from './ledger.ts';

/**
 * What jobs read, after a look at every file of both datasets: there, and the same as when it was imported. Files are
 * read again only where their time has changed.
 *
 * @throws UserError that names the dataset, what happened to it, and what to do
 */
export async function checkedInputs(state: ProjectState, ledger: Ledger): Promise<InputRequest> {
  const { spatial, reference } = state;
  if (spatial === null || reference === null) {
    const missing =
      spatial === null && reference === null
        ? 'datasets'
        : spatial === null
          ? 'spatial dataset'
          : 'reference';
    throw new UserError(`The project has no ${missing} yet; import what is missing under Data first.`);
  }
  await checkFiles(spatial, ledger);
  await checkFiles(reference, ledger);
  const optional = {
    coordinates: spatial.choice.coordinates,
    spatialMatrix: spatial.choice.matrix,
    referenceMatrix: reference.choice.matrix,
    referenceLabels: reference.choice.labels,
    section: spatial.choice.section,
  };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return { spatial: spatial.choice.path, reference: reference.choice.path, ...given };
}

/** Throws a UserError for the first file that is gone or has changed since the import. */
export async function checkFiles(record: DatasetRecord, ledger: Ledger): Promise<void> {
  for (const file of record.files) {
    const found = await stat(file.path).catch((error: unknown) => {
      throw unusable(record, file.path, reasonOf(error));
    });
    if (found.size !== file.bytes) {
      const sizes = `it has ${format(found.size)} bytes now, ${format(file.bytes)} when it was imported`;
      throw unusable(record, file.path, `has changed since (${sizes})`);
    }
    if (ledger.modifiedOf(file) === found.mtimeMs) continue;
    const [now] = await hashFiles([file.path]).catch((error: unknown) => {
      throw unusable(record, file.path, reasonOf(error));
    });
    if (now?.sha256 !== file.sha256)
      throw unusable(record, file.path, 'has other contents than when it was imported');
    ledger.noteModified(file, found.mtimeMs);
  }
}

function unusable({ role, name, storage }: DatasetRecord, path: string, what: string): UserError {
  const dataset = `The ${role === 'spatial' ? 'spatial dataset' : 'reference'} "${name}" cannot be used: ${path} ${what}.`;
  const advice =
    storage === 'linked'
      ? 'Put the file back, say under Data where it lies now ("Find"), or import it again.'
      : 'Put the file back, or import the data again.';
  return new UserError(`${dataset} ${advice}`, { file: path, element: role });
}

function reasonOf(error: unknown): string {
  const { code } = (error instanceof UserError ? error.cause : error) as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return 'is not there any more (moved, renamed, or its disk is not connected)';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read by you';
  return `cannot be read (${String(code)})`;
}

function format(bytes: number): string {
  return bytes.toLocaleString('en-US');
}
