import type { Warning } from '../../src-shared/contract/errors.ts';
import type { Column } from '../matrix/dataset.ts';
import type { Hdf5File } from './hdf5.ts';
import { MAX_SLICE, textAttribute } from './hdf5.ts';
import { categorical, readColumn } from './hdf5-columns.ts';
import type { Hdf5Dataset, Hdf5Group, TableColumn } from './hdf5-protocol.ts';

/** A table of anndata: obs, var, raw/var. */
export interface Table {
  readonly index: readonly string[];
  readonly columns: readonly Column[];
}

/** Reads a table: a group of columns (anndata ≥ 0.7) or one compound dataset (before). Undefined when there is none. */
export async function readTable(
  file: Hdf5File,
  path: string,
  warnings: Warning[],
): Promise<Table | undefined> {
  const node = await file.node(path);
  if (!node) return undefined;
  return node.kind === 'group' ? frame(file, path, node, warnings) : compound(file, path);
}

async function frame(file: Hdf5File, path: string, group: Hdf5Group, warnings: Warning[]): Promise<Table> {
  const indexName =
    textAttribute(group, '_index') ?? ['_index', 'index'].find((name) => group.keys.includes(name));
  if (indexName === undefined || !group.keys.includes(indexName))
    throw file.damaged(path, 'has no index of names');
  const index = await indexNames(file, `${path}/${indexName}`, warnings);
  const order = group.attributes['column-order'];
  const listed = Array.isArray(order) ? order.map(String) : [];
  const names = [...new Set([...listed, ...group.keys])].filter((name) => group.keys.includes(name));
  const columns: Column[] = [];
  const old = (await file.group(`${path}/__categories`))?.keys ?? [];
  for (const name of names) {
    if (name === indexName || name === '__categories') continue;
    const categories = old.includes(name) ? `${path}/__categories/${name}` : undefined;
    const column = await readColumn(file, `${path}/${name}`, name, warnings, categories);
    if (!column) continue;
    const length = column.kind === 'category' ? column.codes.length : column.values.length;
    if (length !== index.length)
      throw file.damaged(`${path}/${name}`, `has ${length} values, but the table has ${index.length} rows`);
    columns.push(column);
  }
  return { index, columns };
}

/** The index as text; it may be a categorical or nullable array itself. */
async function indexNames(file: Hdf5File, path: string, warnings: Warning[]): Promise<readonly string[]> {
  if (await file.dataset(path)) return file.strings(path);
  const column = await readColumn(file, path, 'index', warnings);
  if (!column) throw file.damaged(path, 'is no list of names');
  if (column.kind === 'text') return column.values;
  if (column.kind === 'number') return Array.from(column.values, String);
  return Array.from(column.codes, (code) => column.categories[code] ?? '');
}

/** The members of a compound dataset, read in slices. */
export async function compoundColumns(
  file: Hdf5File,
  path: string,
  node: Hdf5Dataset,
): Promise<TableColumn[]> {
  const rows = node.shape[0] ?? 0;
  if (node.shape.length !== 1 || node.type.kind !== 'compound') throw file.damaged(path, 'is no table');
  const step = Math.max(1, Math.floor(MAX_SLICE / 8 / node.type.size));
  const parts = new Map<string, { width: number; numbers: number[] | undefined; texts: string[] }>();
  for (let from = 0; from < rows; from += step) {
    const read = await file.read(path, [from], [Math.min(rows, from + step)]);
    for (const { name, width, values } of read.kind === 'table' ? read.columns : []) {
      const part = parts.get(name) ?? {
        width,
        numbers: values instanceof Float64Array ? [] : undefined,
        texts: [],
      };
      parts.set(name, part);
      if (values instanceof Float64Array) for (const value of values) part.numbers?.push(value);
      else part.texts.push(...values);
    }
  }
  return [...parts].map(([name, { width, numbers, texts }]) => ({
    name,
    width,
    values: numbers ? Float64Array.from(numbers) : texts,
  }));
}

async function compound(file: Hdf5File, path: string): Promise<Table> {
  const node = await file.dataset(path);
  if (!node) throw file.damaged(path, 'is missing');
  const members = await compoundColumns(file, path, node);
  const names = members.find(({ name }) => name === 'index' || name === '_index') ?? members[0];
  if (!names) throw file.damaged(path, 'has no index of names');
  const columns: Column[] = [];
  for (const member of members) {
    if (member === names || member.width !== 1) continue;
    const { name, values } = member;
    // Before anndata 0.7 the names of a categorical's codes stood in uns.
    const categories = `/uns/${name}_categories`;
    if (!(values instanceof Float64Array)) columns.push({ name, kind: 'text', values });
    else if (await file.dataset(categories))
      columns.push(categorical(file, `${path}/${name}`, name, values, await file.strings(categories)));
    else columns.push({ name, kind: 'number', values });
  }
  const index = names.values instanceof Float64Array ? Array.from(names.values, String) : names.values;
  return { index, columns };
}
