/**
 * Mean silhouette of points in groups (Rousseeuw 1987): the mean of (bᵢ − aᵢ) / max(aᵢ, bᵢ), where aᵢ is the mean
 * Euclidean distance of point i from the others of its group and bᵢ the smallest mean distance from the points of
 * another group; 0 for a point alone in its group. All pairs of points are looked at: O(n² d). Yields after each
 * point.
 *
 * @param points points × dimensions, row-major
 * @param of group of each point, 0, 1, …; groups may be empty
 * @returns −1 … 1; NaN where fewer than two groups have points. Throws a RangeError unless there is a group a point.
 */
export function* silhouetteSteps(
  points: Float64Array,
  dimensions: number,
  of: Int32Array,
): Generator<undefined, number> {
  if (of.length * dimensions !== points.length) {
    throw new RangeError(`${of.length} groups of ${points.length / dimensions} points`);
  }
  const groups = of.reduce((most, group) => Math.max(most, group + 1), 0);
  const members = new Int32Array(groups);
  for (const group of of) members[group] = members[group]! + 1;
  if (members.filter((count) => count > 0).length < 2) return Number.NaN;
  const sums = new Float64Array(of.length * groups);
  for (let i = 0; i < of.length; i++) {
    addDistances(points, dimensions, of, i, groups, sums);
    yield;
  }
  let total = 0;
  for (let i = 0; i < of.length; i++) {
    total += width(sums.subarray(i * groups, (i + 1) * groups), members, of[i]!);
  }
  return total / of.length;
}

/** Runs {@link silhouetteSteps} at once. */
export function silhouette(points: Float64Array, dimensions: number, of: Int32Array): number {
  const steps = silhouetteSteps(points, dimensions, of);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** Adds the distances between point i and those before it to the sums of both, by the group of the other. */
function addDistances(
  points: Float64Array,
  dimensions: number,
  of: Int32Array,
  i: number,
  groups: number,
  sums: Float64Array,
): void {
  const own = of[i]!;
  for (let j = 0; j < i; j++) {
    let sum = 0;
    for (let d = 0; d < dimensions; d++) {
      const gap = points[i * dimensions + d]! - points[j * dimensions + d]!;
      sum += gap * gap;
    }
    const distance = Math.sqrt(sum);
    const mine = i * groups + of[j]!;
    const other = j * groups + own;
    sums[mine] = sums[mine]! + distance;
    sums[other] = sums[other]! + distance;
  }
}

/** (b − a) / max(a, b) from a point's sums of distances by group. */
function width(sums: Float64Array, members: Int32Array, own: number): number {
  if (members[own] === 1) return 0;
  const within = sums[own]! / (members[own]! - 1);
  let between = Infinity;
  for (let group = 0; group < sums.length; group++) {
    if (group !== own && members[group]! > 0) between = Math.min(between, sums[group]! / members[group]!);
  }
  const larger = Math.max(within, between);
  return larger === 0 ? 0 : (between - within) / larger;
}
