import type { Random } from '../../src-shared/maths/random.ts';
import type { Numbers } from '../../src-shared/maths/statistics.ts';
import { Turns } from './long-work.ts';
import type { LongWork } from './long-work.ts';
import { partition } from './partition.ts';

/**
 * Points spread over all points as those are: the points are halved along the axis of the largest variance until there
 * are as many equal parts (to one point) as are wanted, and a random point of each part is taken.
 *
 * @param points points × dimensions, row-major, finite
 * @param count at least 1; all points where there are no more
 * @param options.among the points to choose among; all when left out
 * Indices in increasing order.
 */
export async function spreadSample(
  points: Numbers,
  dimensions: number,
  count: number,
  random: Random,
  options: LongWork & { readonly among?: Int32Array } = {},
): Promise<Int32Array> {
  if (!(Number.isInteger(count) && count >= 1)) throw new RangeError(`a sample of ${count}`);
  const members =
    options.among?.slice() ?? Int32Array.from({ length: points.length / dimensions }, (_, i) => i);
  if (count >= members.length) return members.sort();
  const chosen: number[] = [];
  const turns = new Turns(options);
  const divide = async (part: Int32Array, wanted: number): Promise<void> => {
    if (turns.due) await turns.take();
    if (wanted === 1) {
      chosen.push(part[random.below(part.length)]!);
      return;
    }
    const axis = widestAxis(points, dimensions, part);
    const left = wanted >> 1;
    const at = Math.round((part.length * left) / wanted);
    const keys = Float64Array.from(part, (point) => points[point * dimensions + axis]!);
    partition(part, keys, at);
    await divide(part.subarray(0, at), left);
    await divide(part.subarray(at), wanted - left);
  };
  await divide(members, count);
  return Int32Array.from(chosen).sort();
}

function widestAxis(points: Numbers, dimensions: number, part: Int32Array): number {
  const sums = new Float64Array(dimensions);
  const squares = new Float64Array(dimensions);
  const origin = part[0]! * dimensions;
  for (const point of part) {
    for (let axis = 0; axis < dimensions; axis++) {
      const x = points[point * dimensions + axis]! - points[origin + axis]!;
      sums[axis] = sums[axis]! + x;
      squares[axis] = squares[axis]! + x * x;
    }
  }
  const spreads = squares.map((square, axis) => square - sums[axis]! ** 2 / part.length);
  return spreads.reduce((best, spread, axis) => (spread > spreads[best]! ? axis : best), 0);
}
