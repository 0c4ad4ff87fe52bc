import type { NearestRows } from './nearest-rows.ts';

/** Weighted links between points, each in both directions. */
export interface FuzzyGraph {
  readonly heads: Int32Array;
  readonly tails: Int32Array;
  /** 0 … 1 of each. */
  readonly weights: Float64Array;
}

const BISECTIONS = 64;
/** Smallest σ in mean distances. */
const LEAST_SIGMA = 1e-3;

/**
 * UMAP's fuzzy graph of nearest neighbours (McInnes, Healy & Melville 2018, algorithms 2 and 3): membership of j around
 * i is μᵢⱼ = exp(−max(0, dᵢⱼ − ρᵢ) / σᵢ), ρᵢ the distance of the nearest neighbour that is not at the same place and
 * σᵢ such that Σⱼ μᵢⱼ = log₂(k + 1); the weight of a link is μᵢⱼ + μⱼᵢ − μᵢⱼ μⱼᵢ.
 *
 * @param nearest the k nearest other points of each
 */
export function fuzzyGraph(nearest: NearestRows): FuzzyGraph {
  const { k, neighbours } = nearest;
  const memberships = membershipStrengths(nearest);
  const heads: number[] = [];
  const tails: number[] = [];
  const weights: number[] = [];
  for (let entry = 0; entry < neighbours.length; entry++) {
    const i = Math.floor(entry / k);
    const j = neighbours[entry]!;
    const back = neighbours.subarray(j * k, (j + 1) * k).indexOf(i);
    // A link that both ends have is made by the smaller.
    if (back >= 0 && j < i) continue;
    const [there, here] = [memberships[entry]!, back < 0 ? 0 : memberships[j * k + back]!];
    const weight = there + here - there * here;
    heads.push(i, j);
    tails.push(j, i);
    weights.push(weight, weight);
  }
  return {
    heads: Int32Array.from(heads),
    tails: Int32Array.from(tails),
    weights: Float64Array.from(weights),
  };
}

function membershipStrengths({ k, distances }: NearestRows): Float64Array {
  const result = new Float64Array(distances.length);
  const meanOfAll = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  for (let from = 0; from < distances.length; from += k) {
    const around = distances.subarray(from, from + k);
    const rho = around.find((distance) => distance > 0) ?? 0;
    const mean = around.reduce((sum, distance) => sum + distance, 0) / k;
    const sigma = Math.max(bandwidth(around, rho), LEAST_SIGMA * (rho > 0 ? mean : meanOfAll));
    for (let at = 0; at < k; at++) {
      const beyond = around[at]! - rho;
      result[from + at] = beyond > 0 ? Math.exp(-beyond / sigma) : 1;
    }
  }
  return result;
}

/** σ by bisection. */
function bandwidth(distances: Float64Array, rho: number): number {
  const target = Math.log2(distances.length + 1);
  let low = 0;
  let high = Infinity;
  let sigma = 1;
  for (let step = 0; step < BISECTIONS; step++) {
    let sum = 0;
    for (const distance of distances) sum += distance > rho ? Math.exp((rho - distance) / sigma) : 1;
    if (Math.abs(sum - target) < 1e-5) break;
    if (sum > target) high = sigma;
    else low = sigma;
    sigma = high === Infinity ? sigma * 2 : (low + high) / 2;
  }
  return sigma;
}
