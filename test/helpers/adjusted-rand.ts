const pairs = (n: number): number => (n * (n - 1)) / 2;

function sizes(keys: readonly string[]): number[] {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts.values()];
}

/** Adjusted Rand index of two groupings (Hubert & Arabie 1985): 1 where they are the same, about 0 by chance. */
export function adjustedRand(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} and ${b.length} points`);
  const together = (keys: string[]) => sizes(keys).reduce((sum, n) => sum + pairs(n), 0);
  const inA = together(Array.from(a, String));
  const inB = together(Array.from(b, String));
  const inBoth = together(Array.from(a, (group, i) => `${group} ${b[i]!}`));
  const expected = (inA * inB) / pairs(a.length);
  return (inBoth - expected) / ((inA + inB) / 2 - expected);
}
