import type { StopSignal } from '../../src-shared/contract/errors.ts';
import { throwIfStopped } from '../../src-shared/contract/errors.ts';
import { eachLine, lineBatches } from './byte-lines.ts';
import type { CsvLayout } from './csv-layout.ts';

const QUOTE = 34;

/** Where one row of a table lies; `line` counts from 1. */
export interface Row {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/**
 * The rows of a table without its header and without empty lines. In CosMx's tables, rows of the background
 * (cell_ID 0) are left out too.
 */
export async function* tableLines(
  path: string,
  layout: CsvLayout,
  signal?: StopSignal,
): AsyncGenerator<Row[]> {
  for await (const rows of bodyLines(path, signal)) yield rows.filter((row) => !isBackground(row, layout));
}

async function* bodyLines(path: string, signal?: StopSignal): AsyncGenerator<Row[]> {
  for await (const batch of lineBatches(path)) {
    throwIfStopped(signal);
    const rows: Row[] = [];
    eachLine(batch, (start, end, line) => {
      if (line > 1 && end > start) rows.push({ bytes: batch.bytes, start, end, line });
    });
    yield rows;
  }
}

/** The names in the first column, or the first two joined by _, and how many rows were of the background. */
export async function rowNames(
  path: string,
  layout: CsvLayout,
): Promise<{ readonly names: string[]; readonly background: number }> {
  const names: string[] = [];
  let background = 0;
  for await (const rows of bodyLines(path))
    for (const row of rows) {
      if (isBackground(row, layout)) background++;
      else names.push(keysOf(row, layout).join('_'));
    }
  return { names, background };
}

function isBackground(row: Row, layout: CsvLayout): boolean {
  return layout.keys === 2 && keysOf(row, layout)[1] === '0';
}

const decoder = new TextDecoder();

/** The first fields of a row, as many as name a cell together. */
function keysOf({ bytes, start, end }: Row, { delimiter, keys }: CsvLayout): string[] {
  const split = delimiter.charCodeAt(0);
  const parts: string[] = [];
  for (let at = start; parts.length < keys; at++) {
    const stop = fieldEnd(bytes, at, end, split);
    parts.push(
      decoder
        .decode(bytes.subarray(at, stop))
        .replace(/^\s*"|"\s*$/g, '')
        .trim(),
    );
    at = stop;
  }
  return parts;
}

/** The end of the field that starts at `start`: the next delimiter outside quotes, or the end of the line. */
export function fieldEnd(bytes: Uint8Array, start: number, end: number, split: number): number {
  let at = start;
  if (bytes[at] === QUOTE) {
    at++;
    while (at < end && bytes[at] !== QUOTE) at++;
  }
  while (at < end && bytes[at] !== split) at++;
  return at;
}
