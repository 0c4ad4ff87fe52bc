import { standardDeviation } from '../../src-shared/maths/statistics.ts';
import type { Numbers } from '../../src-shared/maths/statistics.ts';

export interface RidgeInput {
  /** One value a cell, such as its pseudotime; cells with one that is not finite are left out. */
  readonly values: Numbers;
  /** Group of each cell, 0 … groups − 1; below 0 where it is in none. */
  readonly groups: Int32Array;
  readonly groupCount: number;
}

/** Where densities are evaluated: `points` values from `from` to `to`, both included, equally spaced. */
export interface Grid {
  readonly from: number;
  readonly to: number;
  readonly points: number;
}

export interface Ridge {
  readonly cells: number;
  /** Standard deviation of the kernel; NaN where there is no density. */
  readonly bandwidth: number;
  /** At the grid's points, integral 1 over the whole line; zeros where fewer than two cells or no spread give none. */
  readonly density: Float64Array;
  /** Too few cells to say much of their distribution. */
  readonly isSparse: boolean;
}

/** Groups with fewer cells are flagged. */
export const FEWEST_CELLS = 10;

/** A kernel further away than so many bandwidths gives 0 in double precision. */
const REACH = 39;

/**
 * The density of each group's values for a ridge plot: a Gaussian kernel density with Silverman's bandwidth
 * h = σ (3n/4)^(−1/5), σ with n − 1 (Silverman 1986, equation 3.28; SciPy's gaussian_kde with bw_method='silverman').
 *
 * Throws a RangeError where sizes do not match, a group is out of range or the grid has fewer than two points.
 */
export function ridgeDensities({ values, groups, groupCount }: RidgeInput, grid: Grid): Ridge[] {
  if (values.length !== groups.length)
    throw new RangeError(`${values.length} values in ${groups.length} groups`);
  if (!(grid.points >= 2 && grid.to > grid.from)) throw new RangeError(`a grid of ${grid.points} points`);
  return valuesByGroup(values, groups, groupCount).map((members) => ridge(members, grid));
}

function valuesByGroup(values: Numbers, groups: Int32Array, groupCount: number): Float64Array[] {
  const counts = new Int32Array(groupCount);
  groups.forEach((group, cell) => {
    if (group >= groupCount) throw new RangeError(`group ${group} of ${groupCount}`);
    if (group >= 0 && Number.isFinite(values[cell])) counts[group] = counts[group]! + 1;
  });
  const result = Array.from(counts, (count) => new Float64Array(count));
  const filled = new Int32Array(groupCount);
  groups.forEach((group, cell) => {
    if (group < 0 || !Number.isFinite(values[cell])) return;
    result[group]![filled[group]!] = values[cell]!;
    filled[group] = filled[group]! + 1;
  });
  return result;
}

function ridge(values: Float64Array, grid: Grid): Ridge {
  const cells = values.length;
  const bandwidth = standardDeviation(values, 1) * ((cells * 3) / 4) ** -0.2;
  const density = new Float64Array(grid.points);
  const about = { cells, density, isSparse: cells < FEWEST_CELLS };
  if (!(bandwidth > 0)) return { ...about, bandwidth: Number.NaN };
  const step = (grid.to - grid.from) / (grid.points - 1);
  for (const value of values) {
    const first = Math.max(0, Math.ceil((value - REACH * bandwidth - grid.from) / step));
    const last = Math.min(grid.points - 1, Math.floor((value + REACH * bandwidth - grid.from) / step));
    for (let point = first; point <= last; point++) {
      const away = (grid.from + point * step - value) / bandwidth;
      density[point] = density[point]! + Math.exp(-0.5 * away * away);
    }
  }
  const height = cells * bandwidth * Math.sqrt(2 * Math.PI);
  return { ...about, bandwidth, density: density.map((sum) => sum / height) };
}
