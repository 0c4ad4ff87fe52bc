import { NearestSearch } from './kd-search.ts';
import { kdTree } from './kd-tree.ts';
import type { KdTree } from './kd-tree.ts';
import type { Numbers } from './statistics.ts';

/** Positions of cells: cells × dimensions, row-major; NaN where a cell has none. */
export interface Positions {
  readonly dimensions: number;
  readonly values: Numbers;
}

/** The nearest other cells of every cell that has a position. */
export interface Neighbours {
  /** Cells asked about, those without a position included. */
  readonly size: number;
  /** Cells that have a position, in increasing order. */
  readonly cells: Int32Array;
  /** Neighbours of each. */
  readonly k: number;
  /** Row i: the neighbours of cells[i], nearest first, as indices among all cells; cells.length × k, row-major. */
  readonly neighbours: Int32Array;
}

/**
 * The k nearest other cells of each cell by Euclidean distance, exactly, in any number of dimensions. Equally near
 * ones go by index, the smaller first; other cells at the very same place count as neighbours at distance 0. Cells
 * with a coordinate that is not finite are left out. Where there are fewer than k + 1 cells, k is all the others.
 *
 * Throws a RangeError unless k ≥ 1 is whole and the values fill whole rows.
 */
export function nearestNeighbours(positions: Positions, k: number): Neighbours {
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`${k} neighbours`);
  const cells = locatedCells(positions);
  const points = pointsOf(positions, cells);
  const { dimensions, values } = positions;
  const size = values.length / dimensions;
  const reached = Math.max(0, Math.min(k, cells.length - 1));
  const neighbours = reached === 0 ? new Int32Array() : searchAll(kdTree(points, dimensions), reached);
  return { size, cells, k: reached, neighbours: neighbours.map((found) => cells[found]!) };
}

/** Cells with a position, in increasing order. Throws a RangeError unless the values fill whole rows. */
export function locatedCells({ dimensions, values }: Positions): Int32Array {
  const size = values.length / dimensions;
  if (!(dimensions >= 1 && Number.isInteger(size))) {
    throw new RangeError(`${values.length} values are no positions in ${dimensions} dimensions`);
  }
  const hasPosition = (cell: number): boolean => {
    for (let axis = 0; axis < dimensions; axis++) {
      if (!Number.isFinite(values[cell * dimensions + axis]!)) return false;
    }
    return true;
  };
  return Int32Array.from({ length: size }, (_, i) => i).filter(hasPosition);
}

/** Coordinates of some cells, cells × dimensions, row-major. */
export function pointsOf({ dimensions, values }: Positions, cells: Int32Array): Float64Array {
  const points = new Float64Array(cells.length * dimensions);
  for (let i = 0; i < cells.length; i++) {
    for (let axis = 0; axis < dimensions; axis++) {
      points[i * dimensions + axis] = values[cells[i]! * dimensions + axis]!;
    }
  }
  return points;
}

/** Row i: the k nearest other points of point i. */
function searchAll(tree: KdTree, k: number): Int32Array {
  const search = new NearestSearch(tree, k);
  const result = new Int32Array(tree.order.length * k);
  // In the order of the leaves, one search finds most of its nodes still in the processor's cache.
  for (let place = 0; place < tree.order.length; place++) {
    result.set(search.around(place), tree.order[place]! * k);
  }
  return result;
}
