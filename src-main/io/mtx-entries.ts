import { UserError } from '../../src-shared/contract/errors.ts';
import type { StopSignal } from '../../src-shared/contract/errors.ts';
import { throwIfStopped } from '../../src-shared/contract/errors.ts';
import { eachLine, lineBatches } from './byte-lines.ts';
import type { LineBatch } from './byte-lines.ts';
import type { MtxHeader } from './mtx-header.ts';
import { parseNumber } from './text-numbers.ts';
import type { Entries } from './turn.ts';

const PERCENT = 37;

class Collector {
  rows: number[] = [];
  columns: number[] = [];
  values: number[] = [];

  add(row: number, column: number, value: number): void {
    this.rows.push(row);
    this.columns.push(column);
    this.values.push(value);
  }

  take(): Entries {
    return {
      length: this.rows.length,
      rows: Int32Array.from(this.rows),
      columns: Int32Array.from(this.columns),
      values: Float64Array.from(this.values),
    };
  }
}

/** The entries of a MatrixMarket file; `turn` makes its columns the rows of what comes out (10x: genes × cells). */
export async function* mtxEntries(
  path: string,
  header: MtxHeader,
  turn: boolean,
  signal?: StopSignal,
): AsyncGenerator<Entries> {
  let seen = 0;
  for await (const batch of lineBatches(path)) {
    throwIfStopped(signal);
    const found = new Collector();
    eachLine(batch, (start, end, line) => {
      if (line <= header.sizeLine || end <= start || batch.bytes[start] === PERCENT) return;
      const [row, column, value] = entryOf(batch, { start, end, line }, path, header, seen);
      seen++;
      if (turn) found.add(column, row, value);
      else found.add(row, column, value);
      if (header.symmetric && row !== column) {
        if (turn) found.add(row, column, value);
        else found.add(column, row, value);
      }
    });
    yield found.take();
  }
  if (header.layout === 'coordinate' ? seen !== header.entries : !header.symmetric && seen !== header.entries)
    throw new UserError(
      `${path} says it has ${header.entries} entries and has ${seen}; the file is truncated or damaged.`,
      { file: path, row: header.sizeLine },
    );
}

/** Row, column (from 0) and value of one line. `seen` is the number of entries before it. */
function entryOf(
  { bytes }: LineBatch,
  { start, end, line }: { start: number; end: number; line: number },
  path: string,
  header: MtxHeader,
  seen: number,
): [number, number, number] {
  const numbers: (number | undefined)[] = [];
  for (let at = start; at < end;) {
    while (at < end && bytes[at]! <= 32) at++;
    const from = at;
    while (at < end && bytes[at]! > 32) at++;
    if (at > from) numbers.push(parseNumber(bytes, from, at));
  }
  const refuse = (what: string): UserError =>
    new UserError(`${path}, line ${line}: ${what}.`, { file: path, row: line });
  const wanted = header.layout === 'array' ? 1 : header.field === 'pattern' ? 2 : 3;
  if (numbers.length !== wanted || numbers.includes(undefined))
    throw refuse(`expected ${wanted} numbers; the file may be truncated or damaged`);
  if (header.layout === 'array') {
    if (header.symmetric || seen >= header.entries) throw refuse('more values than the header announces');
    return [seen % header.rows, Math.floor(seen / header.rows), numbers[0]!];
  }
  const [row, column, value = 1] = numbers as number[];
  if (
    !Number.isInteger(row) ||
    row! < 1 ||
    row! > header.rows ||
    !Number.isInteger(column) ||
    column! < 1 ||
    column! > header.columns
  )
    throw refuse(
      `the entry at ${row!}, ${column!} lies outside a matrix of ${header.rows} × ${header.columns}`,
    );
  return [row! - 1, column! - 1, value];
}
