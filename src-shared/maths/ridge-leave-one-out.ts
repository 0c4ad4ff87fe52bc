import { solvePositiveDefinite } from './cholesky.ts';

/** A ridge regression whose penalty was chosen by its leave-one-out error. */
export interface ChosenRidge {
  readonly penalty: number;
  readonly coefficients: Float64Array;
  /** Of each row, the prediction of the fit without it. */
  readonly leftOut: Float64Array;
}

/**
 * Ridge regression without intercept, β = (XᵀX + λI)⁻¹ Xᵀy (Hoerl & Kennard 1970), for the λ whose sum of squared
 * leave-one-out errors is least (of equal ones the largest λ). Leaving row i out has a closed form,
 * ŷ₋ᵢ = yᵢ − (yᵢ − xᵢᵀβ) / (1 − hᵢ) with hᵢ = xᵢᵀ (XᵀX + λI)⁻¹ xᵢ (Allen 1974).
 *
 * @param x rows × columns, row-major
 * @param penalties all above 0
 */
export function ridgeByLeaveOneOut(
  x: Float64Array,
  y: Float64Array,
  penalties: readonly number[],
): ChosenRidge {
  let best: ChosenRidge | undefined;
  let least = Infinity;
  for (const penalty of [...penalties].sort((a, b) => b - a)) {
    const fit = fitWithout(x, y, penalty);
    const error = fit.leftOut.reduce((sum, prediction, i) => sum + (prediction - y[i]!) ** 2, 0);
    if (best === undefined || error < least) [best, least] = [fit, error];
  }
  if (best === undefined) throw new RangeError('no penalty to choose from');
  return best;
}

function fitWithout(x: Float64Array, y: Float64Array, penalty: number): ChosenRidge {
  const rows = y.length;
  const columns = x.length / rows;
  const gram = new Float64Array(columns * columns);
  const right = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let a = 0; a < columns; a++) {
      const value = x[i * columns + a]!;
      right[a] = right[a]! + value * y[i]!;
      for (let b = 0; b < columns; b++) {
        gram[a * columns + b] = gram[a * columns + b]! + value * x[i * columns + b]!;
      }
    }
  }
  for (let a = 0; a < columns; a++) gram[a * columns + a] = gram[a * columns + a]! + penalty;
  const coefficients = solvePositiveDefinite(gram, right, columns, 1);

  const leftOut = Float64Array.from({ length: rows }, (_, i) => {
    const row = x.subarray(i * columns, (i + 1) * columns);
    const leverage = dot(row, solvePositiveDefinite(gram, row, columns, 1));
    return y[i]! - (y[i]! - dot(row, coefficients)) / (1 - leverage);
  });
  return { penalty, coefficients, leftOut };
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
