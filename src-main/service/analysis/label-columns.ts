import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { readTable } from '../../io/h5ad-table.ts';
import { Hdf5File } from '../../io/hdf5.ts';
import type { Column } from '../../matrix/dataset.ts';
import { categoriesOf, shownColumn } from '../map/cell-columns.ts';

/** A column about the cells of a run whose values sort them, with how many cells each value has. */
export interface LabelColumn {
  readonly name: string;
  readonly types: readonly { readonly name: string; readonly cells: number }[];
}

/** Results whose columns are kept. */
const MOST = 4;

/** Columns of results of runs that labels can be taken from; kept, since they are asked for again and again. */
export class LabelColumns {
  readonly #known = new Map<string, Promise<LabelColumn[]>>();

  /** @param path imputed.h5ad of a run. Throws a UserError when it is gone or damaged. */
  async of(path: string): Promise<LabelColumn[]> {
    const found = await stat(path).catch(() => undefined);
    const key = JSON.stringify([path, found?.size, found?.mtimeMs]);
    let columns = this.#known.get(key);
    if (columns === undefined) {
      columns = readColumns(path);
      columns.catch(() => this.#known.delete(key));
      this.#known.set(key, columns);
      for (const other of this.#known.keys()) if (this.#known.size > MOST) this.#known.delete(other);
    }
    return columns;
  }
}

async function readColumns(path: string): Promise<LabelColumn[]> {
  if (!existsSync(path))
    throw new UserError(`${path} is not there, so the run cannot be analysed; run it again.`, { file: path });
  const file = await Hdf5File.open(path);
  try {
    const obs = await readTable(file, '/obs', []);
    if (obs === undefined) throw file.damaged('/obs', 'is missing, so this is no result of a run');
    const place = '/uns/section_column';
    const section = (await file.dataset(place)) ? (await file.strings(place))[0] : undefined;
    return obs.columns.flatMap((column) => labelColumn(column, column.name === section));
  } finally {
    await file.close();
  }
}

/** Numbers of the sections are labels too; other numbers where their name says that they stand for groups. */
function labelColumn(column: Column, isSection: boolean): LabelColumn[] {
  const shown = isSection ? categoriesOf(column) : shownColumn(column);
  if (shown?.kind !== 'category') return [];
  const cells = new Uint32Array(shown.names.length);
  for (const code of shown.codes) if (code < cells.length) cells[code]!++;
  const types = shown.names.flatMap((name, code) =>
    cells[code]! > 0 ? [{ name, cells: cells[code]! }] : [],
  );
  return types.length === 0 ? [] : [{ name: column.name, types }];
}
