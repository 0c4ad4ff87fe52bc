/** Reads some genes of all cells. */
export interface ColumnReader {
  readonly genes: number;
  /** Consecutive genes: cells × count, row-major; not to be changed. */
  read(first: number, count: number): Float32Array | Promise<Float32Array>;
}
