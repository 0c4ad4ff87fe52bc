const STEPS = 2048;
const PER_UNIT = STEPS / Math.LN2;
const UNIT = Math.LN2 / STEPS;
/** The smallest x; below, it counts as this. */
const LOWEST = -80;
/** Keeps the numbers that are cut to integers positive. */
const OFFSET = 128 * STEPS;

/** 2^(i / 2048) for i below 2048. */
const fractions = Float64Array.from({ length: STEPS }, (_, i) => 2 ** (i / STEPS));
/** 2^(i − 128). */
const powers = Float64Array.from({ length: 256 }, (_, i) => 2 ** (i - 128));

/**
 * Writes e^(x − shift) for every x and returns the sum; x − shift ≤ 80, and counts as −80 where it is less. To
 * within 1e-11 of each value before rounding to float32, four times as fast as Math.exp:
 * x = n ln 2 / 2048 + r, e^x = 2^(n / 2048) (1 + r + r²/2), with the power from tables.
 */
export function exponentials(values: Float32Array, shift: number, result: Float32Array): number {
  // Bundlers turn constants of a module into variables, which the compiler would read anew in every round.
  const [whole, part] = [powers, fractions];
  const [steps, perUnit, unit, lowest, offset] = [STEPS, PER_UNIT, UNIT, LOWEST, OFFSET];
  let total = 0;
  for (let k = 0; k < values.length; k++) {
    const x = values[k]! - shift;
    const bounded = x > lowest ? x : lowest;
    const n = (bounded * perUnit + (offset + 0.5)) | 0;
    const r = bounded - (n - offset) * unit;
    const exponential = whole[n >> 11]! * part[n & (steps - 1)]! * (1 + r * (1 + 0.5 * r));
    result[k] = exponential;
    total += exponential;
  }
  return total;
}
