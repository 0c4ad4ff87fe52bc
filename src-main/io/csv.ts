import { UserError } from '../../src-shared/contract/errors.ts';
import type { Warning } from '../../src-shared/contract/errors.ts';
import type { MatrixSource } from '../matrix/csr.ts';
import type { Dataset, OpenMatrix } from '../matrix/dataset.ts';
import { BlockBuilder } from './block-builder.ts';
import { firstBytes, isGzip } from './byte-lines.ts';
import { csvLayout } from './csv-layout.ts';
import type { CsvLayout, Orientation } from './csv-layout.ts';
import { fieldEnd, rowNames, tableLines } from './csv-rows.ts';
import type { Row } from './csv-rows.ts';
import { noSuchMatrix } from './matrix-names.ts';
import { parseNumber } from './text-numbers.ts';
import { turned } from './turn.ts';
import type { Entries } from './turn.ts';

/** A table of numbers as text, cells × genes or genes × cells, split by commas, tabs or semicolons, plain or gzip. */
export async function openCsv(path: string, orientation?: Orientation): Promise<Dataset> {
  const layout = await csvLayout(path, orientation);
  const { names, background } = await rowNames(path, layout);
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
    warnings: [
      ...(layout.reason === undefined ? [assumed(path)] : []),
      ...(background > 0 ? [setAside(path, background)] : []),
    ],
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

function setAside(path: string, rows: number): Warning {
  return {
    code: 'background-rows',
    message: `${path}: ${rows} rows with cell_ID 0 are set aside; they hold the counts that lie outside of all cells, one row a field of view.`,
    place: { file: path },
  };
}

/** Calls `visit` with every value of a line that is not 0; refuses lines of another length and what is no number. */
function parseRow(
  { bytes, start, end, line }: Row,
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

function tableRows(path: string, layout: CsvLayout, cells: number): MatrixSource {
  const genes = layout.header.length;
  return {
    file: path,
    element: 'table',
    rows: cells,
    columns: genes,
    async *blocks(signal) {
      const builder = new BlockBuilder(genes);
      for await (const rows of tableLines(path, layout, signal))
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
    for await (const rows of tableLines(path, layout, signal))
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
