/** Matrix products that the caller can compute faster than plain JavaScript. */
export interface Products {
  /**
   * aᵀ b, aColumns × bColumns, row-major, where a is rows × aColumns and b rows × bColumns, both row-major.
   * The result is read before the next call; it may be overwritten then.
   */
  transposedTimes(
    a: Float32Array,
    rows: number,
    aColumns: number,
    b: Float32Array,
    bColumns: number,
  ): Float32Array;
}

/** The products in plain JavaScript, for tests and small problems. */
export const plainProducts: Products = {
  transposedTimes(a, rows, aColumns, b, bColumns) {
    const result = new Float32Array(aColumns * bColumns);
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < aColumns; i++) {
        const factor = a[row * aColumns + i]!;
        if (factor === 0) continue;
        const [to, from] = [i * bColumns, row * bColumns];
        for (let j = 0; j < bColumns; j++) result[to + j] = result[to + j]! + factor * b[from + j]!;
      }
    }
    return result;
  },
};
