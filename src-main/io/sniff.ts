import { constants, gunzipSync } from 'node:zlib';
import { UserError } from '../../src-shared/contract/errors.ts';
import { firstBytes, isGzip } from './byte-lines.ts';

export type Content = 'hdf5' | 'mtx' | 'text';

const SAMPLE = 1 << 16;
const HDF5 = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Files of other kinds that people try to open, by their first bytes. */
const others: readonly (readonly [string, string])[] = [
  ['PK\x03\x04', 'a ZIP or Excel file; unpack it, or export the sheet as CSV'],
  ['PAR1', 'a Parquet file, which is not read as a matrix'],
  ['BZh', 'packed with bzip2; unpack it first'],
  ['\xfd7zXZ', 'packed with xz; unpack it first'],
  ['\x28\xb5\x2f\xfd', 'packed with zstd; unpack it first'],
  ['RDX', 'an R data file; write it from R as .h5ad or MatrixMarket'],
  ['X\n\x00', 'an R data file (RDS); write it from R as .h5ad or MatrixMarket'],
  ['%PDF', 'a PDF document'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['II*\x00', 'a TIFF picture'],
  ['MM\x00*', 'a TIFF picture'],
  ['\xff\xfe', 'text in UTF-16; save it as UTF-8'],
  ['\xfe\xff', 'text in UTF-16; save it as UTF-8'],
  ['\x93NUMPY', 'a NumPy array, which has no names of cells and genes; write it as .h5ad'],
  ['<', 'a web page or XML, not data; the download may have gone wrong'],
  ['{', 'JSON, which is not read as a matrix'],
];

/** What a file holds, judged by its first bytes; throws one sentence for what is not read. */
export async function sniff(path: string): Promise<Content> {
  const bytes = await firstBytes(path, SAMPLE);
  if (bytes.length === 0) throw new UserError(`${path} is empty.`, { file: path });
  // An HDF5 file may begin with a block of its user's own, whose length is a power of two from 512 on.
  for (const at of [0, 512, 1024, 2048, 4096])
    if (HDF5.every((byte, i) => bytes[at + i] === byte)) return 'hdf5';
  const plain = isGzip(bytes) ? unpack(path, bytes) : bytes;
  const start = String.fromCharCode(...plain.subarray(0, 16));
  const known = others.find(([magic]) => start.startsWith(magic));
  if (known) throw new UserError(`${path} is ${known[1]}.`, { file: path });
  if (/^%%MatrixM/i.test(start)) return 'mtx';
  if (!isText(plain))
    throw new UserError(
      `${path} is of no format that is read here (CSV or TSV, MatrixMarket, 10x HDF5, AnnData .h5ad, Loom), or it is damaged.`,
      { file: path },
    );
  return 'text';
}

/** The beginning of what gzip data unpacks to. */
function unpack(path: string, bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 1 << 27 }).subarray(
      0,
      SAMPLE,
    );
  } catch (error) {
    const message = `${path}: the gzip data is truncated or damaged; copy or download the file again.`;
    throw new UserError(message, { file: path }, 'input', error);
  }
}

function isText(bytes: Uint8Array): boolean {
  let strange = 0;
  for (const byte of bytes) if (byte < 9 || (byte > 13 && byte < 32) || byte === 127) strange++;
  return strange === 0 || strange < bytes.length / 1000;
}

/** The format that a file's name promises; undefined for names that promise nothing. */
export function promisedFormat(path: string): string | undefined {
  const name = path.toLowerCase().replace(/\.gz$/, '');
  if (name.endsWith('.h5ad')) return 'h5ad';
  if (name.endsWith('.loom')) return 'loom';
  if (name.endsWith('.mtx')) return 'mtx';
  if (/\.(h5|hdf5)$/.test(name)) return 'hdf5';
  return /\.(csv|tsv|txt|tab)$/.test(name) ? 'csv' : undefined;
}
