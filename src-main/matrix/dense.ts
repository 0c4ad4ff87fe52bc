/** A dense row-major float32 matrix; rows are cells, columns genes or latent dimensions. */
export interface Dense {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}
