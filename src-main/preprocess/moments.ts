/**
 * Mean and variance per column of a sparse matrix, gathered from its positive values one at a time (Welford 1962),
 * so that neither sums of squares cancel nor zeros are visited. Zeros are added afterwards (Chan et al. 1979).
 */
export class PositiveMoments {
  /** Number of positive values per column. */
  readonly count: Float64Array;
  /** Mean of the positive values per column; 0 where there is none. */
  readonly positiveMean: Float64Array;
  /** Largest positive value per column; 0 where there is none. Kept by {@link addRow} only. */
  readonly largest: Float64Array;
  readonly #squares: Float64Array;

  constructor(columns: number) {
    this.count = new Float64Array(columns);
    this.positiveMean = new Float64Array(columns);
    this.largest = new Float64Array(columns);
    this.#squares = new Float64Array(columns);
  }

  add(column: number, value: number): void {
    const count = (this.count[column] ?? 0) + 1;
    const before = value - this.positiveMean[column]!;
    this.count[column] = count;
    this.positiveMean[column]! += before / count;
    this.#squares[column]! += before * (value - this.positiveMean[column]!);
  }

  /** The same for entries `from` … `to` − 1 of a sparse matrix whose columns have `wanted` = 1 and that are positive. */
  addRow(
    columns: Int32Array | Uint32Array,
    values: Float32Array,
    from: number,
    to: number,
    wanted: Uint8Array,
  ): void {
    const { count, positiveMean, largest } = this;
    const squares = this.#squares;
    for (let k = from; k < to; k++) {
      const column = columns[k]!;
      const value = values[k]!;
      if (wanted[column] !== 1 || !(value > 0)) continue;
      const n = count[column]! + 1;
      const old = positiveMean[column]!;
      const before = value - old;
      const mean = old + before / n;
      count[column] = n;
      positiveMean[column] = mean;
      squares[column]! += before * (value - mean);
      if (value > largest[column]!) largest[column] = value;
    }
  }

  /** Sample standard deviation (n − 1) of the positive values; 0 where there are fewer than two. */
  positiveSd(column: number): number {
    const count = this.count[column]!;
    return count < 2 ? 0 : Math.sqrt(this.#squares[column]! / (count - 1));
  }

  /** Mean over `cells` cells, those without a positive value counting as 0. */
  mean(column: number, cells: number): number {
    return (this.count[column]! * this.positiveMean[column]!) / cells;
  }

  /** Variance over `cells` cells, zeros included, divided by cells − ddof. */
  variance(column: number, cells: number, ddof: 0 | 1): number {
    const count = this.count[column]!;
    const between = (count * (cells - count) * this.positiveMean[column]! ** 2) / cells;
    return (this.#squares[column]! + between) / (cells - ddof);
  }
}
