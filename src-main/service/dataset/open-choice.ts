import { statSync } from 'node:fs';
import { UserError } from '../../../src-shared/contract/errors.ts';
import type { Warning } from '../../../src-shared/contract/errors.ts';
import type { DatasetChoice, DatasetRole } from '../../../src-shared/domain/project.ts';
import { labelSource, referenceLabels } from '../../engine/reference-labels.ts';
import { readCoordinates } from '../../io/coordinates.ts';
import { openDataset } from '../../io/registry.ts';
import type { Column, Coordinates, Dataset, OpenMatrix } from '../../matrix/dataset.ts';

/** A dataset as a run would read it: the matrix that was chosen, positions and columns of its cells. */
export interface OpenedChoice {
  readonly dataset: Dataset;
  readonly matrix: OpenMatrix;
  readonly coordinates: Coordinates | undefined;
  /** Columns of the cells, those of a table of positions included. */
  readonly obs: readonly Column[];
  readonly warnings: readonly Warning[];
  close(): Promise<void>;
}

/**
 * Opens what was chosen. A file without a main matrix gives its first one.
 * @throws UserError for a file that cannot be read, a matrix, column or table that is not there
 */
export async function openChoice(choice: DatasetChoice, role: DatasetRole): Promise<OpenedChoice> {
  const dataset = await readable(choice.path, () => openDataset(choice.path));
  try {
    const matrix = await dataset.open(matrixOf(choice, dataset));
    const table =
      choice.coordinates === undefined
        ? undefined
        : await readable(choice.coordinates, () => readCoordinates(choice.coordinates!, matrix.cells));
    const known = new Set(dataset.obs.map(({ name }) => name));
    const obs = [...dataset.obs, ...(table?.obs ?? []).filter(({ name }) => !known.has(name))];
    if (choice.section !== undefined) requireColumn(choice.path, choice.section, obs);
    if (role === 'reference') await referenceLabels(choice.labels, dataset, matrix);
    return {
      dataset,
      matrix,
      coordinates: table?.coordinates ?? dataset.coordinates,
      obs,
      warnings: dataset.warnings.filter(({ code }) => table === undefined || code !== 'no-positions-file'),
      close: () => dataset.close(),
    };
  } catch (error) {
    await dataset.close();
    throw error;
  }
}

function matrixOf(choice: DatasetChoice, dataset: Dataset): string | undefined {
  const asked = choice.matrix ?? dataset.mainMatrix ?? dataset.matrices[0]?.name;
  return asked === 'raw' ? 'raw/X' : asked;
}

/** The files that a choice is read from, as paths: matrix, lists, positions, labels. */
export function filesOf(choice: DatasetChoice, dataset: Dataset): string[] {
  const labels = choice.labels === undefined ? undefined : labelSource(choice.labels).file;
  const all = [...(dataset.files ?? [dataset.path]), choice.coordinates, labels];
  return [...new Set(all.filter((path) => path !== undefined))];
}

function requireColumn(path: string, name: string, obs: readonly Column[]): void {
  if (obs.some((column) => column.name === name)) return;
  const names = obs.map((column) => column.name).join(', ') || 'none';
  throw new UserError(`${path} has no column "${name}" about its cells; its columns are: ${names}.`, {
    file: path,
    element: name,
  });
}

const refusals: Readonly<Record<string, string>> = {
  EACCES: 'may not be read by you; change its permissions, or copy it to a folder of yours',
  EPERM: 'may not be read by you; change its permissions, or copy it to a folder of yours',
  EBUSY: 'is in use by another program; close it there and try again',
  ENOENT: 'is not there (any more); was it moved or its disk taken away?',
  EIO: 'cannot be read: the disk reported an error',
};

/** Runs what reads a file, and gives the system's refusals as sentences. */
export async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  if (statSync(path, { throwIfNoEntry: false }) === undefined)
    throw new UserError(`${path} does not exist.`, { file: path });
  try {
    return await read();
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { code, path: named } = error as NodeJS.ErrnoException;
    const reason = refusals[code ?? ''];
    if (reason === undefined) throw error;
    const file = named ?? path;
    throw new UserError(`${file} ${reason}.`, { file }, 'input', error);
  }
}
