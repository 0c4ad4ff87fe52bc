import type { DatasetPreview } from '../../../src-shared/domain/preview.ts';
import type { DatasetChoice } from '../../../src-shared/domain/project.ts';
import type { Option } from '../../components/fields.tsx';
import { isPath, nameOf, parentOf } from '../../components/file-browser/listing.ts';
import { counted, whole } from '../../lib/words.ts';
import { valueWords } from './words.ts';

/** A choice with one part set, or left out where undefined. */
export function choosing(
  choice: DatasetChoice,
  part: Exclude<keyof DatasetChoice, 'path'>,
  value: string | undefined,
): DatasetChoice {
  const rest = Object.entries(choice).filter(([key]) => key !== part);
  return { path: choice.path, ...Object.fromEntries(rest), ...(value !== undefined && { [part]: value }) };
}

/** Every matrix by name and size. */
export function matrixOptions({ matrices }: DatasetPreview): Option<string>[] {
  return matrices.map(({ name, cells, genes, values }) => ({
    value: name,
    label: `${name} · ${whole(cells)} × ${whole(genes)} · ${valueWords[values].toLowerCase()}`,
  }));
}

/** Tables with positions: those beside the data and the one that was chosen elsewhere. '' stands for the data's own. */
export function positionOptions(preview: DatasetPreview, choice: DatasetChoice): Option<string>[] {
  const own =
    choice.coordinates === undefined
      ? sourceWords(preview.positions?.source ?? 'none found')
      : 'as they have them';
  return [{ value: '', label: `From the data (${own})` }, ...tableOptions(preview, choice.coordinates)];
}

function tableOptions({ tables }: DatasetPreview, chosen: string | undefined): Option<string>[] {
  const all = chosen === undefined || tables.includes(chosen) ? tables : [chosen, ...tables];
  return all.map((path) => ({ value: path, label: `Table ${nameOf(path)}` }));
}

/** A table by its name; an element of a file as it is called there. */
export function sourceWords(source: string): string {
  return isPath(source) ? nameOf(source) : source;
}

/** What data are called unless the user says otherwise: their folder, where the file's own name says nothing. */
export function suggestedName({ name, path }: Pick<DatasetPreview, 'name' | 'path'>): string {
  const says =
    !/^(?:st_|sc_|cell_)?(?:counts?|matrix|expression|data|spatial|reference|outs|\w+_feature_bc_matrix|feature_matrix)$/iu.test(
      name,
    );
  const folder = nameOf(parentOf(path) ?? '');
  return says || folder === '' || folder === '/' ? name : folder;
}

/** Names of what is measured or counted of a cell, or says where it lies: never a section. */
const OF_A_CELL =
  /^(?:array_|pxl_|center|[xyz](?:[._-]|$)|(?:\w+_)?area(?:[._-]|$)|(?:\w+_)?volume(?:[._-]|$)|total|(?:\w+_)?n?counts?(?:[._-]|$)|n?_?cell_?id)/iu;
/** Numbers with more values than this are measured, not given to sections. */
const MOST_NUMBERS = 50;

/** Columns that can tell one section from another. */
export function sectionOptions({ columns }: DatasetPreview): Option<string>[] {
  const found = columns.filter(
    ({ name, kind, distinct }) =>
      kind !== 'text' &&
      distinct >= 2 &&
      distinct <= (kind === 'number' ? MOST_NUMBERS : 200) &&
      !OF_A_CELL.test(name),
  );
  return [
    { value: '', label: 'All cells are of one section' },
    ...found.map(({ name, distinct }) => ({
      value: name,
      label: `${name} · ${counted(distinct, 'section')}`,
    })),
  ];
}

/** Columns and tables that may hold cell types. Values: '' for none, `column:NAME`, `table:PATH`. */
export function labelOptions(preview: DatasetPreview, file: string | undefined): Option<string>[] {
  const columns = preview.columns.filter(({ kind, distinct }) => kind === 'category' && distinct >= 2);
  return [
    { value: '', label: 'None' },
    ...columns.map(({ name, distinct, examples }) => ({
      value: `column:${name}`,
      label: `${name} · ${counted(distinct, 'type')}, such as ${examples.slice(0, 2).join(', ')}`,
    })),
    ...tableOptions(preview, file).map(({ value, label }) => ({ value: `table:${value}`, label })),
  ];
}
