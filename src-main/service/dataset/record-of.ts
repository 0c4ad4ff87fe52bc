import { basename, resolve } from 'node:path';
import type { StopSignal } from '../../../src-shared/contract/errors.ts';
import { throwIfStopped } from '../../../src-shared/contract/errors.ts';
import { present } from '../../../src-shared/contract/present.ts';
import type { DatasetChoice, DatasetRecord, DatasetRole } from '../../../src-shared/domain/project.ts';
import { labelPath } from '../../engine/reference-labels.ts';
import { hashFiles } from '../../project/dataset-record.ts';
import { imageFilesOf } from './images.ts';
import { recognise } from './known.ts';
import { filesOf, openChoice } from './open-choice.ts';
import { surveyMatrix } from './survey.ts';
import type { Report } from './survey.ts';
import { formatTitle, refuseEmpty, warningsOf } from './judge.ts';

/**
 * Reads a dataset whole and describes it as a project keeps it: linked, under its file's name, with absolute paths
 * and the hashes of the files that it is read from.
 * @throws UserError for what cannot be read or is empty; StoppedError on the signal
 */
export async function recordOf(
  asked: DatasetChoice,
  role: DatasetRole,
  signal?: StopSignal,
  report?: Report,
): Promise<DatasetRecord> {
  const choice = absolute(asked);
  const opened = await openChoice(choice, role);
  try {
    const survey = await surveyMatrix(opened.matrix, signal, report);
    refuseEmpty(opened.matrix, survey);
    throwIfStopped(signal);
    const known = recognise(opened.matrix);
    const images = role === 'spatial' ? await imageFilesOf(choice) : [];
    const files = [...filesOf(choice, opened.dataset), ...images];
    const isMain = opened.matrix.name === opened.dataset.mainMatrix;
    return {
      role,
      name: nameOf(choice.path),
      format: formatTitle(opened.dataset),
      choice: present({ ...choice, matrix: isMain ? undefined : opened.matrix.name }),
      storage: 'linked',
      files: await hashFiles(files, signal, report),
      cells: survey.cells,
      genes: survey.genes,
      sparsity: survey.sparsity,
      values: survey.values,
      unit: opened.coordinates?.unit ?? null,
      preset: known?.role === role ? known.preset : null,
      warnings: warningsOf(opened, survey, role),
      imported: new Date().toISOString(),
    };
  } finally {
    await opened.close();
  }
}

/** A choice with absolute paths. */
export function absolute({ path, coordinates, labels, ...rest }: DatasetChoice): DatasetChoice {
  return present({
    ...rest,
    path: resolve(path),
    coordinates: coordinates === undefined ? undefined : resolve(coordinates),
    labels: labelPath(labels),
  });
}

/** What a dataset is called unless the user says otherwise: its file's name without endings. */
export function nameOf(path: string): string {
  return (
    basename(path)
      .replace(/\.(gz|csv|tsv|txt|tab|h5|h5ad|hdf5|loom|mtx)$/gi, '')
      .replace(/\.(csv|tsv|txt|tab|mtx)$/i, '') || basename(path)
  );
}
