import type { Warning } from '../../src-shared/contract/errors.ts';
import type { Column } from '../matrix/dataset.ts';
import type { Hdf5File } from './hdf5.ts';
import { textAttribute } from './hdf5.ts';
import type { Hdf5Dataset, Hdf5Group } from './hdf5-protocol.ts';

/**
 * One column of a table, whatever its encoding: plain numbers and text, booleans, enums, anndata's categoricals (old:
 * codes with an attribute that points at their names; new: a group of codes and categories) and nullable arrays.
 * A column of a type that is not read gives a warning and undefined.
 */
export async function readColumn(
  file: Hdf5File,
  path: string,
  name: string,
  warnings: Warning[],
  oldCategories?: string,
): Promise<Column | undefined> {
  const node = await file.node(path);
  const column =
    node?.kind === 'group'
      ? await groupColumn(file, path, name, node)
      : node && (await plainColumn(file, path, name, node, oldCategories));
  if (!column)
    warnings.push({
      code: 'column-not-read',
      message: `${file.path}: the column ${path.slice(1)} is of a kind that is not read and is left out.`,
      place: { file: file.path, element: path },
    });
  return column;
}

async function plainColumn(
  file: Hdf5File,
  path: string,
  name: string,
  node: Hdf5Dataset,
  oldCategories: string | undefined,
): Promise<Column | undefined> {
  const { kind, labels } = node.type;
  if (kind === 'text') return { name, kind: 'text', values: await file.strings(path) };
  if (kind === 'boolean') return categorical(file, path, name, await file.numbers(path), ['False', 'True']);
  if (kind === 'enum') {
    const order = Object.entries(labels ?? {}).sort((a, b) => a[1] - b[1]);
    const position = new Map(order.map(([, code], at) => [code, at]));
    const codes = (await file.numbers(path)).map((code) => position.get(code) ?? -1);
    return categorical(
      file,
      path,
      name,
      codes,
      order.map(([label]) => label),
    );
  }
  if (kind !== 'integer' && kind !== 'float') return undefined;
  const values = await file.numbers(path);
  const pointed = textAttribute(node, 'categories') ?? oldCategories;
  if (pointed === undefined) return { name, kind: 'number', values };
  return categorical(file, path, name, values, await file.strings(pointed));
}

async function groupColumn(
  file: Hdf5File,
  path: string,
  name: string,
  group: Hdf5Group,
): Promise<Column | undefined> {
  if (group.keys.includes('codes') && group.keys.includes('categories')) {
    const codes = await file.numbers(`${path}/codes`);
    return categorical(file, path, name, codes, await file.strings(`${path}/categories`));
  }
  if (!group.keys.includes('values') || !group.keys.includes('mask')) return undefined;
  const mask = await file.numbers(`${path}/mask`);
  const node = await file.dataset(`${path}/values`);
  if (!node) return undefined;
  const values = await plainColumn(file, `${path}/values`, name, node, undefined);
  if (!values) return undefined;
  const length = values.kind === 'category' ? values.codes.length : values.values.length;
  if (mask.length !== length)
    throw file.damaged(`${path}/mask`, `has ${mask.length} values instead of ${length}`);
  if (values.kind === 'category')
    return { ...values, codes: values.codes.map((code, i) => (mask[i] ? -1 : code)) };
  if (values.kind === 'number')
    return { ...values, values: values.values.map((value, i) => (mask[i] ? NaN : value)) };
  return { ...values, values: values.values.map((value, i) => (mask[i] ? '' : value)) };
}

/** A category column with its codes checked; negative codes are missing values. */
export function categorical(
  file: Hdf5File,
  path: string,
  name: string,
  codes: ArrayLike<number>,
  categories: readonly string[],
): Column {
  const checked = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (!(code < categories.length))
      throw file.damaged(
        path,
        `has the code ${code} in row ${i + 1}, but only ${categories.length} categories`,
      );
    checked[i] = code < 0 ? -1 : code;
  }
  return { name, kind: 'category', categories, codes: checked };
}
