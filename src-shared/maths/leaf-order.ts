/**
 * Order of the rows of a table in which like ones lie beside each other: the leaves of a tree made by average linkage
 * (Sokal & Michener 1958) on Euclidean distances. Of the two clusters that are joined, the one whose mean is smaller
 * comes first, so that the order does not hang on the order of the rows. O(n³) for n rows; meant for a heat map.
 *
 * @param values rows × columns, row-major; what is no number counts as 0
 * @param rows number of rows
 * @returns positions of the rows, `rows` long
 */
export function leafOrder(values: ArrayLike<number>, rows: number): number[] {
  const width = rows === 0 ? 0 : values.length / rows;
  if (!Number.isInteger(width)) throw new RangeError('values are not rows × columns');
  const at = (row: number, column: number) => values[row * width + column]! || 0;
  let clusters = Array.from({ length: rows }, (_, row): Cluster => {
    let sum = 0;
    for (let column = 0; column < width; column++) sum += at(row, column);
    return { leaves: [row], mean: width === 0 ? 0 : sum / width };
  });
  const distances = pairDistances(rows, width, at);
  while (clusters.length > 1) {
    const [i, j] = nearestPair(clusters, distances, rows);
    const [a, b] = [clusters[i]!, clusters[j]!].sort((one, other) => one.mean - other.mean);
    const joined = joinedOf(a!, b!);
    clusters = [...clusters.filter((_, k) => k !== i && k !== j), joined];
  }
  return clusters[0]?.leaves ?? [];
}

interface Cluster {
  readonly leaves: number[];
  readonly mean: number;
}

function joinedOf(a: Cluster, b: Cluster): Cluster {
  const [m, n] = [a.leaves.length, b.leaves.length];
  return { leaves: [...a.leaves, ...b.leaves], mean: (m * a.mean + n * b.mean) / (m + n) };
}

function pairDistances(
  rows: number,
  width: number,
  at: (row: number, column: number) => number,
): Float64Array {
  const distances = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let column = 0; column < width; column++) sum += (at(i, column) - at(j, column)) ** 2;
      distances[i * rows + j] = distances[j * rows + i] = Math.sqrt(sum);
    }
  }
  return distances;
}

/** The two clusters with the smallest mean distance between their leaves. */
function nearestPair(clusters: readonly Cluster[], distances: Float64Array, rows: number): [number, number] {
  let best: [number, number] = [0, 1];
  let least = Infinity;
  for (let i = 0; i < clusters.length; i++) {
    for (let j = i + 1; j < clusters.length; j++) {
      const [a, b] = [clusters[i]!.leaves, clusters[j]!.leaves];
      let sum = 0;
      for (const one of a) for (const other of b) sum += distances[one * rows + other]!;
      const mean = sum / (a.length * b.length);
      if (mean < least) [least, best] = [mean, [i, j]];
    }
  }
  return best;
}
