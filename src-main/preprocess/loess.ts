import { argsort } from '../../src-shared/maths/statistics.ts';

/** Distinct x in increasing order, with the number of points and the mean y at each. */
interface Ties {
  readonly x: Float64Array;
  readonly weight: Float64Array;
  readonly y: Float64Array;
  /** For every point, in the order given, the index of its x among the distinct ones. */
  readonly index: Int32Array;
}

/** Tricube weights depend on x alone, so points of equal x act as one of that multiplicity at their mean y. */
function collapseTies(x: Float64Array, y: Float64Array): Ties {
  const order = argsort(x);
  const index = new Int32Array(x.length);
  const distinct: number[] = [];
  const weight: number[] = [];
  const sum: number[] = [];
  for (const i of order) {
    if (distinct.length === 0 || x[i] !== distinct.at(-1)) {
      distinct.push(x[i]!);
      weight.push(0);
      sum.push(0);
    }
    const last = distinct.length - 1;
    weight[last]!++;
    sum[last]! += y[i]!;
    index[i] = last;
  }
  const means = sum.map((total, i) => total / weight[i]!);
  return {
    x: Float64Array.from(distinct),
    weight: Float64Array.from(weight),
    y: Float64Array.from(means),
    index,
  };
}

/**
 * Value at u = 0 of the weighted least-squares parabola, from s_k = Σ w uᵏ and t_k = Σ w y uᵏ. Where there are too
 * few distinct points for a parabola (or a line), the next lower degree: it fits such points as exactly.
 */
function parabolaAtZero(s: Float64Array, t: Float64Array): number {
  const tiny = 1e-12;
  const [s0, s1, s2, s3, s4] = s as unknown as [number, number, number, number, number];
  const mean = t[0]! / s0;
  // Gram–Schmidt: p1 = u − a, p2 = u² − b p1 − c, each orthogonal to those before it.
  const a = s1 / s0;
  const norm1 = s2 - a * s1;
  if (!(norm1 > tiny * s2)) return mean;
  const slope = (t[1]! - a * t[0]!) / norm1;
  const c = s2 / s0;
  const b = (s3 - a * s2) / norm1;
  const norm2 = s4 - b * (s3 - a * s2) - c * s2;
  const line = mean - a * slope;
  if (!(norm2 > tiny * s4)) return line;
  const curve = (t[2]! - b * (t[1]! - a * t[0]!) - c * t[0]!) / norm2;
  return line + curve * (a * b - c);
}

/**
 * Local quadratic regression, evaluated exactly at every x (Cleveland & Devlin 1988; R's `loess` with
 * `surface = "direct"`, degree 2, no robustness iterations): the q = ⌊n·span + 1e-5⌋ nearest points, itself among
 * them, with tricube weights (1 − (d/h)³)³, h the distance to the q-th.
 *
 * Where the q nearest all share one x (h = 0) the mean of y there. Sorting apart, the cost is
 * (distinct x) × (distinct x in a window).
 */
export function loess(x: Float64Array, y: Float64Array, span: number): Float64Array {
  const n = x.length;
  const q = Math.min(n, Math.max(1, Math.floor(n * span + 1e-5)));
  const ties = collapseTies(x, y);
  const sorted = Float64Array.from(x).sort();
  const fitted = new Float64Array(ties.x.length);
  let first = 0;
  for (let i = 0; i < fitted.length; i++) {
    const centre = ties.x[i]!;
    while (first + q < n && sorted[first + q]! - centre < centre - sorted[first]!) first++;
    const bandwidth = Math.max(centre - sorted[first]!, sorted[first + q - 1]! - centre);
    fitted[i] = bandwidth > 0 ? localFit(ties, i, bandwidth) : ties.y[i]!;
  }
  return Float64Array.from(ties.index, (i) => fitted[i]!);
}

/** The parabola's value at the i-th distinct x. */
function localFit({ x, weight, y }: Ties, i: number, bandwidth: number): number {
  const s = new Float64Array(5);
  const t = new Float64Array(3);
  const centre = x[i]!;
  const add = (k: number): boolean => {
    const u = (x[k]! - centre) / bandwidth;
    // Products, not powers: this is the innermost loop, and powers take five times as long.
    const gap = 1 - Math.abs(u * u * u);
    if (!(gap > 0)) return false;
    const w = weight[k]! * gap * gap * gap;
    const wu = w * u;
    const wuu = wu * u;
    s[0]! += w;
    s[1]! += wu;
    s[2]! += wuu;
    s[3]! += wuu * u;
    s[4]! += wuu * u * u;
    t[0]! += w * y[k]!;
    t[1]! += wu * y[k]!;
    t[2]! += wuu * y[k]!;
    return true;
  };
  // From the centre outwards, until the weights end.
  for (let k = i; k < x.length && add(k); k++);
  for (let k = i - 1; k >= 0 && add(k); k--);
  return parabolaAtZero(s, t);
}
