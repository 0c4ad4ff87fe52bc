import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { createH5ad } from '../../io/h5ad-writer.ts';
import { readTable } from '../../io/h5ad-table.ts';
import { Hdf5File } from '../../io/hdf5.ts';
import type { ReferenceCodes } from '../../methods/reference-codes.ts';

const FILE = 'reference-codes.h5ad';
const LABEL = 'label';
const CODES = 'X_spagene';

/** Labelled cells of the reference in its latent space. */
export interface LabelledCodes extends ReferenceCodes {
  readonly names: readonly string[];
  /** Index into names; −1 where a cell has none. */
  readonly labels: Int32Array;
}

/** Keeps the codes and labels of a run's reference cells beside its result, for labels to be transferred. */
export async function writeReferenceCodes(
  folder: string,
  cells: readonly string[],
  labels: readonly string[],
  { dimensions, values }: ReferenceCodes,
): Promise<void> {
  const names = [...new Set(labels)].filter((name) => name !== '').sort((a, b) => a.localeCompare(b, 'en'));
  const code = new Map(names.map((name, i) => [name, i]));
  const codes = Int32Array.from(labels, (name) => code.get(name) ?? -1);
  const writer = await createH5ad(join(folder, FILE), {
    obsNames: cells,
    varNames: [],
    obs: [{ name: LABEL, kind: 'category', categories: names, codes }],
    x: 'none',
    obsm: { [CODES]: { columns: dimensions, compression: 1, values } },
  });
  await writer.finish();
}

/** Throws a UserError where the run had no labels, or was made before they were kept. */
export async function readReferenceCodes(folder: string): Promise<LabelledCodes> {
  const path = join(folder, FILE);
  if (!existsSync(path)) {
    throw new UserError(
      `The run in ${folder} knows no cell types of its reference; give them (--reference-labels, or in the import of ` +
        'the reference) and impute again, or take clusters.',
      { file: path },
    );
  }
  const file = await Hdf5File.open(path);
  try {
    const obs = await readTable(file, '/obs', []);
    const column = obs?.columns.find(({ name }) => name === LABEL);
    const shape = (await file.dataset(`/obsm/${CODES}`))?.shape;
    if (column?.kind !== 'category' || shape === undefined) throw file.damaged('/obs', 'has no labels');
    const values = await file.slice(`/obsm/${CODES}`, [0, 0], shape);
    return {
      dimensions: shape[1]!,
      values: values instanceof Float32Array ? values : Float32Array.from(values),
      names: column.categories,
      labels: column.codes,
    };
  } finally {
    await file.close();
  }
}
