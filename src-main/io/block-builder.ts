import type { RowBlock } from '../matrix/csr.ts';

/** Entries a block holds at most before it is handed on: 64 MB of indices and values. */
export const BLOCK_ENTRIES = 1 << 23;
/** Rows a block holds at most; empty rows would otherwise grow without end. */
const BLOCK_ROWS = 1 << 20;

/**
 * Collects entries row by row into blocks. Columns come out increasing, entries of the same place are added up
 * (as SciPy does), and columns that `keep` maps to −1 are left out.
 */
export class BlockBuilder {
  readonly #columns: number;
  readonly #keep: Int32Array | undefined;
  #firstRow: number;
  #indptr = [0];
  #indices = new Int32Array(1024);
  #values = new Float64Array(1024);
  #count = 0;
  #sorted = true;

  constructor(columns: number, keep?: Int32Array, firstRow = 0) {
    this.#columns = columns;
    this.#keep = keep;
    this.#firstRow = firstRow;
  }

  /** Rows finished so far, counted from the start of the matrix. */
  get row(): number {
    return this.#firstRow + this.#indptr.length - 1;
  }

  get full(): boolean {
    return this.#count >= BLOCK_ENTRIES || this.#indptr.length > BLOCK_ROWS;
  }

  /** Adds an entry to the row that is not finished yet. Zeros are not kept. */
  add(column: number, value: number): void {
    const kept = this.#keep ? this.#keep[column]! : column;
    if (kept < 0 || value === 0) return;
    if (this.#count === this.#indices.length) this.#grow();
    const start = this.#indptr[this.#indptr.length - 1]!;
    if (this.#count > start && this.#indices[this.#count - 1]! >= kept) this.#sorted = false;
    this.#indices[this.#count] = kept;
    this.#values[this.#count++] = value;
  }

  endRow(): void {
    if (!this.#sorted) this.#sortRow();
    this.#indptr.push(this.#count);
  }

  /** The rows finished so far as a block; the builder is empty afterwards. */
  take(): RowBlock {
    let sum = 0;
    for (let i = 0; i < this.#count; i++) if (Number.isFinite(this.#values[i])) sum += this.#values[i]!;
    const block: RowBlock = {
      firstRow: this.#firstRow,
      rows: this.#indptr.length - 1,
      columns: this.#columns,
      indptr: Float64Array.from(this.#indptr),
      indices: this.#indices.slice(0, this.#count),
      values: Float32Array.from(this.#values.subarray(0, this.#count)),
      sum,
    };
    this.#firstRow = this.row;
    this.#indptr = [0];
    this.#count = 0;
    return block;
  }

  #grow(): void {
    const indices = new Int32Array(this.#indices.length * 2);
    const values = new Float64Array(indices.length);
    indices.set(this.#indices);
    values.set(this.#values);
    this.#indices = indices;
    this.#values = values;
  }

  #sortRow(): void {
    const start = this.#indptr[this.#indptr.length - 1]!;
    const order = Array.from({ length: this.#count - start }, (_, i) => start + i);
    order.sort((a, b) => this.#indices[a]! - this.#indices[b]!);
    const indices = order.map((at) => this.#indices[at]!);
    const values = order.map((at) => this.#values[at]!);
    this.#count = start;
    for (let i = 0; i < order.length; i++) {
      if (this.#count > start && this.#indices[this.#count - 1] === indices[i]) {
        this.#values[this.#count - 1]! += values[i]!;
      } else {
        this.#indices[this.#count] = indices[i]!;
        this.#values[this.#count++] = values[i]!;
      }
    }
    this.#sorted = true;
  }
}
