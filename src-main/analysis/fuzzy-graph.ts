import { Turns } from './long-work.ts';
import type { LongWork } from './long-work.ts';
import type { NearestRows } from './nearest-rows.ts';

/** Weighted links between points, each in both directions. */
export interface FuzzyGraph {
  readonly heads: Int32Array;
  readonly tails: Int32Array;
  /** 0 … 1 of each. */
  readonly weights: Float64Array;
}

const ENTRIES_AT_ONCE = 4096;
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
export async function fuzzyGraph(nearest: NearestRows, work: LongWork = {}): Promise<FuzzyGraph> {
  const { k, neighbours } = nearest;
  const turns = new Turns(work);
  const memberships = await membershipStrengths(nearest, turns);
  const heads = new Int32Array(2 * neighbours.length);
  const tails = new Int32Array(2 * neighbours.length);
  const weights = new Float64Array(2 * neighbours.length);
  let links = 0;
  for (let entry = 0; entry < neighbours.length; entry++) {
    if (entry % ENTRIES_AT_ONCE === 0 && turns.due) await turns.take();
    const i = Math.floor(entry / k);
    const j = neighbours[entry]!;
    const back = placeOf(i, neighbours, j * k, k);
    // A link that both ends have is made by the smaller.
    if (back >= 0 && j < i) continue;
    const there = memberships[entry]!;
    const here = back < 0 ? 0 : memberships[back]!;
    const weight = there + here - there * here;
    // Far outside of all, exp underflows.
    if (weight === 0) continue;
    heads.set([i, j], links);
    tails.set([j, i], links);
    weights.fill(weight, links, links + 2);
    links += 2;
  }
  return { heads: heads.slice(0, links), tails: tails.slice(0, links), weights: weights.slice(0, links) };
}

function placeOf(wanted: number, neighbours: Int32Array, from: number, k: number): number {
  for (let at = from; at < from + k; at++) if (neighbours[at] === wanted) return at;
  return -1;
}

async function membershipStrengths({ k, distances }: NearestRows, turns: Turns): Promise<Float64Array> {
  const result = new Float64Array(distances.length);
  const meanOfAll = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  for (let from = 0; from < distances.length; from += k) {
    if (turns.due) await turns.take();
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
