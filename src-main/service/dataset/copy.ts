import { createHash, randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UserError, type StopSignal } from '../../../src-shared/contract/errors.ts';
import type { DatasetChoice, DatasetRecord } from '../../../src-shared/domain/project.ts';
import { labelSource } from '../../engine/reference-labels.ts';
import { writeError } from '../../io/atomic-write.ts';
import { makeFolder } from '../../io/make-folder.ts';
import { chunksOf } from '../../project/dataset-record.ts';
import { isInside } from '../../project/stored-path.ts';
import type { Report } from './survey.ts';

/**
 * Copies the files of a dataset into a folder of the project and gives the record of the copy and its folder. Files of a vendor's
 * folder keep their places in it. Nothing is left behind when it fails or is stopped.
 * @param home the project's folder of datasets
 * @throws UserError for a full disk, a file that cannot be read or that changed meanwhile; StoppedError
 */
export async function copyDataset(
  record: DatasetRecord,
  home: string,
  signal?: StopSignal,
  report?: Report,
): Promise<{ readonly record: DatasetRecord; readonly folder: string }> {
  const target = freeFolder(home, record.role);
  const draft = join(home, `.${record.role}-${randomBytes(4).toString('hex')}.tmp`);
  const places = placesOf(record);
  const total = record.files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  try {
    await makeFolder(draft);
    for (const file of record.files) {
      const to = join(draft, places.get(file.path)!);
      await makeFolder(dirname(to));
      await copyFile(file, to, signal, (bytes) => {
        done += bytes;
        report?.('Copying into the project', total === 0 ? null : Math.min(1, done / total));
      });
    }
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    throw error instanceof UserError ? error : writeError(error, target);
  }
  const placeOf = (path: string): string | undefined => {
    const place = places.get(path);
    return place === undefined ? undefined : join(target, place);
  };
  return { record: moved(record, placeOf, target), folder: target };
}

/** `datasets/spatial`, or with a number where an earlier copy still lies there. */
function freeFolder(home: string, role: string): string {
  for (let i = 1; ; i++) {
    const folder = join(home, i === 1 ? role : `${role}-${i}`);
    if (!existsSync(folder)) return folder;
  }
}

/** Where each file goes, relative to the new folder: as it lies in the dataset's own folder, or else by its name. */
function placesOf({ choice, files }: DatasetRecord): Map<string, string> {
  const isFolder = statSync(choice.path).isDirectory();
  const root = dirname(choice.path);
  const places = new Map<string, string>();
  const taken = new Set<string>();
  for (const { path } of files) {
    const inside = isFolder ? isInside(choice.path, path) : isInside(root, path);
    let place = inside ? relative(root, path) : basename(path);
    for (let i = 2; taken.has(place); i++) place = `${i}-${basename(path)}`;
    taken.add(place);
    places.set(path, place);
  }
  return places;
}

/** Copies one file and checks that it is the one whose hash is known. */
async function copyFile(
  { path, sha256 }: DatasetRecord['files'][number],
  to: string,
  signal: StopSignal | undefined,
  written: (bytes: number) => void,
): Promise<void> {
  const hash = createHash('sha256');
  const handle = await open(to, 'wx');
  try {
    for await (const chunk of chunksOf(path, signal)) {
      hash.update(chunk);
      await handle.writeFile(chunk);
      written(chunk.length);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (hash.digest('hex') !== sha256)
    throw new UserError(`${path} changed while it was being copied; import it again when it is complete.`, {
      file: path,
    });
}

/** A record whose files lie elsewhere; `target` is the folder that the dataset's own folder or file went to. */
function moved(
  record: DatasetRecord,
  placeOf: (path: string) => string | undefined,
  target: string,
): DatasetRecord {
  const { choice, files, warnings } = record;
  const path = placeOf(choice.path) ?? join(target, basename(choice.path));
  const coordinates = choice.coordinates === undefined ? undefined : placeOf(choice.coordinates);
  const { file, column } = choice.labels === undefined ? {} : labelSource(choice.labels);
  const labels = file === undefined ? undefined : placeOf(resolve(file));
  const next: DatasetChoice = {
    ...choice,
    path,
    ...(coordinates === undefined ? {} : { coordinates }),
    ...(labels === undefined ? {} : { labels: column === undefined ? labels : `${labels}:${column}` }),
  };
  return {
    ...record,
    choice: next,
    storage: 'copied',
    files: files.map((one) => ({ ...one, path: placeOf(one.path)! })),
    warnings: warnings.map(({ place, ...warning }) => ({
      ...warning,
      message: warning.message.replaceAll(choice.path, path),
      ...(place && { place: { ...place, ...(place.file && { file: placeOf(place.file) ?? place.file }) } }),
    })),
  };
}
