/** Anything with numbers in it; all sums here run in double precision. */
export type Numbers = ArrayLike<number>;

/** Arithmetic mean; NaN of no values. */
export function mean(values: Numbers): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/**
 * Variance Σ(x − mean)² / (n − ddof), by the two-pass formula. `ddof` 0 is the population's, 1 the sample's.
 * NaN where n ≤ ddof.
 */
export function variance(values: Numbers, ddof: 0 | 1 = 0): number {
  if (values.length <= ddof) return Number.NaN;
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - centre) ** 2;
  return sum / (values.length - ddof);
}

/** Standard deviation, the root of {@link variance}. */
export function standardDeviation(values: Numbers, ddof: 0 | 1 = 0): number {
  return Math.sqrt(variance(values, ddof));
}

/** Smallest and largest value; NaN in both if any value is NaN or there is none. */
export function range(values: Numbers): { readonly min: number; readonly max: number } {
  let min = values.length === 0 ? Number.NaN : Infinity;
  let max = values.length === 0 ? Number.NaN : -Infinity;
  for (let i = 0; i < values.length; i++) {
    min = Math.min(min, values[i]!);
    max = Math.max(max, values[i]!);
  }
  return { min, max };
}

/**
 * Quantile of 0 ≤ `probability` ≤ 1 by linear interpolation between order statistics at (n − 1)p
 * (type 7 of Hyndman & Fan 1996, the default of R and NumPy). NaN of no values; NaN values are not allowed.
 */
export function quantile(values: Numbers, probability: number): number {
  if (!(probability >= 0 && probability <= 1)) throw new RangeError(`quantile(${probability})`);
  const sorted = Float64Array.from(values).sort();
  const position = (sorted.length - 1) * probability;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below === above ? below : below + (position - Math.floor(position)) * (above - below);
}

/** The middle value, or the mean of the two in the middle; NaN of no values. */
export function median(values: Numbers): number {
  return quantile(values, 0.5);
}

/** Positions of the values in increasing order; equal values keep their order. */
export function argsort(values: Numbers): Int32Array {
  return Int32Array.from({ length: values.length }, (_, i) => i).sort(
    (a, b) => values[a]! - values[b]! || a - b,
  );
}

/** Ranks 1 … n; equal values share the mean of their ranks. */
export function ranks(values: Numbers): Float64Array {
  const order = argsort(values);
  const result = new Float64Array(values.length);
  for (let first = 0, last = 0; first < order.length; first = last) {
    while (last < order.length && values[order[last]!] === values[order[first]!]) last++;
    // NaN equals nothing, itself included.
    if (last === first) last++;
    for (let i = first; i < last; i++) result[order[i]!] = (first + last + 1) / 2;
  }
  return result;
}

/** (x − mean) / population standard deviation; all zeros where the values are constant. */
export function zScores(values: Numbers): Float64Array {
  const { min, max } = range(values);
  if (min === max) return new Float64Array(values.length);
  const centre = mean(values);
  const spread = standardDeviation(values);
  return Float64Array.from({ length: values.length }, (_, i) => (values[i]! - centre) / spread);
}
