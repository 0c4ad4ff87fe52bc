import { Random } from '../../src-shared/maths/random.ts';
import { silhouetteSteps } from '../../src-shared/maths/silhouette.ts';
import { Turns } from './long-work.ts';
import type { LongWork } from './long-work.ts';
import type { NichePoints } from './niche-points.ts';
import { niches } from './niches.ts';
import type { NicheOptions, Niches } from './niches.ts';

/** Cells up to which the silhouette is that of all; above, it is that of this many drawn ones. */
export const SILHOUETTE_CELLS = 5000;

/** One number of niches that was tried. */
export interface NicheTrial {
  /** Niches asked for. */
  readonly k: number;
  readonly inertia: number;
  /** Mean silhouette, −1 … 1; NaN where there is a single niche. */
  readonly silhouette: number;
}

export interface ChosenNiches {
  readonly trials: readonly NicheTrial[];
  /** That of the largest silhouette, the earlier tried among equals. */
  readonly k: number;
  readonly niches: Niches;
}

/**
 * Tries numbers of niches and takes the one of the largest mean silhouette. Throws what {@link niches} throws, and a
 * RangeError where there is nothing to try.
 *
 * @param tried numbers of niches, such as 2 … 12
 */
export async function chooseNiches(
  points: NichePoints,
  tried: readonly number[],
  options: NicheOptions,
): Promise<ChosenNiches> {
  const trials: NicheTrial[] = [];
  let chosen: { readonly k: number; readonly score: number; readonly niches: Niches } | undefined;
  for (const [i, k] of tried.entries()) {
    const part = (from: number, length: number): NicheOptions => ({
      ...options,
      progress: (share) => options.progress?.((i + from + length * share) / tried.length),
    });
    const found = await niches(points, k, part(0, 0.9));
    const silhouette = await nicheSilhouette(points, found, part(0.9, 0.1));
    trials.push({ k, inertia: found.inertia, silhouette });
    // A silhouette that is not known is below any that is.
    const score = Number.isNaN(silhouette) ? -Infinity : silhouette;
    if (chosen === undefined || score > chosen.score) chosen = { k, score, niches: found };
  }
  if (chosen === undefined) throw new RangeError('no number of niches to try');
  return { trials, k: chosen.k, niches: chosen.niches };
}

/**
 * Mean silhouette of the niches over the scaled shares: exact up to {@link SILHOUETTE_CELLS} cells, above within a
 * sample of that many. The same for a seed.
 */
export async function nicheSilhouette(
  { cells, types, values }: NichePoints,
  { of }: Niches,
  options: LongWork & { readonly seed: number },
): Promise<number> {
  const all = cells.length <= SILHOUETTE_CELLS;
  const drawn = new Random(options.seed, 'silhouette').permutation(cells.length).slice(0, SILHOUETTE_CELLS);
  const rows = all ? cells.map((_, i) => i) : drawn.sort();
  const points = new Float64Array(rows.length * types);
  rows.forEach((row, i) => points.set(values.subarray(row * types, (row + 1) * types), i * types));
  const steps = silhouetteSteps(
    points,
    types,
    rows.map((row) => of[cells[row]!]!),
  );
  return new Turns(options).through(steps, () => 0.5);
}
