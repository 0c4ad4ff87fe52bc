import type { Random } from '../../src-shared/maths/random.ts';
import { areaPerCell, cellTypes, layerEnds, shares, tissueDepth } from './anatomy.ts';

/** Continuous programs that vary from cell to cell within a type. */
export const stateCount = 4;

/** The cells of one assay; arrays have one entry a cell unless said otherwise. */
export interface Cells {
  readonly count: number;
  /** count × 2, micrometres: along the surface, then away from it. */
  readonly positions: Float64Array;
  /** Depth from 0 (surface) to 1. */
  readonly depth: Float64Array;
  /** Index into anatomy's layers. */
  readonly layer: Int32Array;
  /** Index into anatomy's cellTypes. */
  readonly type: Int32Array;
  /** count × stateCount. */
  readonly states: Float32Array;
  /** Relative library size, mean 1. */
  readonly library: Float32Array;
}

const librarySpread = 0.35;

/**
 * Places cells in a strip of tissue at constant density and draws type, states and library size.
 * `survival` weighs the types (one entry each), as dissociation does.
 */
export function drawCells(random: Random, count: number, survival?: readonly number[]): Cells {
  const width = (count * areaPerCell) / tissueDepth;
  const cells: Cells = {
    count,
    positions: new Float64Array(count * 2),
    depth: new Float64Array(count),
    layer: new Int32Array(count),
    type: new Int32Array(count),
    states: new Float32Array(count * stateCount),
    library: new Float32Array(count),
  };
  for (let c = 0; c < count; c++) {
    const x = random.uniform() * width;
    const depth = random.uniform();
    // The surface undulates, so that layers are not simply the second coordinate.
    const y = depth * tissueDepth + 60 * Math.sin((2 * Math.PI * x) / 800);
    cells.positions[2 * c] = Math.round(x * 100) / 100;
    cells.positions[2 * c + 1] = Math.round(y * 100) / 100;
    cells.depth[c] = depth;
    const layer = layerEnds.findIndex((end) => depth < end);
    cells.layer[c] = layer;
    cells.type[c] = pick(random, shares[layer]!, survival);
    drawStates(random, x, cells.states.subarray(c * stateCount, (c + 1) * stateCount));
    cells.library[c] = Math.exp(librarySpread * random.normal() - librarySpread ** 2 / 2);
  }
  return cells;
}

/** Independent states of unit variance, except the first, half of which changes slowly along the surface. */
function drawStates(random: Random, x: number, states: Float32Array): void {
  for (let k = 0; k < stateCount; k++) states[k] = random.normal();
  states[0] = Math.sin(x / 150) + Math.SQRT1_2 * states[0]!;
}

function pick(random: Random, share: readonly number[], weights: readonly number[] | undefined): number {
  const weighted = weights === undefined ? share : share.map((value, t) => value * weights[t]!);
  let left = random.uniform() * weighted.reduce((sum, value) => sum + value, 0);
  for (let t = 0; t < cellTypes.length; t++) {
    left -= weighted[t]!;
    if (left < 0) return t;
  }
  return weighted.findLastIndex((value) => value > 0);
}
