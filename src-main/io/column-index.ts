import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { throwIfStopped, type StopSignal } from '../../src-shared/contract/errors.ts';
import { writeFileAtomically } from './atomic-write.ts';
import {
  breathe,
  unfold,
  valuesOf,
  type BlockTurner,
  type GeneStatistics,
  type Width,
} from './column-index-block.ts';
import { checkSpace, readAt, writeAt, type Blocks } from './column-index-blocks.ts';
import { layOut, parseHead, type Head, type IndexedMatrix } from './column-index-head.ts';

/** Bytes of genes that are put together at a time. */
const BAND_BYTES = 1 << 25;

/** An index on disk of a matrix gene by gene: every gene lies in one piece, with a checksum, and is read by itself. */
export class ColumnIndex {
  readonly statistics: GeneStatistics;
  readonly bytes: number;
  readonly #path: string;
  readonly #head: Head;

  private constructor(path: string, head: Head) {
    this.#path = path;
    this.#head = head;
    this.statistics = { mean: head.mean, detected: head.detected };
    this.bytes = head.end;
  }

  /** The index at `path`; undefined when there is none of this matrix that is whole. */
  static async open(path: string, matrix: IndexedMatrix): Promise<ColumnIndex | undefined> {
    const file = await open(path, 'r').catch(() => undefined);
    if (file === undefined) return undefined;
    try {
      const head = await parseHead(file, matrix);
      const { size } = await file.stat();
      return head?.end === size ? new ColumnIndex(path, head) : undefined;
    } catch {
      return undefined;
    } finally {
      await file.close();
    }
  }

  /** Values of one gene, one a cell. Throws an Error when the file is gone or damaged. */
  async column(gene: number): Promise<Float32Array> {
    const { rows, offsets, counts, gapBytes, widths, checks } = this.#head;
    const [count, width] = [counts[gene]!, widths[gene]! as Width];
    const bytes = new Uint8Array(roomFor(count * width) + gapBytes[gene]!);
    // Opened each time, so that the dataset and its index can be removed at any time, on every system.
    const file = await open(this.#path, 'r');
    try {
      await readAt(file, bytes, offsets[gene]!);
    } finally {
      await file.close();
    }
    if (crc32(bytes) !== checks[gene]) throw new Error(`${this.#path} is damaged`);
    const column = new Float32Array(rows);
    unfold(column, new valuesOf[width](bytes.buffer, 0, count), bytes.subarray(roomFor(count * width)), -1);
    return column;
  }
}

/** Bytes rounded up, so that what follows may be of any type. */
const roomFor = (bytes: number): number => Math.ceil(bytes / 4) * 4;

/**
 * Puts the turned blocks of a matrix together into an index, in memory of {@link BAND_BYTES} or twice the largest gene.
 * It appears under its name when it is whole.
 * @throws UserError when it cannot be written, or the disk would be nearly full; StoppedError
 */
export async function writeColumnIndex(
  path: string,
  matrix: IndexedMatrix,
  turner: BlockTurner,
  blocks: Blocks,
  {
    spare,
    signal,
    progress,
  }: {
    readonly spare?: number;
    readonly signal?: StopSignal | undefined;
    readonly progress?: (share: number) => void;
  } = {},
): Promise<ColumnIndex> {
  const sizes = turner.counts.map((count, gene) => roomFor(count * turner.widths[gene]!));
  const lengths = Float64Array.from(sizes, (size, gene) => roomFor(size + turner.gapBytes[gene]!));
  const { head, seal } = layOut(matrix, turner, lengths);
  await checkSpace(path, head.end, spare);
  await writeFileAtomically(path, async (temporary) => {
    const file = await open(temporary, 'r+');
    try {
      for (let from = 0; from < matrix.columns;) {
        const to = bandEnd(lengths, from);
        await writeBand(file, turner, blocks, head, [from, to], signal);
        progress?.(to / matrix.columns);
        from = to;
      }
      await writeAt(file, seal(), 0);
      throwIfStopped(signal);
    } finally {
      await file.close();
    }
  });
  const written = await ColumnIndex.open(path, matrix);
  if (written === undefined) throw new Error(`${path} is not what was written`);
  return written;
}

function bandEnd(lengths: Float64Array, from: number): number {
  let bytes = lengths[from]!;
  let to = from + 1;
  while (to < lengths.length && bytes + lengths[to]! <= BAND_BYTES) bytes += lengths[to++]!;
  return to;
}

async function writeBand(
  file: FileHandle,
  { counts, widths }: BlockTurner,
  blocks: Blocks,
  { offsets, gapBytes, checks, end }: Head,
  [from, to]: readonly [number, number],
  signal: StopSignal | undefined,
): Promise<void> {
  const start = offsets[from]!;
  const band = new Uint8Array((to < offsets.length ? offsets[to]! : end) - start);
  const places = Array.from({ length: to - from }, (_, i) => {
    const [at, width] = [offsets[from + i]! - start, widths[from + i]! as Width];
    const values = new valuesOf[width](band.buffer, at, counts[from + i]);
    return { values, gaps: band.subarray(at + roomFor(values.byteLength)), filled: 0, gapsFilled: 0 };
  });
  for (let block = 0; block < blocks.length; block++) {
    throwIfStopped(signal);
    const part = await blocks.part(block, from, to);
    places.forEach((place, i) => {
      const values = part.values.subarray(part.starts[i], part.starts[i + 1]);
      const gaps = part.gaps.subarray(part.gapStarts[i], part.gapStarts[i + 1]);
      place.values.set(values, place.filled);
      place.gaps.set(gaps, place.gapsFilled);
      place.filled += values.length;
      place.gapsFilled += gaps.length;
    });
    await breathe();
  }
  places.forEach(({ values }, i) => {
    const at = offsets[from + i]! - start;
    checks[from + i] = crc32(band.subarray(at, at + roomFor(values.byteLength) + gapBytes[from + i]!));
  });
  await writeAt(file, band, start);
}
