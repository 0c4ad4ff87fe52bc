import type { Coordinates } from '../matrix/dataset.ts';

/** Positions of some cells in a plane or in space; sections lie side by side. */
export interface LaidOut {
  /** cells × dimensions, row-major; NaN where a cell has none. */
  readonly values: Float64Array;
  readonly dimensions: number;
}

/** Gaps between sections, as shares of the largest extent: to look at, and so wide that none has neighbours in another. */
const GAPS = { drawn: 0.15, apart: 3 } as const;

/**
 * Positions of the given cells. Sections share one coordinate system in some files and have one each in others, so
 * each is moved to its own place along x: beside one another for a map, far apart for Moran's I.
 */
export function layOut(
  { dimensions, values }: Coordinates,
  sections: readonly string[] | undefined,
  rows: Int32Array,
  gap: keyof typeof GAPS,
): LaidOut {
  const taken = new Float64Array(rows.length * dimensions);
  for (const [i, row] of rows.entries()) {
    taken.set(values.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions);
  }
  if (sections === undefined) return { values: taken, dimensions };
  const names = [...new Set(Array.from(rows, (row) => sections[row]!))].sort();
  const boxes = names.map((name) => extent(taken, dimensions, (i) => sections[rows[i]!] === name));
  const space = GAPS[gap] * largestExtent(taken, dimensions);
  let next = 0;
  const shifts = new Map(
    names.map((name, s) => {
      const { low, high } = boxes[s]!;
      const shift = next - low;
      next += high - low + space;
      return [name, shift];
    }),
  );
  for (const [i, row] of rows.entries()) {
    taken[i * dimensions] = taken[i * dimensions]! + shifts.get(sections[row]!)!;
  }
  return { values: taken, dimensions };
}

function largestExtent(values: Float64Array, dimensions: number): number {
  const spans = Array.from({ length: dimensions }, (_, d) => {
    const { low, high } = extent(values, dimensions, () => true, d);
    return high - low;
  });
  return Math.max(...spans);
}

function extent(values: Float64Array, dimensions: number, belongs: (cell: number) => boolean, axis = 0) {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i * dimensions < values.length; i++) {
    const x = values[i * dimensions + axis]!;
    if (!belongs(i) || Number.isNaN(x)) continue;
    low = Math.min(low, x);
    high = Math.max(high, x);
  }
  return low <= high ? { low, high } : { low: 0, high: 0 };
}
