import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix';

/** Directions in gene space that two datasets share, the most alike first. */
export interface PrincipalVectors {
  /** Cosine of the angle between the two vectors of each pair, falling. */
  readonly cosines: Float64Array;
  /** Vectors of the first dataset as columns: genes × pairs, row-major, each of length 1. */
  readonly source: Float64Array;
}

/**
 * The eigenvectors of the largest eigenvalues of a symmetric matrix, as orthonormal columns, largest first.
 *
 * @param matrix n × n, row-major
 */
export function leadingEigenvectors(matrix: Float64Array, n: number, count: number): Matrix {
  const { eigenvectorMatrix } = new EigenvalueDecomposition(Matrix.from1DArray(n, n, matrix), {
    assumeSymmetric: true,
  });
  // Eigenvalues come in increasing order.
  return eigenvectorMatrix.subMatrixColumn(Array.from({ length: count }, (_, i) => n - 1 - i));
}

/**
 * Principal vectors between two datasets over the same genes (PRECISE; Mourragui et al. 2019,
 * doi 10.1093/bioinformatics/btz372; Golub & Van Loan, 6.4.3). With the leading principal components as columns
 * of P_s and P_t (genes × k) and the singular value decomposition P_sᵀ P_t = U Σ Vᵀ, the principal vectors of the
 * source are P_s U and the cosines are the diagonal of Σ.
 *
 * @param source covariance or correlation matrix of the first dataset, genes × genes; any multiple will do
 * @param target the same of the second
 * @param count components of each dataset, k ≤ genes
 */
export function principalVectors(
  source: Float64Array,
  target: Float64Array,
  genes: number,
  count: number,
): PrincipalVectors {
  const ours = leadingEigenvectors(source, genes, count);
  const theirs = leadingEigenvectors(target, genes, count);
  const { diagonal, leftSingularVectors } = new SingularValueDecomposition(ours.transpose().mmul(theirs));
  return {
    cosines: Float64Array.from(diagonal),
    source: Float64Array.from(ours.mmul(leftSingularVectors).to1DArray()),
  };
}
