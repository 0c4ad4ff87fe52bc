import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../../src-shared/contract/errors.ts';

const NEWLINE = 10;
/** A line longer than this is not a table's. */
const MAX_LINE = 1 << 28;

/** The first bytes of a file as they stand. */
export async function firstBytes(path: string, length: number): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Some whole lines of a file, each ended by a newline but perhaps the last; `firstLine` counts from 1. */
export interface LineBatch {
  readonly bytes: Uint8Array;
  readonly firstLine: number;
}

/** The text of a file, unpacked when it is gzip, as batches of whole lines. */
export async function* lineBatches(path: string): AsyncGenerator<LineBatch> {
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  const zipped = isGzip(await firstBytes(path, 2));
  const stream = zipped ? pipeline(file, createGunzip({ chunkSize: 1 << 18 }), () => undefined) : file;
  let rest: Uint8Array[] = [];
  let waiting = 0;
  let firstLine = 1;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const end = chunk.lastIndexOf(NEWLINE) + 1;
      if (end > 0) {
        const bytes = Buffer.concat([...rest, chunk.subarray(0, end)]);
        yield { bytes, firstLine };
        firstLine += countLines(bytes);
        rest = [];
        waiting = 0;
      }
      rest.push(chunk.subarray(end));
      waiting += chunk.length - end;
      if (waiting > MAX_LINE)
        throw new UserError(`${path}: line ${firstLine} never ends, so this is no table.`, { file: path });
    }
  } catch (error) {
    throw error instanceof UserError ? error : unreadable(path, zipped, error);
  } finally {
    stream.destroy();
    file.destroy();
  }
  if (waiting > 0) yield { bytes: Buffer.concat(rest), firstLine };
}

function unreadable(path: string, zipped: boolean, cause: unknown): UserError {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const message =
    zipped && (code.startsWith('Z_') || code.startsWith('ERR_'))
      ? `${path}: the gzip data is truncated or damaged; copy or download the file again.`
      : `${path} cannot be read (${code}).`;
  return new UserError(message, { file: path }, 'input', cause);
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}

/** Calls `visit` with start and end (without line break) of every line of a batch. */
export function eachLine(batch: LineBatch, visit: (start: number, end: number, line: number) => void): void {
  const { bytes } = batch;
  let line = batch.firstLine;
  for (let start = 0; start < bytes.length; line++) {
    const found = bytes.indexOf(NEWLINE, start);
    const next = found < 0 ? bytes.length : found;
    visit(start, next > start && bytes[next - 1] === 13 ? next - 1 : next, line);
    start = next + 1;
  }
}

/** The first lines of a text, gzip or not, as strings: at most `count` of them. */
export async function firstLines(path: string, count: number): Promise<string[]> {
  const lines: string[] = [];
  const decoder = new TextDecoder();
  for await (const batch of lineBatches(path)) {
    eachLine(batch, (start, end) => {
      if (lines.length < count) lines.push(decoder.decode(batch.bytes.subarray(start, end)));
    });
    if (lines.length >= count) break;
  }
  return lines;
}
