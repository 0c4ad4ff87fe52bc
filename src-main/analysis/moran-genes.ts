import { benjaminiHochberg } from '../../src-shared/maths/holm.ts';
import { normalUpperTail } from '../../src-shared/maths/normal.ts';
import type { ColumnReader } from './column-reader.ts';
import { graphWeights } from './graph-weights.ts';
import { Turns } from './long-work.ts';
import type { LongWork } from './long-work.ts';
import type { NeighbourGraph } from './neighbour-graph.ts';

/** Moran's I of many genes; NaN where a gene is constant or has a value that is not finite. */
export interface MoranOfGenes {
  readonly i: Float64Array;
  readonly z: Float64Array;
  /** One-sided p-value of I being above its expectation. */
  readonly p: Float64Array;
  /** The same after Benjamini and Hochberg, over the genes that have one. */
  readonly q: Float64Array;
  /** Expectation −1/(n − 1) and variance of I where values are independent and normal; the same for all genes. */
  readonly expectation: number;
  readonly variance: number;
  /** Cells that count: those with neighbours. */
  readonly cells: number;
}

/** Values read at a time: 64 MB, at most that much again in the reader. */
const BLOCK_VALUES = 1 << 24;
/** Cells between two looks at the clock. */
const STRETCH = 1 << 10;

/**
 * Moran's I of every gene, n/S₀ · Σᵢⱼ wᵢⱼ zᵢ zⱼ / Σ zᵢ² with z = x − mean and rows of weights that sum to 1 (Moran
 * 1950), and its test under normality, Var I = (n² S₁ − n S₂ + 3 S₀²) / ((n² − 1) S₀²) − 1/(n − 1)² (Cliff & Ord
 * 1981). Cells without neighbours are left out, of the mean too. Genes are read some at a time, so that cells × genes
 * read together stay below 64 MB (or one gene).
 *
 * @param columns reads genes; its cells are those of the graph
 */
export async function moranGenes(
  graph: NeighbourGraph,
  columns: ColumnReader,
  work?: LongWork,
): Promise<MoranOfGenes> {
  const { genes } = columns;
  const turns = new Turns(work);
  const { cells, s0, s1, s2 } = graphWeights(graph);
  const n = cells.length;
  const i = new Float64Array(genes).fill(Number.NaN);
  const step = Math.max(1, Math.min(genes, Math.floor(BLOCK_VALUES / Math.max(1, graph.size))));
  for (let first = 0; first < genes; first += step) {
    const count = Math.min(step, genes - first);
    const values = await columns.read(first, count);
    if (values.length !== graph.size * count) {
      throw new RangeError(`${values.length} values of ${count} genes in ${graph.size} cells`);
    }
    const share = (part: number): number => (first + part * count) / genes;
    const block = new Block(graph, cells, values, count);
    await block.centre(turns, share);
    i.set(
      (await block.autocorrelation(turns, share)).map((ratio) => (n / s0) * ratio),
      first,
    );
  }
  const expectation = -1 / (n - 1);
  const variance = (n * n * s1 - n * s2 + 3 * s0 * s0) / ((n * n - 1) * s0 * s0) - expectation ** 2;
  const z = i.map((value) => (value - expectation) / Math.sqrt(variance));
  const p = z.map((score) => normalUpperTail(score));
  return { i, z, p, q: benjaminiHochberg(p), expectation, variance, cells: n };
}

/** Some genes of all cells, cells × genes, row-major. */
class Block {
  readonly #graph: NeighbourGraph;
  readonly #cells: Int32Array;
  readonly #values: Float32Array;
  readonly #genes: number;
  readonly #means: Float64Array;
  /** Genes that are finite and not the same in all cells. */
  readonly #varies: Uint8Array;

  constructor(graph: NeighbourGraph, cells: Int32Array, values: Float32Array, genes: number) {
    this.#graph = graph;
    this.#cells = cells;
    this.#values = values;
    this.#genes = genes;
    this.#means = new Float64Array(genes);
    this.#varies = new Uint8Array(genes);
  }

  async centre(turns: Turns, share: (part: number) => number): Promise<void> {
    const [cells, values, genes] = [this.#cells, this.#values, this.#genes];
    const start = (cells[0] ?? 0) * genes;
    for (let row = 0; row < cells.length; row++) {
      const from = cells[row]! * genes;
      for (let gene = 0; gene < genes; gene++) {
        const value = values[from + gene]!;
        this.#means[gene] = this.#means[gene]! + value;
        if (value !== values[start + gene]) this.#varies[gene] = 1;
      }
      if (row % STRETCH === 0 && turns.due) await turns.take(share(0));
    }
    for (let gene = 0; gene < genes; gene++) {
      this.#means[gene] = this.#means[gene]! / cells.length;
      if (!Number.isFinite(this.#means[gene]!)) this.#varies[gene] = 0;
    }
  }

  /** Σᵢ zᵢ Σⱼ wᵢⱼ zⱼ / Σ zᵢ² of each gene. */
  async autocorrelation(turns: Turns, share: (part: number) => number): Promise<Float64Array> {
    const cells = this.#cells;
    const products = new Float64Array(this.#genes);
    const squares = new Float64Array(this.#genes);
    for (let row = 0; row < cells.length; row += STRETCH) {
      this.#addRows(row, Math.min(cells.length, row + STRETCH), products, squares);
      if (turns.due) await turns.take(share(row / cells.length));
    }
    return products.map((sum, gene) => (this.#varies[gene] === 1 ? sum / squares[gene]! : Number.NaN));
  }

  #addRows(first: number, end: number, products: Float64Array, squares: Float64Array): void {
    const [cells, values, genes, means] = [this.#cells, this.#values, this.#genes, this.#means];
    const { starts } = this.#graph;
    const around = new Float64Array(genes);
    for (let row = first; row < end; row++) {
      const cell = cells[row]!;
      const degree = starts[cell + 1]! - starts[cell]!;
      addNeighbours(this.#graph, cell, values, around);
      for (let gene = 0; gene < genes; gene++) {
        const z = values[cell * genes + gene]! - means[gene]!;
        squares[gene] = squares[gene]! + z * z;
        if (degree > 0) products[gene] = products[gene]! + z * (around[gene]! / degree - means[gene]!);
      }
    }
  }
}

/** Writes the sums over a cell's neighbours to `around`; four neighbours at a time take half of the time. */
function addNeighbours(
  { starts, neighbours }: NeighbourGraph,
  cell: number,
  values: Float32Array,
  around: Float64Array,
): void {
  const genes = around.length;
  const end = starts[cell + 1]!;
  let entry = starts[cell]!;
  around.fill(0);
  for (; entry + 3 < end; entry += 4) {
    const a = neighbours[entry]! * genes;
    const b = neighbours[entry + 1]! * genes;
    const c = neighbours[entry + 2]! * genes;
    const d = neighbours[entry + 3]! * genes;
    for (let gene = 0; gene < genes; gene++) {
      const four = values[a + gene]! + values[b + gene]! + values[c + gene]! + values[d + gene]!;
      around[gene] = around[gene]! + four;
    }
  }
  for (; entry < end; entry++) {
    const from = neighbours[entry]! * genes;
    for (let gene = 0; gene < genes; gene++) around[gene] = around[gene]! + values[from + gene]!;
  }
}
