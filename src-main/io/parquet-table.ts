import * as zlib from 'node:zlib';
import { asyncBufferFromFile, parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet';
import type { AsyncBuffer, Compressors, FileMetaData } from 'hyparquet';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { Column } from '../matrix/dataset.ts';
import { firstBytes } from './byte-lines.ts';

const MAX_COLUMNS = 10_000;

/** Snappy is built into the reader; zstd came to Node with version 22.15. */
const zstd = (zlib as { zstdDecompressSync?: (bytes: Uint8Array) => Uint8Array }).zstdDecompressSync;
const compressors: Compressors = {
  GZIP: (bytes) => new Uint8Array(zlib.gunzipSync(bytes)),
  BROTLI: (bytes) => new Uint8Array(zlib.brotliDecompressSync(bytes)),
  ...(zstd && { ZSTD: (bytes: Uint8Array) => new Uint8Array(zstd(bytes)) }),
};
const readable = new Set<string>(['UNCOMPRESSED', 'SNAPPY', ...Object.keys(compressors)]);

export async function isParquet(path: string): Promise<boolean> {
  return String.fromCharCode(...(await firstBytes(path, 4))) === 'PAR1';
}

/**
 * Reads a table about cells from a Parquet file: numbers as numbers (NaN where missing), all else as text ('' where
 * missing); columns that hold lists or records are left out.
 * @throws UserError when the file is damaged, or packed in a way that is not read (names the way).
 */
export async function readParquetTable(path: string): Promise<Column[]> {
  const file = await asyncBufferFromFile(path);
  const metadata = await attempt(path, parquetMetadataAsync(file));
  const names = parquetSchema(metadata)
    .children.filter((child) => child.children.length === 0 && child.element.repetition_type !== 'REPEATED')
    .map((child) => child.element.name);
  if (names.length > MAX_COLUMNS)
    throw new UserError(`${path} has ${names.length} columns, too many for a table about cells.`, {
      file: path,
    });
  refuseCodec(path, metadata);
  const columns: Column[] = [];
  for (const name of names) columns.push(await readColumn(path, file, metadata, name));
  return columns;
}

function refuseCodec(path: string, { row_groups: groups }: FileMetaData): void {
  const codecs = groups.flatMap((group) => group.columns.map((column) => column.meta_data?.codec ?? ''));
  const odd = codecs.find((codec) => codec !== '' && !readable.has(codec));
  if (odd === undefined) return;
  throw new UserError(
    `${path} is packed with ${odd.toLowerCase()}, which is not read here; write the table again as CSV, or as Parquet packed with snappy.`,
    { file: path },
  );
}

/** One column at a time, so that a table of millions of rows is never held twice. */
async function readColumn(
  path: string,
  file: AsyncBuffer,
  metadata: FileMetaData,
  name: string,
): Promise<Column> {
  const rows = Number(metadata.num_rows);
  const values = new Array<unknown>(rows);
  const reading = parquetRead({
    file,
    metadata,
    columns: [name],
    compressors,
    onChunk: ({ columnData, rowStart }) => {
      for (let i = 0; i < columnData.length; i++) values[rowStart + i] = columnData[i];
    },
  });
  await attempt(path, reading);
  return typed(name, values);
}

async function attempt<T>(path: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw new UserError(
      `${path}: the Parquet data is truncated or damaged; copy or download the file again.`,
      { file: path },
      'input',
      error,
    );
  }
}

function typed(name: string, values: readonly unknown[]): Column {
  const present = values.filter((value) => value !== null && value !== undefined);
  const numeric = present.every((value) => typeof value === 'number' || typeof value === 'bigint');
  if (present.length > 0 && numeric)
    return {
      name,
      kind: 'number',
      values: Float64Array.from(values, (value) =>
        value === null || value === undefined ? NaN : Number(value),
      ),
    };
  return { name, kind: 'text', values: values.map(textOf) };
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : JSON.stringify(value);
}
