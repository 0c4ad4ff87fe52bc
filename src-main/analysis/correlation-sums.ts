import type { Products } from './transposed-products.ts';
import type { SpatialShifts } from './spatial-shift.ts';

/** Values of genes at consecutive cells of a matrix: rows × genes, row-major. */
export interface GeneRows {
  readonly first: number;
  readonly rows: number;
  readonly values: Float32Array;
}

/** Values held at a time, of the genes and of the copies each. */
const BLOCK_VALUES = 1 << 24;

/**
 * Sums for the Pearson correlations of all genes with a number and with its permuted copies, in one pass over the
 * cells. Memory: genes × copies × 8 bytes (the sums and one product) and two blocks of 64 MB.
 */
export class CorrelationSums {
  readonly #genes: number;
  readonly #number: Float64Array;
  readonly #numberSquares: number;
  readonly #shifts: SpatialShifts;
  readonly #products: Products;
  /** Room for so many cells. */
  readonly #room: number;
  readonly #block: Float32Array;
  readonly #copied: Float32Array;
  #held = 0;
  #cells = 0;

  /** A value of each gene near its mean, taken off before summing. */
  readonly #centre: Float64Array;
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;
  readonly #withNumber: Float64Array;
  readonly #withCopies: Float32Array;
  readonly #copySum: Float64Array;
  readonly #copySquares: Float64Array;

  /** @param number its value at each of the cells that will be added, less its mean */
  constructor(genes: number, number: Float64Array, shifts: SpatialShifts, products: Products) {
    const { copies } = shifts;
    this.#genes = genes;
    this.#number = number;
    this.#numberSquares = number.reduce((sum, x) => sum + x * x, 0);
    this.#shifts = shifts;
    this.#products = products;
    const fitting = Math.floor(BLOCK_VALUES / Math.max(genes, copies, 1));
    this.#room = Math.max(1, Math.min(fitting, number.length));
    this.#block = new Float32Array(this.#room * genes);
    this.#copied = new Float32Array(this.#room * copies);
    this.#centre = new Float64Array(genes);
    this.#sum = new Float64Array(genes);
    this.#squares = new Float64Array(genes);
    this.#withNumber = new Float64Array(genes);
    this.#withCopies = new Float32Array(genes * copies);
    this.#copySum = new Float64Array(copies);
    this.#copySquares = new Float64Array(copies);
  }

  /** Adds the next cell, a row of a block; true where {@link flush} has to be called before another. */
  add({ values }: GeneRows, row: number): boolean {
    const genes = this.#genes;
    const from = row * genes;
    if (this.#cells === 0) for (let g = 0; g < genes; g++) this.#centre[g] = values[from + g]!;
    const x = this.#number[this.#cells]!;
    const to = this.#held * genes;
    for (let g = 0; g < genes; g++) {
      const value = values[from + g]! - this.#centre[g]!;
      this.#block[to + g] = value;
      this.#sum[g] = this.#sum[g]! + value;
      this.#squares[g] = this.#squares[g]! + value * value;
      this.#withNumber[g] = this.#withNumber[g]! + value * x;
    }
    this.#cells++;
    this.#held++;
    return this.#held === this.#room;
  }

  /** Adds the products of the cells held with the copies. */
  flush(): void {
    const { copies } = this.#shifts;
    if (this.#held === 0 || copies === 0) return;
    this.#shifts.write(this.#cells - this.#held, this.#held, this.#copied);
    for (let i = 0; i < this.#held; i++) {
      for (let copy = 0; copy < copies; copy++) {
        const x = this.#copied[i * copies + copy]!;
        this.#copySum[copy] = this.#copySum[copy]! + x;
        this.#copySquares[copy] = this.#copySquares[copy]! + x * x;
      }
    }
    const block = this.#block.subarray(0, this.#held * this.#genes);
    const copied = this.#copied.subarray(0, this.#held * copies);
    const product = this.#products.transposedTimes(block, this.#held, this.#genes, copied, copies);
    const sums = this.#withCopies;
    for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + product[i]!;
    this.#held = 0;
  }

  /** Pearson's r of a gene with the number; NaN where either is constant or not finite. */
  correlation(gene: number): number {
    // The number's sum is 0 up to rounding.
    return ratio(this.#withNumber[gene]!, this.#geneSquares(gene), this.#numberSquares);
  }

  /** Correlations of a gene with the copies; NaN with constant ones. */
  copyCorrelations(gene: number, into: Float64Array): Float64Array {
    const squares = this.#geneSquares(gene);
    const first = gene * into.length;
    for (let copy = 0; copy < into.length; copy++) {
      const sum = this.#copySum[copy]!;
      const shared = this.#withCopies[first + copy]! - (this.#sum[gene]! * sum) / this.#cells;
      into[copy] = ratio(shared, squares, centred(this.#copySquares[copy]!, sum, this.#cells));
    }
    return into;
  }

  #geneSquares(gene: number): number {
    return centred(this.#squares[gene]!, this.#sum[gene]!, this.#cells);
  }
}

/** Σ (x − mean)² of n values from their sums; 0 where what is left is rounding. */
function centred(squares: number, sum: number, n: number): number {
  const left = squares - (sum * sum) / n;
  return left > squares * 1e-12 ? left : 0;
}

function ratio(shared: number, a: number, b: number): number {
  return a > 0 && b > 0 ? Math.max(-1, Math.min(1, shared / Math.sqrt(a * b))) : Number.NaN;
}
