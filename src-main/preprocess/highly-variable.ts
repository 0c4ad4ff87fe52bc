import type { StopSignal } from '../../src-shared/contract/errors.ts';
import { argsort } from '../../src-shared/maths/statistics.ts';
import type { MatrixSource } from '../matrix/csr.ts';
import { eachBlock } from './blocks.ts';
import { loess } from './loess.ts';
import type { PositiveMoments } from './moments.ts';

const SPAN = 0.3;

/** Variability of the genes given, one entry a gene in the order given. */
export interface Variability {
  readonly mean: Float64Array;
  /** Sample variance (n − 1) of the counts. */
  readonly variance: Float64Array;
  /** What a gene of this mean would have, from the trend over all genes; 1 where nothing varies. */
  readonly expectedVariance: Float64Array;
  /** Counts above mean + √N · √(expected variance) are cut down to it. */
  readonly clipValue: Float64Array;
  /** Variance of the standardised, cut counts; 0 where nothing varies. */
  readonly normalisedVariance: Float64Array;
  /** 0 is the most variable; ties go by the order given. */
  readonly rank: Int32Array;
}

/** Trend of log10 variance on log10 mean over the genes that vary, back on the scale of variances. */
export function expectedVariances(mean: Float64Array, variance: Float64Array): Float64Array {
  const varying = Int32Array.from(variance.keys()).filter((gene) => variance[gene]! > 0);
  const trend = loess(
    Float64Array.from(varying, (gene) => Math.log10(mean[gene]!)),
    Float64Array.from(varying, (gene) => Math.log10(variance[gene]!)),
    SPAN,
  );
  const expected = new Float64Array(mean.length).fill(1);
  varying.forEach((gene, i) => (expected[gene] = 10 ** trend[i]!));
  return expected;
}

interface Centres {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly clipValue: Float64Array;
  readonly counts: Float64Array;
  /** Largest count of each gene. */
  readonly largest: Float64Array;
}

/**
 * Σ (min(x, clip) − mean)² over the kept cells, zeros included, per gene. Where no count is cut that is the variance
 * times n − 1; only for the other genes is there one pass, and none where there are no such genes.
 */
async function clippedSquares(
  source: MatrixSource,
  rows: Int32Array,
  columns: Int32Array,
  { mean, variance, clipValue, counts, largest }: Centres,
  signal: StopSignal | undefined,
): Promise<Float64Array> {
  const keptRow = new Uint8Array(source.rows);
  for (const row of rows) keptRow[row] = 1;
  const isCut = largest.map((value, i) => (value > clipValue[i]! ? 1 : 0));
  const gene = new Int32Array(source.columns).fill(-1);
  columns.forEach((column, i) => (gene[column] = isCut[i] === 1 ? i : -1));
  const squares = mean.map((centre, i) =>
    isCut[i] === 1 ? (rows.length - counts[i]!) * centre ** 2 : variance[i]! * (rows.length - 1),
  );
  if (!isCut.includes(1)) return squares;
  await eachBlock(source, signal, (block) => {
    const { rows: length, firstRow, indptr, indices, values } = block;
    for (let r = 0; r < length; r++) {
      if (keptRow[firstRow + r] !== 1) continue;
      for (let k = indptr[r]! | 0, end = indptr[r + 1]! | 0; k < end; k++) {
        const i = gene[indices[k]!]!;
        const value = values[k]!;
        if (i < 0 || !(value > 0)) continue;
        const limit = clipValue[i]!;
        const difference = (value < limit ? value : limit) - mean[i]!;
        squares[i]! += difference * difference;
      }
    }
  });
  return squares;
}

/**
 * Ranks genes as `seurat_v3` does (Stuart et al. 2019; Scanpy's flavour of that name): variance of the counts
 * standardised by the expected variance at their mean and cut at √N. `moments` are those of the kept cells `rows`;
 * `columns` are the genes that take part in the trend and are ranked. One pass over the matrix at most.
 */
export async function variability(
  source: MatrixSource,
  rows: Int32Array,
  columns: Int32Array,
  moments: PositiveMoments,
  signal?: StopSignal,
): Promise<Variability> {
  const cells = rows.length;
  const mean = Float64Array.from(columns, (column) => moments.mean(column, cells));
  const variance = Float64Array.from(columns, (column) => moments.variance(column, cells, 1));
  const counts = Float64Array.from(columns, (column) => moments.count[column]!);
  const largest = Float64Array.from(columns, (column) => moments.largest[column]!);
  const expectedVariance = expectedVariances(mean, variance);
  const clipValue = mean.map((centre, i) => centre + Math.sqrt(cells * expectedVariance[i]!));
  const centres = { mean, variance, clipValue, counts, largest };
  const squares = await clippedSquares(source, rows, columns, centres, signal);
  const normalisedVariance = squares.map((sum, i) =>
    variance[i]! > 0 ? sum / ((cells - 1) * expectedVariance[i]!) : 0,
  );
  const rank = rankDecreasing(normalisedVariance);
  return { mean, variance, expectedVariance, clipValue, normalisedVariance, rank };
}

/**
 * Ranks from the largest, ties by position. Genes with the same counts in other cells are common among the rare
 * ones; twelve digits make them ties, where the last bits would depend on the order of the cells.
 */
function rankDecreasing(values: Float64Array): Int32Array {
  const rank = new Int32Array(values.length);
  const negated = values.map((value) => -Number(value.toPrecision(12)));
  argsort(negated).forEach((position, i) => (rank[position] = i));
  return rank;
}
