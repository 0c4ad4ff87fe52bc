const pairs = (n: number): number => (n * (n - 1)) / 2;

function pairsTogether(keys: readonly (number | string)[]): number {
  const sizes = new Map<number | string, number>();
  for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, size) => sum + pairs(size), 0);
}

/**
 * Adjusted Rand index of a grouping against a true one (Hubert & Arabie 1985): 1 where they are the same, about 0 by
 * chance. What has no true group (a negative code) is left out.
 */
export function adjustedRand(found: ArrayLike<number>, truth: ArrayLike<number>): number {
  if (found.length !== truth.length) throw new RangeError(`${found.length} and ${truth.length} points`);
  const known = Array.from(truth, (_, i) => i).filter((i) => truth[i]! >= 0);
  const inFound = pairsTogether(known.map((i) => found[i]!));
  const inTruth = pairsTogether(known.map((i) => truth[i]!));
  const inBoth = pairsTogether(known.map((i) => `${found[i]!} ${truth[i]!}`));
  const expected = (inFound * inTruth) / pairs(known.length);
  return (inBoth - expected) / ((inFound + inTruth) / 2 - expected);
}
