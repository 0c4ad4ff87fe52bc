import type { Random } from '../../src-shared/maths/random.ts';

/** Niches of the tumour section, in the order of their indices. */
export const niches = [
  'Tumour core',
  'Infiltrated tumour',
  'Stroma',
  'Lymphoid aggregate',
  'Normal epithelium',
] as const;
export const core = niches.indexOf('Tumour core');
export const infiltrated = niches.indexOf('Infiltrated tumour');

/** Roughly where each niche lies in the unit square, before it is shifted, mirrored and turned, and its area. */
const sites: readonly (readonly [number, number])[] = [
  [0.18, 0.72],
  [0.66, 0.68],
  [0.5, 0.16],
  [0.86, 0.2],
  [0.16, 0.22],
];
const areas = [0.19, 0.3, 0.2, 0.14, 0.17] as const;
const siteShift = 0.05;

/** Islands of the infiltrated tumour that no lymphocyte has reached yet, and how infiltration grows with the distance. */
const islands = 3;
const steepness = 1.5;

/** Borders undulate: waves of displacement, each with this amplitude at one cycle along the side, less at more. */
const waves = 5;
const amplitude = 0.035;

/** A map of the unit square; the same however many cells lie on it. */
export interface NicheMap {
  nicheAt(u: number, v: number): number;
  /** From 0 at the middle of an island of the infiltrated tumour to 1 half-way between islands. */
  infiltrationAt(u: number, v: number): number;
}

/**
 * Draws a map: a power diagram (the niche whose squared distance minus weight is least; Aurenhammer 1987) whose
 * weights give each niche its area, seen through waves, so that each niche is one region with irregular borders.
 *
 * Infiltration rises outwards from three islands, in all directions. Rising in one direction only, it could not be told
 * from any other slope: maps shifted on a torus, which keep the spatial autocorrelation, would correlate as strongly.
 */
export function drawMap(random: Random): NicheMap {
  const warp = drawWarp(random);
  const placed = placeSites(random);
  const weights = new Float64Array(niches.length);
  const owner = (x: number, y: number): number => ownerOf(placed, weights, x, y);
  const grid = warpedGrid(warp);
  balance(grid, owner, weights);
  const inside = grid.filter(([x, y]) => owner(x, y) === infiltrated);
  const centres = spreadCentres(random, inside);
  const distances = inside.map((point) => toNearest(centres, point)).sort((a, b) => a - b);
  // The few places beyond are cut off, so that a single corner does not stretch the gradient.
  const far = distances[Math.floor(0.97 * distances.length)]!;
  return {
    nicheAt: (u, v) => owner(...warp(u, v)),
    infiltrationAt: (u, v) => Math.min(1, toNearest(centres, warp(u, v)) / far) ** steepness,
  };
}

type Point = readonly [number, number];
type Warp = (u: number, v: number) => Point;

function drawWarp(random: Random): Warp {
  const terms = Array.from({ length: waves }, (_, i) => {
    const angle = 2 * Math.PI * random.uniform();
    const cycles = 1 + (2.5 * i) / waves;
    return {
      k: [2 * Math.PI * cycles * Math.cos(angle), 2 * Math.PI * cycles * Math.sin(angle)] as const,
      phase: [2 * Math.PI * random.uniform(), 2 * Math.PI * random.uniform()] as const,
      size: amplitude / cycles,
    };
  });
  return (u, v) => {
    let [x, y] = [u, v];
    for (const { k, phase, size } of terms) {
      const angle = k[0] * u + k[1] * v;
      x += size * Math.sin(angle + phase[0]);
      y += size * Math.sin(angle + phase[1]);
    }
    return [x, y];
  };
}

/** The sites, each shifted a little, all mirrored and turned by a symmetry of the square. */
function placeSites(random: Random): Point[] {
  const [mirrorX, mirrorY, swap] = [random.below(2), random.below(2), random.below(2)];
  return sites.map(([x, y]) => {
    const moved = [x, y].map((value, axis) => {
      const shifted = value + siteShift * (2 * random.uniform() - 1);
      return (axis === 0 ? mirrorX : mirrorY) === 1 ? 1 - shifted : shifted;
    });
    return swap === 1 ? [moved[1]!, moved[0]!] : [moved[0]!, moved[1]!];
  });
}

function ownerOf(placed: readonly Point[], weights: Float64Array, x: number, y: number): number {
  let best = 0;
  let least = Infinity;
  for (let s = 0; s < placed.length; s++) {
    const power = (x - placed[s]![0]) ** 2 + (y - placed[s]![1]) ** 2 - weights[s]!;
    if (power < least) [best, least] = [s, power];
  }
  return best;
}

/** Warped places of a grid of the unit square. */
function warpedGrid(warp: Warp): Point[] {
  const side = 60;
  return Array.from({ length: side * side }, (_, i) =>
    warp(((i % side) + 0.5) / side, (Math.floor(i / side) + 0.5) / side),
  );
}

/** Raises the weights of niches that are too small and lowers the others', until the areas fit. */
function balance(
  grid: readonly Point[],
  owner: (x: number, y: number) => number,
  weights: Float64Array,
): void {
  for (let round = 0; round < 200; round++) {
    const found = new Float64Array(weights.length);
    for (const [x, y] of grid) {
      const s = owner(x, y);
      found[s] = found[s]! + 1 / grid.length;
    }
    for (let s = 0; s < weights.length; s++) weights[s] = weights[s]! + 0.3 * (areas[s]! - found[s]!);
  }
}

/** Centres that share the places among them: Lloyd's rounds from places drawn at random. */
function spreadCentres(random: Random, places: readonly Point[]): Point[] {
  let centres = Array.from({ length: islands }, () => places[random.below(places.length)]!);
  for (let round = 0; round < 20; round++) {
    const sums = centres.map(() => ({ x: 0, y: 0, count: 0 }));
    for (const place of places) {
      const sum = sums[nearest(centres, place)]!;
      sum.x += place[0];
      sum.y += place[1];
      sum.count++;
    }
    centres = sums.map(({ x, y, count }, i) => (count === 0 ? centres[i]! : [x / count, y / count]));
  }
  return centres;
}

function nearest(centres: readonly Point[], [x, y]: Point): number {
  let best = 0;
  for (let i = 1; i < centres.length; i++) {
    const [candidate, chosen] = [centres[i]!, centres[best]!];
    if (Math.hypot(x - candidate[0], y - candidate[1]) < Math.hypot(x - chosen[0], y - chosen[1])) best = i;
  }
  return best;
}

function toNearest(centres: readonly Point[], place: Point): number {
  const centre = centres[nearest(centres, place)]!;
  return Math.hypot(place[0] - centre[0], place[1] - centre[1]);
}
