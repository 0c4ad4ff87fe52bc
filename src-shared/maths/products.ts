/**
 * Something that multiplies matrices, perhaps a library of the machine. A product is read before the next is asked for;
 * it may be overwritten then.
 */
export interface Products {
  /**
   * A Bᵀ in single precision, aRows × bRows, row-major.
   *
   * @param a aRows × inner, row-major
   * @param bTransposed B, which enters transposed: bRows × inner, row-major
   */
  times(
    a: Float32Array,
    aRows: number,
    bTransposed: Float32Array,
    bRows: number,
    inner: number,
  ): Float32Array;
  /**
   * Aᵀ B in single precision, aColumns × bColumns, row-major.
   *
   * @param a rows × aColumns, row-major
   * @param b rows × bColumns, row-major
   */
  transposedTimes(
    a: Float32Array,
    rows: number,
    aColumns: number,
    b: Float32Array,
    bColumns: number,
  ): Float32Array;
}

/** Products in plain JavaScript: A Bᵀ summed in double precision, Aᵀ B in single. */
export const plainProducts: Products = {
  times(a, aRows, bTransposed, bRows, inner) {
    const result = new Float32Array(aRows * bRows);
    const product: Product = { a, b: bTransposed, bRows, inner, result };
    const wholeRows = aRows - (aRows % 2);
    const wholeColumns = bRows - (bRows % 4);
    for (let j = 0; j < wholeColumns; j += 4) {
      for (let i = 0; i < wholeRows; i += 2) twoByFour(product, i, j);
    }
    for (let i = 0; i < aRows; i++) {
      for (let j = i < wholeRows ? wholeColumns : 0; j < bRows; j++) one(product, i, j);
    }
    return result;
  },
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

interface Product {
  readonly a: Float32Array;
  readonly b: Float32Array;
  readonly bRows: number;
  readonly inner: number;
  readonly result: Float32Array;
}

function one({ a, b, bRows, inner, result }: Product, i: number, j: number): void {
  let sum = 0;
  for (let t = 0; t < inner; t++) sum += a[i * inner + t]! * b[j * inner + t]!;
  result[i * bRows + j] = sum;
}

/** Two rows by four columns, so that every number read is used more than once; eight sums that fit in registers. */
function twoByFour({ a, b, bRows, inner, result }: Product, i: number, j: number): void {
  const a0 = i * inner;
  const a1 = a0 + inner;
  const b0 = j * inner;
  const b1 = b0 + inner;
  const b2 = b1 + inner;
  const b3 = b2 + inner;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let r0 = 0;
  let r1 = 0;
  let r2 = 0;
  let r3 = 0;
  for (let t = 0; t < inner; t++) {
    const x = a[a0 + t]!;
    const y = a[a1 + t]!;
    const p = b[b0 + t]!;
    const q = b[b1 + t]!;
    const u = b[b2 + t]!;
    const v = b[b3 + t]!;
    s0 += x * p;
    s1 += x * q;
    s2 += x * u;
    s3 += x * v;
    r0 += y * p;
    r1 += y * q;
    r2 += y * u;
    r3 += y * v;
  }
  put(result, i * bRows + j, s0, s1, s2, s3);
  put(result, (i + 1) * bRows + j, r0, r1, r2, r3);
}

function put(result: Float32Array, at: number, s0: number, s1: number, s2: number, s3: number): void {
  result[at] = s0;
  result[at + 1] = s1;
  result[at + 2] = s2;
  result[at + 3] = s3;
}
