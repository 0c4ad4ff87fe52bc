import type { RowBlock } from '../matrix/csr.ts';

/** Entries handled between two looks at the event loop. */
const STEP = 1 << 20;

export type Values = Uint8Array | Uint16Array | Float32Array;
/** Bytes of a value in the smallest type that holds it exactly: count up to 255, up to 65,535, or float32. */
export type Width = 1 | 2 | 4;

export const valuesOf = {
  1: Uint8Array,
  2: Uint16Array,
  4: Float32Array,
} as const;

/**
 * A run of genes over a run of cells, turned. Gene g has the values starts[g] … starts[g + 1] − 1; the cells they
 * belong to are coded by the bytes gapStarts[g] … gapStarts[g + 1] − 1 of `gaps`: how many cells further each is than
 * the one before (in the block before, if need be; −1 at first), seven bits a byte, the low ones first, the top bit set
 * on all but the last byte.
 */
export interface TurnedBlock {
  readonly starts: Uint32Array;
  readonly gapStarts: Uint32Array;
  readonly values: Values;
  readonly gaps: Uint8Array;
}

export const bytesOf = ({ starts, gapStarts, values, gaps }: TurnedBlock): number =>
  starts.byteLength + gapStarts.byteLength + values.byteLength + gaps.byteLength;

/** Lets whatever else waits have its turn. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What one pass over the matrix learns about each gene. */
export interface GeneStatistics {
  /** Mean over all cells; values that are no numbers count as 0. */
  readonly mean: Float32Array;
  /** Share of the cells with a value above 0. */
  readonly detected: Float32Array;
}

/** Turns the blocks of a matrix, which must come in order, and adds up what they say about each gene. */
export class BlockTurner {
  readonly columns: number;
  /** Entries other than 0, bytes of gaps and bytes of the widest value of each gene until now. */
  readonly counts: Uint32Array;
  readonly gapBytes: Float64Array;
  readonly widths: Uint8Array;
  /** Sum of the finite values, and number of values above 0. */
  readonly #sums: Float64Array;
  readonly #detected: Float64Array;
  /** Last cell that has the gene. */
  readonly #last: Int32Array;

  constructor(columns: number) {
    this.columns = columns;
    this.counts = new Uint32Array(columns);
    this.gapBytes = new Float64Array(columns);
    this.widths = new Uint8Array(columns).fill(1);
    this.#sums = new Float64Array(columns);
    this.#detected = new Float64Array(columns);
    this.#last = new Int32Array(columns).fill(-1);
  }

  statistics(rows: number): GeneStatistics {
    const cells = Math.max(1, rows);
    return {
      mean: Float32Array.from(this.#sums, (sum) => sum / cells),
      detected: Float32Array.from(this.#detected, (count) => count / cells),
    };
  }

  /** Zeros are left out. Lets the event loop turn on the way. */
  async turn(block: RowBlock): Promise<TurnedBlock> {
    const starts = new Uint32Array(this.columns + 1);
    const gapStarts = new Uint32Array(this.columns + 1);
    const before = this.#last.slice();
    let width: Width = 1;
    for (const [from, to] of steps(block)) {
      width = Math.max(width, this.#count(block, from, to, starts, gapStarts)) as Width;
      await breathe();
    }
    for (let column = 0; column < this.columns; column++) {
      this.counts[column]! += starts[column + 1]!;
      this.gapBytes[column]! += gapStarts[column + 1]!;
      starts[column + 1]! += starts[column]!;
      gapStarts[column + 1]! += gapStarts[column]!;
    }
    const turned: TurnedBlock = {
      starts,
      gapStarts,
      values: new valuesOf[width](starts[this.columns]!),
      gaps: new Uint8Array(gapStarts[this.columns]!),
    };
    const next = [starts.slice(0, -1), gapStarts.slice(0, -1)] as const;
    for (const [from, to] of steps(block)) {
      place(block, from, to, before, turned, next);
      await breathe();
    }
    return turned;
  }

  #count(
    { firstRow, indptr, indices, values }: RowBlock,
    from: number,
    to: number,
    counts: Uint32Array,
    gapBytes: Uint32Array,
  ): number {
    const { widths } = this;
    const [sums, detected, last] = [this.#sums, this.#detected, this.#last];
    let widest = 1;
    for (let row = from; row < to; row++) {
      for (let at = indptr[row]!; at < indptr[row + 1]!; at++) {
        const value = values[at]!;
        if (value === 0) continue;
        const column = indices[at]!;
        const gap = firstRow + row - last[column]!;
        last[column] = firstRow + row;
        counts[column + 1]!++;
        gapBytes[column + 1]! +=
          gap < 0x80 ? 1 : gap < 0x4000 ? 2 : gap < 0x20_0000 ? 3 : gap < 0x1000_0000 ? 4 : 5;
        const width = (value & 0xff) === value ? 1 : (value & 0xffff) === value ? 2 : 4;
        if (width > widths[column]!) widths[column] = width;
        if (width > widest) widest = width;
        if (!Number.isFinite(value)) continue;
        sums[column]! += value;
        if (value > 0) detected[column]!++;
      }
    }
    return widest;
  }
}

/** Runs of rows with about {@link STEP} entries each. */
function* steps({ rows, indptr }: RowBlock): Generator<readonly [number, number]> {
  for (let from = 0; from < rows;) {
    let to = from + 1;
    while (to < rows && to - from < STEP && indptr[to + 1]! - indptr[from]! <= STEP) to++;
    yield [from, to];
    from = to;
  }
}

/** `last` and `next` say where each gene stands, and are moved on. */
function place(
  { firstRow, indptr, indices, values }: RowBlock,
  from: number,
  to: number,
  last: Int32Array,
  turned: TurnedBlock,
  [next, nextGap]: readonly [Uint32Array, Uint32Array],
): void {
  const { gaps, values: placed } = turned;
  for (let row = from; row < to; row++) {
    for (let at = indptr[row]!; at < indptr[row + 1]!; at++) {
      const value = values[at]!;
      if (value === 0) continue;
      const column = indices[at]!;
      let gap = firstRow + row - last[column]!;
      last[column] = firstRow + row;
      placed[next[column]!++] = value;
      let byte = nextGap[column]!;
      for (; gap > 0x7f; gap >>>= 7) gaps[byte++] = (gap & 0x7f) | 0x80;
      gaps[byte++] = gap;
      nextGap[column] = byte;
    }
  }
}

/**
 * Puts the values of one gene into `column`, one a cell.
 * @param row cell of the value before these; −1 at first
 * @returns cell of the last value
 */
export function unfold(column: Float32Array, values: Values, gaps: Uint8Array, row: number): number {
  let at = 0;
  for (let i = 0; i < values.length; i++) {
    let byte = gaps[at++]!;
    let gap = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      byte = gaps[at++]!;
      gap |= (byte & 0x7f) << shift;
    }
    row += gap;
    column[row] = values[i]!;
  }
  return row;
}
