import { UserError } from '../../src-shared/contract/errors.ts';
import { kMeansRounds } from '../../src-shared/maths/k-means.ts';
import type { Grouping } from '../../src-shared/maths/k-means.ts';
import { Random } from '../../src-shared/maths/random.ts';
import { spreadStart } from '../../src-shared/maths/spread-start.ts';
import { Turns } from './long-work.ts';
import type { LongWork } from './long-work.ts';
import type { NichePoints } from './niche-points.ts';

/** Neighbourhoods of similar composition, the largest first. */
export interface Niches {
  /** Niche of each cell; −1 of cells without surroundings. */
  readonly of: Int32Array;
  /** Cells of each niche, falling. */
  readonly sizes: Int32Array;
  /** Mean share of each type around the cells of a niche: niches × types, row-major. */
  readonly means: Float64Array;
  /** Sum of squared distances from the niches' means, of scaled shares. */
  readonly inertia: number;
}

export interface NicheOptions extends LongWork {
  readonly seed: number;
  /** Starts of k-means, of which the best is taken; 30 if left out, as in Seurat. */
  readonly starts?: number;
}

const STARTS = 30;

/** Cells on which the starts are tried where there are more; the best is carried on with all of them. */
export const TRIED_CELLS = 30_000;

/**
 * Niches by k-means of the scaled composition of the cells' surroundings: Lloyd's algorithm from 30 k-means++
 * starts, of which that of least inertia is taken. (Seurat starts Hartigan and Wong's algorithm from random cells.)
 * With more than {@link TRIED_CELLS} cells the starts are run on that many drawn ones, and the best start goes on
 * with all. The same for a seed.
 *
 * @param k niches; fewer come out where fewer compositions differ
 * Throws a RangeError unless k ≥ 1 is whole, a UserError where there are fewer cells than niches.
 */
export async function niches(points: NichePoints, k: number, options: NicheOptions): Promise<Niches> {
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`${k} niches`);
  const { cells, types, values } = points;
  if (cells.length < k) {
    throw new UserError(
      `${k} niches cannot be told among ${cells.length} cells with a cell type around them; ask for fewer.`,
    );
  }
  const random = new Random(options.seed, 'niches');
  const turns = new Turns(options);
  const sampled = cells.length > TRIED_CELLS;
  const tried = sampled ? drawRows(values, types, TRIED_CELLS, random) : values;
  const starts = options.starts ?? STARTS;
  const share = (start: number): number => (start / starts) * (sampled ? 0.7 : 1);
  let best: Grouping | undefined;
  for (let start = 0; start < starts; start++) {
    const rounds = kMeansRounds(tried, types, spreadStart(tried, types, k, random));
    const grouping = await turns.through(rounds, () => share(start));
    if (best === undefined || grouping.inertia < best.inertia) best = grouping;
  }
  if (sampled) best = await turns.through(kMeansRounds(values, types, best!.centres), () => share(starts));
  return describe(points, best!);
}

/** Some rows without repetition, in the order drawn. */
function drawRows(values: Float64Array, width: number, count: number, random: Random): Float64Array {
  const order = random.permutation(values.length / width);
  const drawn = new Float64Array(count * width);
  for (let i = 0; i < count; i++) {
    drawn.set(values.subarray(order[i]! * width, (order[i]! + 1) * width), i * width);
  }
  return drawn;
}

/** Numbers the groups by falling size, the one that comes first in the data first among equals. */
function describe({ size, cells, types, shares }: NichePoints, { of, centres, inertia }: Grouping): Niches {
  const k = centres.length / types;
  const members = new Int32Array(k);
  const firsts = new Int32Array(k).fill(of.length);
  for (let i = of.length - 1; i >= 0; i--) {
    members[of[i]!] = members[of[i]!]! + 1;
    firsts[of[i]!] = i;
  }
  const order = Int32Array.from({ length: k }, (_, group) => group)
    .filter((group) => members[group]! > 0)
    .sort((a, b) => members[b]! - members[a]! || firsts[a]! - firsts[b]!);
  const rank = new Int32Array(k);
  order.forEach((group, i) => (rank[group] = i));
  const ofCells = new Int32Array(size).fill(-1);
  const means = new Float64Array(order.length * types);
  for (let i = 0; i < of.length; i++) {
    const niche = rank[of[i]!]!;
    ofCells[cells[i]!] = niche;
    for (let type = 0; type < types; type++) {
      means[niche * types + type] =
        means[niche * types + type]! + shares[i * types + type]! / members[of[i]!]!;
    }
  }
  return { of: ofCells, sizes: order.map((group) => members[group]!), means, inertia };
}
