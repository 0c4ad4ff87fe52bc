/** A dense row-major float32 matrix; rows are cells, columns genes or latent dimensions. */
export interface Dense {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/** Some rows, in the given order; a copy. */
export function takeRows({ columns, values }: Dense, rows: Int32Array): Dense {
  const taken = new Float32Array(rows.length * columns);
  for (let i = 0; i < rows.length; i++) {
    taken.set(values.subarray(rows[i]! * columns, (rows[i]! + 1) * columns), i * columns);
  }
  return { rows: rows.length, columns, values: taken };
}
