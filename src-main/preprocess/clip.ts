import type { PositiveMoments } from './moments.ts';

/**
 * Upper limit of each gene: mean + `sds` sample standard deviations of its positive values over the kept cells
 * (one positive value: sd 0). NaN where there is no positive value, or where `sds` is null: nothing is clipped.
 */
export function clipLimits(moments: PositiveMoments, columns: Int32Array, sds: number | null): Float64Array {
  return Float64Array.from(columns, (column) =>
    sds === null || moments.count[column] === 0
      ? Number.NaN
      : moments.positiveMean[column]! + sds * moments.positiveSd(column),
  );
}

/** The value, or the limit if that is smaller; a NaN limit clips nothing. */
export function clipped(value: number, limit: number): number {
  return value > limit ? limit : value;
}
