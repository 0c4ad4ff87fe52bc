/**
 * Exponential moving average, corrected for its start: s[i] is the mean of y[0 … i] with weights that fall by `weight`
 * from one point to the one before.
 *
 * @param weight 0 (nothing is smoothed) … below 1
 * @param stride points that each value stands for, so that a curve which was thinned looks the same
 */
export function smoothed(y: ArrayLike<number>, weight: number, stride = 1): Float64Array {
  const keep = weight ** stride;
  const result = new Float64Array(y.length);
  let [sum, weights] = [0, 0];
  for (let i = 0; i < y.length; i += 1) {
    sum = sum * keep + y[i]!;
    weights = weights * keep + 1;
    result[i] = sum / weights;
  }
  return result;
}
