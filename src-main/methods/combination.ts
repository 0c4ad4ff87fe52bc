import { spreadRows } from '../matrix/affine-view.ts';
import type { CellPrediction, MethodData, Predictor } from './predictor.ts';
import type { Depth } from './depth.ts';
import type { Shape } from './out-of-sample.ts';
import { partMoments, type PartMoments } from './part-moments.ts';

export interface CombinationParts {
  readonly networks: readonly Predictor[];
  readonly floors: readonly Predictor[];
  /** Of the networks together and of each floor. */
  readonly weights: readonly number[];
  readonly shape: Shape;
  /** Exponent of the cells' depth, which every part is scaled by before it is z-scored. */
  readonly depth: number;
}

/** Makes the result of one gene of its parts' values: offset + Σ factor · f^γ max(0, part), from 0 to ceiling. */
interface GeneFormula {
  readonly offset: number;
  readonly factors: readonly number[];
  readonly ceiling: number;
}

/** The formulas of a list of genes: one array of factors a part. */
interface FormulaColumns {
  readonly genes: Int32Array;
  readonly offsets: Float32Array;
  readonly factors: readonly Float32Array[];
  readonly ceilings: Float64Array;
}

/** Cells on which means and sds of the parts are taken; all cells when there are fewer. */
const MOMENT_CELLS = 8192;
const GENES_AT_ONCE = 256;

/**
 * Networks and floors as one predictor. Every part is clipped at 0, scaled by the cells' depth and z-scored over
 * the cells; the networks' mean is z-scored again; the weighted sum is z-scored, cut at the ceiling
 * and given the reference's mean and κ times its sd. All of it is linear between the clippings, so one formula a
 * gene serves any block of cells.
 */
export class Combination implements Predictor {
  readonly name = 'spagene';
  readonly #data: MethodData;
  readonly #all: readonly Predictor[];
  /** Those with a part in the result. */
  readonly #parts: readonly Predictor[];
  /** Share of each part in the blend. */
  readonly #shares: readonly number[];
  readonly #networks: number;
  readonly #shape: Shape;
  readonly #depth: Depth;
  readonly #exponent: number;
  readonly #formulas = new Map<number, GeneFormula>();
  #sample: CellPrediction[] | undefined;
  #last: FormulaColumns | undefined;

  /** Parts of weight 0 are never asked. */
  constructor(data: MethodData, scale: Depth, { networks, floors, weights, shape, depth }: CombinationParts) {
    const all = [...networks, ...floors];
    const share = (p: number) => (p < networks.length ? weights[0]! : weights[p - networks.length + 1]!);
    const used = all.map((_, p) => p).filter((p) => share(p) > 0);
    this.#data = data;
    this.#all = all;
    this.#parts = used.map((p) => all[p]!);
    this.#shares = used.map(share);
    this.#networks = weights[0]! > 0 ? networks.length : 0;
    this.#shape = shape;
    this.#depth = scale;
    this.#exponent = depth;
  }

  at(rows: Int32Array): CellPrediction {
    const predictions = this.#deep(rows);
    return (genes) => {
      this.#learn(genes);
      const { offsets, factors, ceilings } = this.#columns(genes);
      const result = new Float32Array(rows.length * genes.length);
      eachRow(result, genes.length, (row) => row.set(offsets));
      for (const [p, predict] of predictions.entries()) {
        const values = predict(genes);
        eachRow(result, genes.length, (row, from) => addProducts(row, values, from, factors[p]!));
      }
      eachRow(result, genes.length, (row) => cut(row, ceilings));
      return result;
    };
  }

  /** The parts' predictions of some cells, clipped at 0 and scaled by the cells' depth. */
  #deep(rows: Int32Array): CellPrediction[] {
    const depth = this.#depth.of(rows);
    return this.#parts.map((part) => {
      const predict = part.at(rows);
      return (genes) => {
        const values = predict(genes);
        clipAtZero(values);
        this.#depth.apply(values, depth, this.#exponent);
        return values;
      };
    });
  }

  /** The formulas of some genes, laid out for loops over the genes of a cell. */
  #columns(genes: Int32Array): FormulaColumns {
    if (this.#last?.genes === genes) return this.#last;
    const formulas = Array.from(genes, (gene) => this.#formulas.get(gene)!);
    this.#last = {
      genes,
      offsets: Float32Array.from(formulas, ({ offset }) => offset),
      factors: this.#parts.map((_, p) => Float32Array.from(formulas, ({ factors }) => factors[p]!)),
      ceilings: Float64Array.from(formulas, ({ ceiling }) => ceiling),
    };
    return this.#last;
  }

  /** Works out the formulas of genes that have none yet, some at a time. */
  #learn(genes: Int32Array): void {
    const unknown = genes.filter((gene) => !this.#formulas.has(gene));
    if (unknown.length === 0) return;
    const rows = spreadRows(this.#data.spatial.values.rows, MOMENT_CELLS);
    this.#sample ??= this.#deep(rows);
    for (let first = 0; first < unknown.length; first += GENES_AT_ONCE) {
      const some = unknown.subarray(first, first + GENES_AT_ONCE);
      const values = this.#sample.map((predict) => predict(some));
      const moments = partMoments(values, rows.length, some.length);
      for (const [j, gene] of some.entries()) this.#formulas.set(gene, this.#formula(gene, moments[j]!));
    }
  }

  #formula(gene: number, moments: PartMoments): GeneFormula {
    const z = moments.deviations.map((sd) => (sd > 1e-12 ? 1 / sd : 0));
    const networkSd = moments.deviationOf(z.map((factor, p) => (p < this.#networks ? factor : 0)));
    const factors = z.map((factor, p) => {
      const rescale = p >= this.#networks ? 1 : networkSd > 1e-12 ? 1 / networkSd : 0;
      return factor * this.#shares[p]! * rescale;
    });
    const blendSd = moments.deviationOf(factors);
    const { mean, sd } = this.#data.reference;
    const { spread, ceiling } = this.#shape;
    const scale = blendSd > 1e-12 ? (spread * sd[gene]!) / blendSd : 0;
    const blendMean = factors.reduce((sum, factor, p) => sum + factor * moments.means[p]!, 0);
    return {
      offset: mean[gene]! - scale * blendMean,
      factors: factors.map((factor) => factor * scale),
      ceiling: Number.isFinite(ceiling) ? mean[gene]! + spread * sd[gene]! * ceiling : ceiling,
    };
  }

  dispose(): void {
    for (const part of this.#all) part.dispose();
  }
}

// One short loop a function: these run over every value of every part, and compile to what a compiler would make.

function eachRow(
  values: Float32Array,
  width: number,
  visit: (row: Float32Array, from: number) => void,
): void {
  for (let from = 0; from < values.length; from += width) visit(values.subarray(from, from + width), from);
}

function addProducts(row: Float32Array, values: Float32Array, from: number, factors: Float32Array): void {
  for (let j = 0; j < row.length; j++) row[j] = row[j]! + factors[j]! * values[from + j]!;
}

function cut(row: Float32Array, ceilings: Float64Array): void {
  for (let j = 0; j < row.length; j++) row[j] = Math.min(ceilings[j]!, Math.max(0, row[j]!));
}

function clipAtZero(values: Float32Array): void {
  for (let i = 0; i < values.length; i++) values[i] = Math.max(0, values[i]!);
}
