/** Values of some cells among all; NaN elsewhere. */
export function spreadOver(size: number, cells: Int32Array, values: ArrayLike<number>): Float32Array {
  const all = new Float32Array(size).fill(Number.NaN);
  cells.forEach((cell, i) => (all[cell] = values[i]!));
  return all;
}

/** The same of two values a cell. */
export function spreadPairs(size: number, cells: Int32Array, values: ArrayLike<number>): Float32Array {
  const all = new Float32Array(size * 2).fill(Number.NaN);
  cells.forEach((cell, i) => all.set([values[2 * i]!, values[2 * i + 1]!], 2 * cell));
  return all;
}
