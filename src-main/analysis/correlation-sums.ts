import type { Products } from '../../src-shared/maths/products.ts';
import type { SpatialShifts } from './spatial-shift.ts';

/** Values of genes at consecutive cells of a matrix: rows × genes, row-major. */
export interface GeneRows {
  readonly first: number;
  readonly rows: number;
  readonly values: Float32Array;
}

/** Values held at a time at most; those of the copies are fewer, since they take longest to make. */
const GENE_VALUES = 1 << 24;
const COPY_VALUES = 1 << 21;

/**
 * Sums for the Pearson correlations of all genes with a number and with its permuted copies, in one pass over the
 * cells. Memory: genes × copies × 8 bytes (the sums and one product) and two blocks of 64 and 8 MB.
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
    const fitting = Math.floor(Math.min(GENE_VALUES / genes, COPY_VALUES / copies));
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
    const [block, centre, sum] = [this.#block, this.#centre, this.#sum];
    const [squares, withNumber] = [this.#squares, this.#withNumber];
    for (let g = 0; g < genes; g++) {
      const value = values[from + g]! - centre[g]!;
      block[to + g] = value;
      sum[g] = sum[g]! + value;
      squares[g] = squares[g]! + value * value;
      withNumber[g] = withNumber[g]! + value * x;
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
    this.#sumCopies(copies);
    const block = this.#block.subarray(0, this.#held * this.#genes);
    const copied = this.#copied.subarray(0, this.#held * copies);
    const product = this.#products.transposedTimes(block, this.#held, this.#genes, copied, copies);
    const sums = this.#withCopies;
    for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + product[i]!;
    this.#held = 0;
  }

  #sumCopies(copies: number): void {
    const [copied, sum, squares] = [this.#copied, this.#copySum, this.#copySquares];
    for (let from = 0; from < this.#held * copies; from += copies) {
      for (let copy = 0; copy < copies; copy++) {
        const x = copied[from + copy]!;
        sum[copy] = sum[copy]! + x;
        squares[copy] = squares[copy]! + x * x;
      }
    }
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
