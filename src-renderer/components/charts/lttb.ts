/**
 * Which points to draw so that a curve of many keeps its look (largest triangle three buckets, Steinarsson 2013): the
 * first and the last, and of each bucket between the one that spans the largest triangle with the point chosen before
 * and the mean of the next bucket.
 *
 * @param x in increasing order, as long as `y`
 * @param limit points at most, at least 3
 * @returns positions, in increasing order
 */
export function lttb(x: ArrayLike<number>, y: ArrayLike<number>, limit: number): Uint32Array {
  const count = x.length;
  if (count <= limit) return Uint32Array.from({ length: count }, (_, i) => i);
  const chosen = new Uint32Array(limit);
  const width = (count - 2) / (limit - 2);
  const start = (bucket: number) => Math.floor(bucket * width) + 1;
  for (let bucket = 0, last = 0; bucket < limit - 2; bucket += 1) {
    const [meanX, meanY] = centre(x, y, start(bucket + 1), Math.min(start(bucket + 2), count));
    let [best, largest] = [start(bucket), -1];
    for (let i = start(bucket); i < start(bucket + 1); i += 1) {
      const area = Math.abs(
        (x[last]! - meanX) * (y[i]! - y[last]!) - (x[last]! - x[i]!) * (meanY - y[last]!),
      );
      if (area > largest) [best, largest] = [i, area];
    }
    chosen[bucket + 1] = best;
    last = best;
  }
  chosen[limit - 1] = count - 1;
  return chosen;
}

function centre(x: ArrayLike<number>, y: ArrayLike<number>, from: number, to: number): [number, number] {
  let [sumX, sumY] = [0, 0];
  for (let i = from; i < to; i += 1) {
    sumX += x[i]!;
    sumY += y[i]!;
  }
  return [sumX / (to - from), sumY / (to - from)];
}
