import { UserError } from '../../src-shared/contract/errors.ts';
import { squaredDistance } from '../../src-shared/maths/distance.ts';
import type { Numbers } from '../../src-shared/maths/statistics.ts';

/** Principal components and places of the same cells. */
export interface JointInput {
  /** Cells × `components`, row-major. */
  readonly principalComponents: Numbers;
  readonly components: number;
  /** Cells × `dimensions`, row-major, in any unit. */
  readonly positions: Numbers;
  readonly dimensions: number;
}

/** How much the distances in expression and in space count; spaTrack's alpha2 and alpha1. */
export interface JointWeights {
  readonly expression: number;
  readonly space: number;
}

/** Cells in one space of both. */
export interface JointSpace {
  readonly cells: number;
  readonly dimensions: number;
  /** Cells × dimensions, row-major. */
  readonly points: Float64Array;
}

/**
 * The space in which the squared distance of two cells is
 * w_e ‖pᵢ − pⱼ‖² / Σ ‖p − p′‖² + w_s ‖xᵢ − xⱼ‖² / Σ ‖x − x′‖², the sums over all pairs of cells: principal
 * components p and positions x, each scaled and put side by side. Σ over ordered pairs is 2n Σ ‖p − p̄‖². What does
 * not vary counts nothing.
 *
 * Throws a UserError for numbers that are not finite, for weights that are negative or both 0, and where nothing
 * varies that has a weight; a RangeError where the two do not have the same number of cells.
 */
export function jointSpace(input: JointInput, weights: JointWeights): JointSpace {
  const { principalComponents, components, positions, dimensions } = input;
  const cells = positions.length / dimensions;
  if (!Number.isInteger(cells) || principalComponents.length !== cells * components) {
    throw new RangeError(`${principalComponents.length} components at ${positions.length} coordinates`);
  }
  const { expression, space } = weights;
  if (!(expression >= 0 && space >= 0 && expression + space > 0 && expression + space < Infinity)) {
    throw new UserError(
      `The weights of expression (${expression}) and space (${space}) must be 0 or more, one of them above 0.`,
    );
  }
  const width = components + dimensions;
  const points = new Float64Array(cells * width);
  const one = put(points, width, 0, principalComponents, components, expression, 'expression');
  const two = put(points, width, components, positions, dimensions, space, 'position');
  if (!one && !two) {
    throw new UserError(
      'All cells are alike in expression and position, so nothing orders them; choose other cells or weights.',
    );
  }
  return { cells, dimensions: width, points };
}

/** Writes the scaled values to their columns; false where they stay 0. */
function put(
  points: Float64Array,
  width: number,
  column: number,
  values: Numbers,
  dimensions: number,
  weight: number,
  what: string,
): boolean {
  const cells = points.length / width;
  const means = columnMeans(values, dimensions, what);
  let squares = 0;
  for (let cell = 0; cell < cells; cell++) {
    for (let axis = 0; axis < dimensions; axis++) {
      const centred = values[cell * dimensions + axis]! - means[axis]!;
      points[cell * width + column + axis] = centred;
      squares += centred * centred;
    }
  }
  // Times the number of cells, so that a space of many cells is not one of tiny numbers; no ratio changes.
  const scale = squares === 0 ? 0 : cells * Math.sqrt(weight / (2 * cells * squares));
  for (let cell = 0; cell < cells; cell++) {
    const from = cell * width + column;
    for (let at = from; at < from + dimensions; at++) points[at] = scale * points[at]!;
  }
  return scale > 0;
}

function columnMeans(values: Numbers, dimensions: number, what: string): Float64Array {
  const cells = values.length / dimensions;
  const means = new Float64Array(dimensions);
  for (let cell = 0, at = 0; cell < cells; cell++) {
    for (let axis = 0; axis < dimensions; axis++, at++) {
      if (!Number.isFinite(values[at])) {
        throw new UserError(`Cell ${cell + 1} of ${cells} has no ${what}; leave out such cells.`);
      }
      means[axis] = means[axis]! + values[at]! / cells;
    }
  }
  return means;
}

/** Sweeps in the search for two cells far apart. */
const SWEEPS = 8;

/**
 * Nearly the largest squared distance between two cells (at most it): from the cell farthest from the mean, which is
 * the zero point, again and again to the cell farthest from the last.
 */
export function nearlyDiameter({ points, dimensions, cells }: JointSpace): number {
  let from: Float64Array = new Float64Array(dimensions);
  let largest = 0;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let [farthest, most] = [0, -1];
    for (let cell = 0; cell < cells; cell++) {
      const distance = squaredDistance(points, cell * dimensions, from, 0, dimensions);
      if (distance > most) [farthest, most] = [cell, distance];
    }
    if (sweep > 0 && most <= largest) break;
    if (sweep > 0) largest = most;
    from = points.subarray(farthest * dimensions, (farthest + 1) * dimensions);
  }
  return largest;
}
