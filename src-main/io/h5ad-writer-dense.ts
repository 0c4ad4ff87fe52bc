import type { Dataset, Group } from 'h5wasm/node';
import { tag } from './h5ad-writer-element.ts';
import {
  checkNext,
  gzip,
  missing,
  type MatrixLayout,
  type Rows,
  type RowStream,
} from './h5ad-writer-stream.ts';

/** Rows held back until whole chunks can be written, in bytes; a chunk written twice is compressed twice. */
const bandBytes = 64 * 1024 * 1024;
const tallestChunk = 8192;
const chunkValues = 32_768;

/**
 * Chunks are tall and narrow, so that one gene of a million cells is read without the other genes: 8192 × 4 where
 * a band of 8192 rows fits into 64 MB, else fewer rows and more genes; evened out so that the last is as large.
 */
export function chunkShape(rows: number, columns: number, bytesPerValue: number): [number, number] {
  const fitting = Math.floor(bandBytes / (columns * bytesPerValue));
  const tall = even(rows, Math.min(tallestChunk, fitting));
  return [tall, even(columns, Math.floor(chunkValues / tall))];
}

/** The smallest size of pieces that needs no more of them than `limit` does. */
function even(extent: number, limit: number): number {
  return Math.max(1, Math.ceil(extent / Math.ceil(extent / Math.max(1, limit))));
}

/** A dense matrix, written in bands of whole chunks. */
export class DenseStream implements RowStream {
  readonly #place: string;
  readonly #rows: number;
  readonly #columns: number;
  readonly #dataset: Dataset;
  readonly #band: Float32Array | Float64Array;
  readonly #bandRows: number;
  #next = 0;
  #held = 0;

  constructor(parent: Group, name: string, rows: number, columns: number, how: MatrixLayout) {
    this.#place = `${parent.path}/${name}`;
    [this.#rows, this.#columns] = [rows, columns];
    const Values = how.type === 'float64' ? Float64Array : Float32Array;
    const chunks = chunkShape(rows, columns, Values.BYTES_PER_ELEMENT);
    const dtype = how.type === 'float64' ? '<d' : '<f';
    const data = new Values(0);
    if (rows * columns === 0) {
      this.#dataset = parent.create_dataset({ name, data, shape: [rows, columns], dtype });
    } else {
      // Created empty and then extended: h5wasm would otherwise want all values at once.
      const size = { shape: [0, columns], maxshape: [rows, columns], chunks };
      this.#dataset = parent.create_dataset({ name, data, dtype, ...size, ...gzip(how.compression) });
      this.#dataset.resize([rows, columns]);
    }
    tag(this.#dataset, 'array');
    this.#bandRows = chunks[0];
    this.#band = new Values(this.#bandRows * columns);
  }

  append(firstRow: number, rows: Rows): void {
    if (!ArrayBuffer.isView(rows)) throw new RangeError(`${this.#place} is dense and takes dense rows`);
    checkNext(this.#place, this.#next, firstRow);
    const count = this.#columns === 0 ? 0 : rows.length / this.#columns;
    if (!Number.isInteger(count) || this.#next + count > this.#rows) {
      throw new RangeError(
        `${this.#place}: ${rows.length} values do not fit ${this.#rows} × ${this.#columns} at row ${firstRow}`,
      );
    }
    this.#next += count;
    let taken = 0;
    while (taken < count) {
      const step = Math.min(count - taken, this.#bandRows - this.#held);
      const part = rows.subarray(taken * this.#columns, (taken + step) * this.#columns);
      this.#band.set(part, this.#held * this.#columns);
      this.#held += step;
      taken += step;
      if (this.#held === this.#bandRows) this.#write(this.#next - (count - taken));
    }
  }

  end(): void {
    if (this.#columns > 0 && this.#next !== this.#rows) missing(this.#place, this.#next, this.#rows);
    this.#write(this.#next);
  }

  #write(endRow: number): void {
    if (this.#held === 0) return;
    const range: [number, number][] = [
      [endRow - this.#held, endRow],
      [0, this.#columns],
    ];
    this.#dataset.write_slice(range, this.#band.subarray(0, this.#held * this.#columns));
    this.#held = 0;
  }
}
