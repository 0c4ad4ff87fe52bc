import { UserError } from '../../../src-shared/contract/errors.ts';
import type { Result } from '../../../src-shared/contract/handlers.ts';
import { NO_CATEGORY } from '../../../src-shared/domain/analysis-result.ts';
import type { Column } from '../../matrix/dataset.ts';

/** Text with more different values than this names things; it does not sort them. */
const MOST_CATEGORIES = 1000;
/** Numbers that stand for groups, as clustering writes them. */
const groupName = /cluster|leiden|louvain|label|type|class|section|slice|fov|batch|niche|domain|region/iu;
const sectionName = /^(section|slice|slide|sample|library_?id|tissue|fov_group)(_?(id|name|number))?$/iu;

type ColumnResult = Result<'map:column'>;
type ColumnInfo = Result<'map:cells'>['columns'][number];

/** A column about the cells as the page takes it: categories by code, or numbers. Undefined where it only names. */
export function shownColumn(column: Column): ColumnResult | undefined {
  if (column.kind === 'number') {
    const isGroup = groupName.test(column.name) && column.values.every((value) => isCode(value));
    if (!isGroup) return { kind: 'number', values: Float32Array.from(column.values) };
    return categories(
      Array.from(column.values, (value) => (Number.isNaN(value) ? '' : String(value))),
      true,
    );
  }
  if (column.kind === 'text') return categories(column.values, false);
  if (column.categories.length > MOST_CATEGORIES) return undefined;
  const codes = Uint16Array.from(column.codes, (code) => (code < 0 ? NO_CATEGORY : code));
  return { kind: 'category', names: [...column.categories], codes };
}

const isCode = (value: number): boolean =>
  Number.isNaN(value) || (Number.isInteger(value) && Math.abs(value) < 1000);

function categories(texts: readonly string[], numeric: boolean): ColumnResult | undefined {
  const names = [...new Set(texts)].filter((name) => name !== '');
  if (names.length > MOST_CATEGORIES || (names.length > 20 && names.length > texts.length / 2))
    return undefined;
  names.sort(numeric ? (a, b) => Number(a) - Number(b) : undefined);
  const codes = new Map(names.map((name, code) => [name, code]));
  return {
    kind: 'category',
    names,
    codes: Uint16Array.from(texts, (text) => codes.get(text) ?? NO_CATEGORY),
  };
}

/** The columns that can be shown, with how many different values each has. */
export function describeColumns(columns: readonly Column[]): ColumnInfo[] {
  return columns.flatMap((column): ColumnInfo[] => {
    const shown = shownColumn(column);
    if (shown === undefined) return [];
    const distinct = shown.kind === 'category' ? shown.names.length : new Set(shown.values).size;
    return [{ name: column.name, kind: shown.kind, distinct }];
  });
}

/** Section of each cell: the column that was chosen, else one that is called so and has a few values. */
export function sectionsOf(columns: readonly Column[], chosen: string | undefined) {
  const column =
    chosen === undefined
      ? columns.find(({ name }) => sectionName.test(name))
      : columns.find(({ name }) => name === chosen);
  const shown = column && categoriesOf(column);
  if (shown?.kind !== 'category') return undefined;
  return chosen === undefined && !(shown.names.length > 1 && shown.names.length <= 64) ? undefined : shown;
}

/** A column as categories, numbers included. Undefined where it only names. */
export function categoriesOf(column: Column): ColumnResult | undefined {
  if (column.kind !== 'number') return shownColumn(column);
  return categories(
    Array.from(column.values, (value) => (Number.isNaN(value) ? '' : String(value))),
    true,
  );
}

/** Throws a UserError when there is no such column, or none that can be shown. */
export function columnNamed(columns: readonly Column[], name: string): ColumnResult {
  const column = columns.find((one) => one.name === name);
  const shown = column && shownColumn(column);
  if (shown) return shown;
  const known = describeColumns(columns).map((one) => one.name);
  throw new UserError(
    `The spatial data have no column "${name}" that can be shown; there is ${known.join(', ') || 'none'}.`,
    { element: name },
  );
}
