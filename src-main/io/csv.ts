import { UserError } from '../../src-shared/contract/errors.ts';
import type { StopSignal, Warning } from '../../src-shared/contract/errors.ts';
import { throwIfStopped } from '../../src-shared/contract/errors.ts';
import type { MatrixSource } from '../matrix/csr.ts';
import type { Dataset, OpenMatrix } from '../matrix/dataset.ts';
import { BlockBuilder } from './block-builder.ts';
import { eachLine, firstBytes, isGzip, lineBatches } from './byte-lines.ts';
import { csvLayout } from './csv-layout.ts';
import type { CsvLayout, Orientation } from './csv-layout.ts';
import { noSuchMatrix } from './matrix-names.ts';
import { parseNumber } from './text-numbers.ts';
import { turned } from './turn.ts';
import type { Entries } from './turn.ts';

const QUOTE = 34;

/** A table of numbers as text, cells × genes or genes × cells, split by commas, tabs or semicolons, plain or gzip. */
export async function openCsv(path: string, orientation?: Orientation): Promise<Dataset> {
  const layout = await csvLayout(path, orientation);
  const names = await rowNames(path, layout);
  const cellsDown = layout.orientation === 'cells-by-genes';
  const [cells, genes] = cellsDown ? [names, layout.header] : [layout.header, names];
  const source = cellsDown ? tableRows(path, layout, names.length) : tableColumns(path, layout, names.length);
  const matrix: OpenMatrix = { name: 'table', source, cells, genes };
  return {
    path,
    format: 'csv',
    detail: await describe(path, layout),
    matrices: [{ name: 'table', cells: cells.length, genes: genes.length, layout: 'dense', type: 'text' }],
    mainMatrix: 'table',
    coordinates: undefined,
    obs: [],
    var: [],
    warnings: layout.reason === undefined ? [assumed(path)] : [],
    open: (name = 'table') =>
      name === 'table' ? Promise.resolve(matrix) : Promise.reject(noSuchMatrix(path, name, ['table'])),
    close: () => Promise.resolve(),
  };
}

async function describe(path: string, layout: CsvLayout): Promise<string> {
  const split = { ',': 'comma', ';': 'semicolon', '\t': 'tab' }[layout.delimiter];
  const axes = layout.orientation === 'cells-by-genes' ? 'cells × genes' : 'genes × cells, turned';
  const why = layout.reason ?? 'assumed, nothing speaks for either';
  const zipped = isGzip(await firstBytes(path, 2)) ? ', gzip' : '';
  return `${split}-separated table${zipped}, ${axes} (${why})`;
}

function assumed(path: string): Warning {
  return {
    code: 'orientation-assumed',
    message: `${path} is read as cells × genes, but neither its header nor its first column looks like gene names.`,
    place: { file: path },
  };
}

/** The names in the first column, or the first two joined by _. */
async function rowNames(path: string, { delimiter, keys }: CsvLayout): Promise<string[]> {
  const names: string[] = [];
  const decoder = new TextDecoder();
  const split = delimiter.charCodeAt(0);
  for await (const batch of lineBatches(path)) {
    eachLine(batch, (start, end, line) => {
      if (line === 1 || end === start) return;
      const parts: string[] = [];
      for (let at = start; parts.length < keys; at++) {
        const stop = fieldEnd(batch.bytes, at, end, split);
        parts.push(
          decoder
            .decode(batch.bytes.subarray(at, stop))
            .replace(/^\s*"|"\s*$/g, '')
            .trim(),
        );
        at = stop;
      }
      names.push(parts.join('_'));
    });
  }
  return names;
}

/** The end of the field that starts at `start`: the next delimiter outside quotes, or the end of the line. */
function fieldEnd(bytes: Uint8Array, start: number, end: number, split: number): number {
  let at = start;
  if (bytes[at] === QUOTE) {
    at++;
    while (at < end && bytes[at] !== QUOTE) at++;
  }
  while (at < end && bytes[at] !== split) at++;
  return at;
}

/** Calls `visit` with every value of a line that is not 0; refuses lines of another length and what is no number. */
function parseRow(
  { bytes, start, end, line }: { bytes: Uint8Array; start: number; end: number; line: number },
  path: string,
  layout: CsvLayout,
  visit: (field: number, value: number) => void,
): void {
  const split = layout.delimiter.charCodeAt(0);
  const comma = layout.delimiter !== ',';
  const fields = layout.header.length;
  let at = fieldEnd(bytes, start, end, split);
  for (let key = 1; key < layout.keys && at < end; key++) at = fieldEnd(bytes, at + 1, end, split);
  let field = 0;
  for (; at < end && field < fields; field++) {
    const from = at + 1;
    at = fieldEnd(bytes, from, end, split);
    if (at === from + 1 && bytes[from] === 48) continue;
    const value = parseNumber(bytes, from, at, comma);
    if (value === undefined) {
      const found = new TextDecoder().decode(bytes.subarray(from, Math.min(at, from + 40)));
      const name = layout.header[field]!;
      throw new UserError(
        `${path}, row ${line}, column ${name}: "${found}" is no number; an expression table may hold only numbers after its first column.`,
        { file: path, element: name, row: line },
      );
    }
    if (value !== 0) visit(field, value);
  }
  if (field !== fields || at < end)
    throw new UserError(
      `${path}, row ${line} has ${field < fields ? field : 'more than ' + String(fields)} values, the header has ${fields}; the file may be truncated.`,
      { file: path, row: line },
    );
}

interface Row {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** The rows of a table without its header and without empty lines. */
async function* tableLines(path: string, signal?: StopSignal): AsyncGenerator<Row[]> {
  for await (const batch of lineBatches(path)) {
    throwIfStopped(signal);
    const rows: Row[] = [];
    eachLine(batch, (start, end, line) => {
      if (line > 1 && end > start) rows.push({ bytes: batch.bytes, start, end, line });
    });
    yield rows;
  }
}

function tableRows(path: string, layout: CsvLayout, cells: number): MatrixSource {
  const genes = layout.header.length;
  return {
    file: path,
    element: 'table',
    rows: cells,
    columns: genes,
    async *blocks(signal) {
      const builder = new BlockBuilder(genes);
      for await (const rows of tableLines(path, signal))
        for (const row of rows) {
          parseRow(row, path, layout, (gene, value) => builder.add(gene, value));
          builder.endRow();
          if (builder.full) yield builder.take();
        }
      yield builder.take();
    },
  };
}

function tableColumns(path: string, layout: CsvLayout, genes: number): MatrixSource {
  const about = { file: path, element: 'table', rows: layout.header.length, columns: genes };
  return turned(about, async function* (signal): AsyncGenerator<Entries> {
    let gene = 0;
    for await (const rows of tableLines(path, signal))
      for (const row of rows) {
        const cells: number[] = [];
        const values: number[] = [];
        parseRow(row, path, layout, (cell, value) => {
          cells.push(cell);
          values.push(value);
        });
        const columns = new Int32Array(cells.length).fill(gene++);
        yield {
          length: cells.length,
          rows: Int32Array.from(cells),
          columns,
          values: Float64Array.from(values),
        };
      }
  });
}
