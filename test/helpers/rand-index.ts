/** Adjusted Rand index of two groupings (Hubert & Arabie 1985); negative codes are left out. */
export function adjustedRand(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const cells = new Map<string, number>();
  const rows = new Map<number, number>();
  const columns = new Map<number, number>();
  const add = <K>(map: Map<K, number>, key: K) => map.set(key, (map.get(key) ?? 0) + 1);
  let n = 0;
  for (let i = 0; i < a.length; i++) {
    if (a[i]! < 0 || b[i]! < 0) continue;
    n++;
    add(cells, `${a[i]} ${b[i]}`);
    add(rows, a[i]!);
    add(columns, b[i]!);
  }
  const pairs = (map: Map<unknown, number>) =>
    [...map.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
  const expected = (pairs(rows) * pairs(columns)) / ((n * (n - 1)) / 2);
  return (pairs(cells) - expected) / ((pairs(rows) + pairs(columns)) / 2 - expected);
}
