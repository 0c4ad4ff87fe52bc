import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { GeneSet } from '../../../src-shared/contract/calls/analysis.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { writeFileAtomically } from '../../io/atomic-write.ts';
import { readGeneSets, writeGeneSets } from '../../io/gmt.ts';

/** Collections of a project lie in gene-sets/NAME.gmt. */
const FOLDER = 'gene-sets';
const EXTENSION = '.gmt';

export interface Collection {
  readonly name: string;
  readonly path: string;
  readonly sets: number;
}

/** The sets of a .gmt file, under its name. Throws a UserError when it cannot be read, or a line of it is wrong. */
export async function readCollection(path: string): Promise<{ name: string; sets: GeneSet[] }> {
  return { name: nameOf(path), sets: await readGeneSets(path) };
}

/** Collections of a project by name, each with its number of lines that hold a set. */
export async function listCollections(project: string): Promise<Collection[]> {
  const folder = join(project, FOLDER);
  const files = await filesIn(folder);
  return Promise.all(
    files.map(async (file) => {
      const path = join(folder, file);
      const text = await readFile(path, 'utf8').catch(() => '');
      return { name: nameOf(file), path, sets: text.match(/^.*\S.*$/gmu)?.length ?? 0 };
    }),
  );
}

/**
 * Saves a collection in the project, in place of the one of the same name. @returns its path
 * Throws a UserError for sets that a .gmt file cannot hold, a name that another collection's file has, a full disk.
 */
export async function saveCollection(
  project: string,
  name: string,
  sets: readonly GeneSet[],
): Promise<string> {
  checkSets(sets);
  const folder = join(project, FOLDER);
  const stem = fileName(name);
  checkFree(await filesIn(folder), stem, name);
  // Should this fail for another reason than being there, so does the writing, which says why.
  await mkdir(folder).catch(() => undefined);
  const path = join(folder, `${stem}${EXTENSION}`);
  await writeFileAtomically(path, writeGeneSets(sets));
  return path;
}

async function filesIn(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => []);
  return files.filter((file) => file.endsWith(EXTENSION) && !file.startsWith('.')).sort();
}

function nameOf(path: string): string {
  return basename(path).replace(/\.gmt$/iu, '');
}

/** A name that every system takes for a file; what one of them would not take becomes a dash. */
export function fileName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-')
    .replace(/^[.\s]+|[.\s]+$/gu, '');
  const ofADevice = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu.test(plain);
  const usable = plain.replaceAll('-', '') === '' || ofADevice ? `Gene sets ${plain}`.trim() : plain;
  return Array.from(usable).slice(0, 80).join('').trimEnd();
}

/** Names that differ, but not as files do on every system, must not write over each other. */
function checkFree(files: readonly string[], stem: string, name: string): void {
  const other = files.find((file) => nameOf(file).toLowerCase() === stem.toLowerCase());
  if (other === undefined || nameOf(other) === name.trim().normalize('NFC')) return;
  throw refused(`There is a collection "${nameOf(other)}" already, too like "${name}"; choose another name.`);
}

function checkSets(sets: readonly GeneSet[]): void {
  if (sets.length === 0) throw refused('There is no gene set to save; add one first.');
  const names = new Set<string>();
  for (const { name, description, genes } of sets) {
    if (name.trim() === '') throw refused('A gene set has no name; give it one.');
    if (names.has(name.trim()))
      throw refused(`Two gene sets are called "${name}"; rename or remove one of them.`);
    names.add(name.trim());
    if (!genes.some((gene) => gene.trim() !== ''))
      throw refused(`The gene set "${name}" has no genes; add some, or remove it.`);
    const broken = [name, description, ...genes].find((text) => /[\t\r\n]/u.test(text));
    if (broken !== undefined)
      throw refused(
        `The gene set "${name}" holds a tab or a line break, which a .gmt file cannot keep; remove it.`,
      );
  }
}

function refused(message: string): UserError {
  return new UserError(message, {}, 'usage');
}
