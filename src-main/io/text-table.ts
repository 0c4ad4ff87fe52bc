import { UserError } from '../../src-shared/contract/errors.ts';
import type { Column } from '../matrix/dataset.ts';
import { eachLine, lineBatches } from './byte-lines.ts';
import { findDelimiter, splitFields } from './csv-layout.ts';
import { parseNumber } from './text-numbers.ts';

/** Columns of text as they stand in a file; all of one length. */
export interface TextTable {
  readonly path: string;
  readonly names: readonly string[];
  readonly columns: readonly (readonly string[])[];
  readonly rows: number;
}

/** The header that 10x leaves out of Visium's tissue_positions_list.csv. */
const visiumHeader = [
  'barcode',
  'in_tissue',
  'array_row',
  'array_col',
  'pxl_row_in_fullres',
  'pxl_col_in_fullres',
];
const MAX_COLUMNS = 10_000;

/** Reads a small table about cells (coordinates, labels): CSV, TSV or semicolons, plain or gzip, one row a cell. */
export async function readTextTable(path: string): Promise<TextTable> {
  const lines: string[] = [];
  const decoder = new TextDecoder();
  for await (const batch of lineBatches(path)) {
    eachLine(batch, (start, end) => {
      if (end > start) lines.push(decoder.decode(batch.bytes.subarray(start, end)));
    });
  }
  const refuse = (what: string, row = 1): UserError => new UserError(`${path} ${what}.`, { file: path, row });
  const delimiter = findDelimiter(lines);
  if (lines.length < 1 || delimiter === undefined)
    throw refuse('is no table: its lines are not split by commas, tabs or semicolons');
  let header = splitFields(lines[0]!, delimiter);
  const bare = header.length === 6 && header.slice(1).every((field) => /^-?\d/.test(field));
  const body = bare ? lines : lines.slice(1);
  if (bare) header = visiumHeader;
  if (body.length === 0) throw refuse('has a header and no rows');
  const widths = splitFields(body[0]!, delimiter).length;
  if (widths === header.length + 1) header = ['', ...header];
  if (header.length > MAX_COLUMNS)
    throw refuse(`has ${header.length} columns, too many for a table about cells`);
  const columns: string[][] = header.map(() => []);
  body.forEach((line, i) => {
    const fields = splitFields(line, delimiter);
    if (fields.length !== header.length) {
      const row = i + (bare ? 1 : 2);
      throw refuse(
        `has ${fields.length} fields in row ${row} and ${header.length} in its header; it may be truncated`,
        row,
      );
    }
    fields.forEach((field, at) => columns[at]!.push(field));
  });
  return { path, names: header, columns, rows: body.length };
}

const encoder = new TextEncoder();

/** A column as numbers when all its values are numbers or missing (and one is a number), else as text. */
export function typedColumn(name: string, texts: readonly string[]): Column {
  const values = new Float64Array(texts.length);
  let numbers = 0;
  for (let i = 0; i < texts.length; i++) {
    const bytes = encoder.encode(texts[i]);
    const value = parseNumber(bytes, 0, bytes.length);
    if (value === undefined) return { name, kind: 'text', values: texts };
    values[i] = value;
    if (!Number.isNaN(value)) numbers++;
  }
  return numbers > 0 ? { name, kind: 'number', values } : { name, kind: 'text', values: texts };
}
