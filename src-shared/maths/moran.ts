import { nearestNeighbours } from './neighbours.ts';
import type { Neighbours, Positions } from './neighbours.ts';
import { normalUpperTail } from './normal.ts';
import type { Numbers } from './statistics.ts';

/** Neighbours whose values a cell is compared with. */
export const MORAN_NEIGHBOURS = 6;

/** Which cells are neighbours (each with weight 1/k, so rows sum to 1; not symmetrised), and sums over the weights. */
export interface SpatialWeights extends Neighbours {
  /** Σ w; the number of cells. */
  readonly s0: number;
  /** ½ Σᵢⱼ (wᵢⱼ + wⱼᵢ)². */
  readonly s1: number;
  /** Σᵢ (Σⱼ wᵢⱼ + Σⱼ wⱼᵢ)². */
  readonly s2: number;
}

/** Moran's I of one gene and its test. */
export interface Moran {
  readonly i: number;
  /** Expectation −1/(n − 1) and variance of I where values are independent and normal. */
  readonly expectation: number;
  readonly variance: number;
  readonly z: number;
  /** One-sided p-value of I being above its expectation. */
  readonly pGreater: number;
}

/** Weights of the k nearest neighbours; {@link nearestNeighbours} says which those are and what it throws. */
export function spatialWeights(positions: Positions, k = MORAN_NEIGHBOURS): SpatialWeights {
  const nearest = nearestNeighbours(positions, k);
  const n = nearest.cells.length;
  // Whole numbers until the last division, so that the sums are exact.
  const incoming = new Int32Array(nearest.size);
  for (const cell of nearest.neighbours) incoming[cell] = incoming[cell]! + 1;
  let squares = 0;
  for (const cell of nearest.cells) squares += (nearest.k + incoming[cell]!) ** 2;
  const s1 = (n * nearest.k + mutual(nearest)) / nearest.k ** 2;
  return { ...nearest, s0: n, s1, s2: squares / nearest.k ** 2 };
}

/** Ordered pairs (i, j) that are each other's neighbours. */
function mutual({ size, cells, k, neighbours }: Neighbours): number {
  const rowOf = new Int32Array(size);
  cells.forEach((cell, row) => (rowOf[cell] = row));
  let pairs = 0;
  for (let entry = 0; entry < neighbours.length; entry++) {
    const cell = cells[Math.floor(entry / k)]!;
    const row = rowOf[neighbours[entry]!]!;
    for (let other = row * k; other < (row + 1) * k; other++) if (neighbours[other] === cell) pairs++;
  }
  return pairs;
}

/**
 * Moran's I, n/S₀ · Σᵢⱼ wᵢⱼ zᵢ zⱼ / Σ zᵢ² with z = x − mean, over the cells that have a position (Moran 1950), and its
 * test under normality, Var I = (n² S₁ − n S₂ + 3 S₀²) / ((n² − 1) S₀²) − 1/(n − 1)² (Cliff & Ord 1981).
 *
 * @param values one value a cell, in the order of the positions
 * Null where it says nothing: constant or not finite values, or every cell every other's neighbour (I is then always
 * its expectation). Throws a RangeError when the number of values is not that of the positions.
 */
export function moran(values: Numbers, weights: SpatialWeights): Moran | null {
  const { size, cells, s0, s1, s2 } = weights;
  if (values.length !== size) throw new RangeError(`${values.length} values at ${size} positions`);
  const n = cells.length;
  if (weights.k >= n - 1 || !varies(values, cells)) return null;

  const i = ((n / s0) * crossProduct(values, weights)) / weights.k;
  const expectation = -1 / (n - 1);
  const variance = (n * n * s1 - n * s2 + 3 * s0 * s0) / ((n * n - 1) * s0 * s0) - expectation ** 2;
  const z = (i - expectation) / Math.sqrt(variance);
  return { i, expectation, variance, z, pGreater: normalUpperTail(z) };
}

/** True where the cells' values are finite and not all equal. */
function varies(values: Numbers, cells: Int32Array): boolean {
  const first = values[cells[0]!]!;
  return (
    cells.every((cell) => Number.isFinite(values[cell]!)) && cells.some((cell) => values[cell] !== first)
  );
}

/** Σᵢ zᵢ Σⱼ zⱼ over the neighbours j of i, divided by Σ zᵢ². */
function crossProduct(values: Numbers, { size, cells, k, neighbours }: SpatialWeights): number {
  let mean = 0;
  for (const cell of cells) mean += values[cell]! / cells.length;
  const centred = new Float64Array(size);
  for (const cell of cells) centred[cell] = values[cell]! - mean;
  let products = 0;
  let squares = 0;
  for (let row = 0; row < cells.length; row++) {
    const z = centred[cells[row]!]!;
    let around = 0;
    for (let entry = row * k; entry < (row + 1) * k; entry++) around += centred[neighbours[entry]!]!;
    products += z * around;
    squares += z * z;
  }
  return products / squares;
}
