import type { Dataset, Group } from 'h5wasm/node';
import { createGroup, tag, writeNumbers } from './h5ad-writer-element.ts';
import {
  checkNext,
  gzip,
  missing,
  type MatrixLayout,
  type Rows,
  type RowStream,
} from './h5ad-writer-stream.ts';

const sparseChunk = 65_536;
const sparseBuffer = 1 << 20;

/** A matrix compressed by rows; only the row pointers are kept in memory. */
export class SparseStream implements RowStream {
  readonly #place: string;
  readonly #rows: number;
  readonly #columns: number;
  readonly #group: Group;
  readonly #indptr: Float64Array;
  readonly #data: Growing<Float32Array>;
  readonly #indices: Growing<Int32Array>;
  #next = 0;
  #entries = 0;

  constructor(parent: Group, name: string, rows: number, columns: number, how: MatrixLayout) {
    this.#place = `${parent.path}/${name}`;
    [this.#rows, this.#columns] = [rows, columns];
    this.#group = createGroup(parent, name, 'csr_matrix');
    this.#group.create_attribute('shape', BigInt64Array.of(BigInt(rows), BigInt(columns)), [2]);
    this.#indptr = new Float64Array(rows + 1);
    this.#data = new Growing(this.#group, 'data', new Float32Array(sparseBuffer), how.compression);
    this.#indices = new Growing(this.#group, 'indices', new Int32Array(sparseBuffer), how.compression);
  }

  append(firstRow: number, rows: Rows): void {
    if (ArrayBuffer.isView(rows)) throw new RangeError(`${this.#place} is sparse and takes sparse rows`);
    checkNext(this.#place, this.#next, firstRow);
    if (rows.columns !== this.#columns || this.#next + rows.rows > this.#rows) {
      throw new RangeError(
        `${this.#place}: ${rows.rows} × ${rows.columns} at row ${firstRow} does not fit its size`,
      );
    }
    const [start, end] = [rows.indptr[0]!, rows.indptr[rows.rows]!];
    for (let r = 1; r <= rows.rows; r++) {
      this.#indptr[this.#next + r] = this.#entries + rows.indptr[r]! - start;
    }
    this.#data.append(rows.values.subarray(start, end));
    this.#indices.append(rows.indices.subarray(start, end));
    this.#next += rows.rows;
    this.#entries += end - start;
  }

  end(): void {
    if (this.#next !== this.#rows) missing(this.#place, this.#next, this.#rows);
    this.#data.flush();
    this.#indices.flush();
    const small = this.#entries < 2 ** 31;
    const indptr = small ? Int32Array.from(this.#indptr) : BigInt64Array.from(this.#indptr, BigInt);
    writeNumbers(this.#group, 'indptr', indptr);
  }
}

/** A one-dimensional dataset that grows; values are gathered so that every chunk is written once. */
class Growing<A extends Float32Array | Int32Array> {
  readonly #dataset: Dataset;
  readonly #buffer: A;
  #held = 0;
  #written = 0;

  constructor(group: Group, name: string, buffer: A, compression: number | undefined) {
    const size = { shape: [0], maxshape: [null], chunks: [sparseChunk] };
    const data = buffer.subarray(0, 0);
    this.#dataset = group.create_dataset({ name, data, ...size, ...gzip(compression) });
    tag(this.#dataset, 'array');
    this.#buffer = buffer;
  }

  append(values: Float32Array | Int32Array | Uint32Array): void {
    let taken = 0;
    while (taken < values.length) {
      const step = Math.min(values.length - taken, this.#buffer.length - this.#held);
      this.#buffer.set(values.subarray(taken, taken + step), this.#held);
      this.#held += step;
      taken += step;
      if (this.#held === this.#buffer.length) this.flush();
    }
  }

  flush(): void {
    if (this.#held === 0) return;
    const end = this.#written + this.#held;
    this.#dataset.resize([end]);
    this.#dataset.write_slice([[this.#written, end]], this.#buffer.subarray(0, this.#held));
    this.#written = end;
    this.#held = 0;
  }
}
