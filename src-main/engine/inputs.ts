import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { UserError, type Warning } from '../../src-shared/contract/errors.ts';
import type { InputRequest } from '../../src-shared/domain/impute-request.ts';
import { readCoordinates } from '../io/coordinates.ts';
import { openDataset } from '../io/registry.ts';
import type { Column, Coordinates, Dataset, OpenMatrix } from '../matrix/dataset.ts';
import { labelSource, referenceLabels, textOf } from './reference-labels.ts';

/** The opened datasets of a run. */
export interface Inputs {
  readonly spatial: OpenMatrix;
  readonly reference: OpenMatrix;
  readonly coordinates: Coordinates | undefined;
  /** Tables about the spatial cells, those of the coordinates' table included. */
  readonly obs: readonly Column[];
  /** Label of each reference cell, where labels were given. */
  readonly labels: readonly string[] | undefined;
  /** Tissue section of each spatial cell, where a column was named. */
  readonly sections: readonly string[] | undefined;
  readonly warnings: readonly Warning[];
  close(): Promise<void>;
}

/** A file that a run read, so that a result can be traced to it. */
export interface InputFile {
  readonly role: 'spatial' | 'reference' | 'coordinates' | 'labels';
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Opens everything that a run reads. Throws a UserError that names the file and what to do. */
export async function openInputs(request: InputRequest): Promise<Inputs> {
  const open: Dataset[] = [];
  const close = async () => {
    for (const dataset of open) await dataset.close();
  };
  try {
    const [spatial, reference] = [await openDataset(request.spatial), await openDataset(request.reference)];
    open.push(spatial, reference);
    const spatialMatrix = await spatial.open(matrixName(request.spatialMatrix));
    const referenceMatrix = await reference.open(matrixName(request.referenceMatrix));
    const table = request.coordinates
      ? await readCoordinates(request.coordinates, spatialMatrix.cells)
      : undefined;
    const obs = mergeColumns(spatial.obs, table?.obs ?? []);
    checkSection(request, obs);
    const coordinates = table?.coordinates ?? spatial.coordinates;
    return {
      spatial: spatialMatrix,
      reference: referenceMatrix,
      coordinates,
      obs,
      labels: await referenceLabels(request.referenceLabels, reference, referenceMatrix),
      sections:
        request.section === undefined ? undefined : textOf(obs.find(({ name }) => name === request.section)!),
      warnings: [
        ...spatial.warnings,
        ...reference.warnings,
        ...(coordinates ? [] : [noCoordinates(request)]),
      ],
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** `raw` is short for AnnData's raw/X. */
function matrixName(asked: string | undefined): string | undefined {
  return asked === 'raw' ? 'raw/X' : asked;
}

function noCoordinates(request: InputRequest): Warning {
  return {
    code: 'no-coordinates',
    message: `${request.spatial} holds no cell positions, so the result has none; give them with --coordinates.`,
    place: { file: request.spatial },
  };
}

/** Columns of both tables; of equal names the first counts. */
function mergeColumns(first: readonly Column[], second: readonly Column[]): Column[] {
  const names = new Set(first.map((column) => column.name));
  return [...first, ...second.filter((column) => !names.has(column.name))];
}

function checkSection({ section, spatial }: InputRequest, obs: readonly Column[]): void {
  if (section === undefined || obs.some((column) => column.name === section)) return;
  const names = obs.map((column) => column.name).join(', ') || 'none';
  throw new UserError(
    `${spatial} has no cell column "${section}" for --section; its columns are: ${names}.`,
    { file: spatial, element: section },
  );
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** The genes that the user wants out: `all`, names separated by commas, or a file with a name a line. */
export async function wantedGenes(asked: string | undefined): Promise<'all' | readonly string[]> {
  if (asked === undefined) return [];
  if (asked === 'all') return 'all';
  const isFile = statSync(asked, { throwIfNoEntry: false })?.isFile() ?? false;
  const text = isFile ? await readFile(asked, 'utf8') : asked;
  const names = text.split(isFile ? /[\r\n,\t]+/u : /,/u).map((name) => name.trim());
  const given = [...new Set(names.filter((name) => name !== ''))];
  if (given.length > 0) return given;
  const what = isFile ? `${asked} holds no gene names` : 'no gene is named';
  throw new UserError(`--genes: ${what}; name some, or leave --genes out.`, {}, 'usage');
}

/** The files that a request reads, with their hashes. Reads them whole, so once a run and not once a process. */
export async function inputFiles(request: InputRequest): Promise<InputFile[]> {
  const labelFile = request.referenceLabels && labelSource(request.referenceLabels).file;
  const roles = [
    ['spatial', request.spatial],
    ['reference', request.reference],
    ['coordinates', request.coordinates],
    ['labels', labelFile],
  ] as const;
  const files: InputFile[] = [];
  for (const [role, path] of roles) {
    if (path === undefined || !exists(path)) continue;
    for (const file of await filesOf(path)) {
      files.push({ role, path: resolve(file), bytes: statSync(file).size, sha256: await sha256(file) });
    }
  }
  return files;
}

/** A file, or the files of a vendor's folder that are not pictures. */
async function filesOf(path: string): Promise<string[]> {
  if (!statSync(path).isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.(?:png|jpe?g|tiff?|svs|dat|zip)$/iu.test(basename(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
