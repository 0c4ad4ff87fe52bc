/** Means, sds and covariances of several predictions of one gene, clipped at 0, over the cells. */
export interface PartMoments {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  /** Population sd of Σ factor · part. */
  deviationOf(factors: readonly number[]): number;
}

/**
 * Moments of every gene in one sweep over the cells.
 *
 * @param parts each rows × genes, row-major
 */
export function partMoments(parts: readonly Float32Array[], rows: number, genes: number): PartMoments[] {
  const count = parts.length;
  const means = parts.map((part) => columnMeans(part, rows, genes));
  const covariances = Array.from({ length: count * count }, () => new Float64Array(genes));
  for (let p = 0; p < count; p++) {
    for (let q = 0; q <= p; q++) {
      const sums = covariances[p * count + q]!;
      addProducts(sums, parts[p]!, means[p]!, parts[q]!, means[q]!);
      covariances[q * count + p] = sums;
    }
  }
  return Array.from({ length: genes }, (_, gene) => {
    const covariance = (p: number, q: number) => covariances[p * count + q]![gene]! / rows;
    return {
      means: means.map((mean) => mean[gene]!),
      deviations: means.map((_mean, p) => Math.sqrt(Math.max(0, covariance(p, p)))),
      deviationOf: (factors) => {
        let variance = 0;
        for (let p = 0; p < count; p++) {
          for (let q = 0; q < count; q++) variance += factors[p]! * factors[q]! * covariance(p, q);
        }
        return Math.sqrt(Math.max(0, variance));
      },
    };
  });
}

function columnMeans(part: Float32Array, rows: number, genes: number): Float64Array {
  const sums = new Float64Array(genes);
  for (let row = 0; row < rows; row++) {
    const from = row * genes;
    for (let gene = 0; gene < genes; gene++) sums[gene] = sums[gene]! + Math.max(0, part[from + gene]!);
  }
  return sums.map((sum) => sum / rows);
}

function addProducts(
  sums: Float64Array,
  a: Float32Array,
  meanA: Float64Array,
  b: Float32Array,
  meanB: Float64Array,
): void {
  const genes = sums.length;
  for (let from = 0; from < a.length; from += genes) {
    for (let gene = 0; gene < genes; gene++) {
      const left = Math.max(0, a[from + gene]!) - meanA[gene]!;
      const right = Math.max(0, b[from + gene]!) - meanB[gene]!;
      sums[gene] = sums[gene]! + left * right;
    }
  }
}
