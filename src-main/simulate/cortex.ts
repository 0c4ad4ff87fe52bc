import { Random } from '../../src-shared/maths/random.ts';
import { plainProgram, type Anatomy, type Program } from './anatomy.ts';
import { drawLibrary, drawStates, emptyCells, pick, placeCell, type Cells } from './cells.ts';

/** A piece of cortex: layers from the surface inwards, each with its cell types and genes. */

const cellTypes = [
  'Excitatory L2/3',
  'Excitatory L4',
  'Excitatory L5',
  'Excitatory L6',
  'Inhibitory',
  'Astrocyte',
  'Oligodendrocyte',
  'Microglia',
] as const;

const markerNames = [
  ['Cux2'],
  ['Rorb'],
  ['Fezf2'],
  ['Foxp2'],
  ['Gad1'],
  ['Aqp4'],
  ['Mbp'],
  ['C1qa'],
] as const;

const layers = ['L1', 'L2/3', 'L4', 'L5', 'L6', 'WM'] as const;

/** Where each layer ends, as a fraction of the depth. */
const layerEnds = [0.1, 0.35, 0.5, 0.7, 0.9, 1] as const;

/** Share of each type (columns as in cellTypes) in each layer. */
const shares: readonly (readonly number[])[] = [
  [0.02, 0.0, 0.0, 0.0, 0.28, 0.45, 0.1, 0.15],
  [0.6, 0.04, 0.0, 0.0, 0.15, 0.12, 0.03, 0.06],
  [0.08, 0.6, 0.04, 0.0, 0.12, 0.08, 0.04, 0.04],
  [0.0, 0.06, 0.55, 0.05, 0.13, 0.09, 0.07, 0.05],
  [0.0, 0.0, 0.06, 0.55, 0.08, 0.09, 0.16, 0.06],
  [0.0, 0.0, 0.0, 0.03, 0.03, 0.2, 0.62, 0.12],
];

/** How well each type survives dissociation, so that the reference's composition differs from the tissue's. */
const dissociation = [1.2, 1.2, 1, 1, 1.4, 0.6, 0.5, 0.8] as const;

/** How strongly a type follows the depth gradients: neurons do, glia hardly. */
const depthResponse = [1, 1, 1, 1, 0.8, 0.3, 0.3, 0.2] as const;

/** Depths at which the layer genes peak, and how wide the peaks are. */
const peaks = [0.1, 0.25, 0.45, 0.6, 0.8, 0.95] as const;
const peakWidth = 0.15;

/** Micrometres from the surface to the end of the white matter. */
const tissueDepth = 1200;
/** Square micrometres of section for each cell. */
const areaPerCell = 180;

const anyPeak = { ...plainProgram, courses: [0, 1, 2, 3, 4, 5] };
const programs: readonly Program[] = [
  { ...anyPeak, name: 'marker', share: 0.3, panelShare: 0.45, marks: true },
  { ...anyPeak, name: 'layer', share: 0.15, panelShare: 0.2, typeSpread: 0.3, courseHeight: 2 },
  {
    ...anyPeak,
    name: 'state',
    share: 0.2,
    panelShare: 0.2,
    typeSpread: 0.3,
    ownState: 0.7,
    otherStates: 0.15,
  },
  { ...anyPeak, name: 'housekeeping', share: 0.15, panelShare: 0.1 },
  { ...anyPeak, name: 'noise', share: 0.2, panelShare: 0.05, base: -1.2, ownState: 0, otherStates: 0 },
];

export const cortex: Anatomy = {
  cellTypes,
  markerNames,
  regions: { column: 'layer', names: layers, told: true },
  programs,
  response: depthResponse,
  courseCount: peaks.length,
  courses: (depth, out) => {
    for (let p = 0; p < peaks.length; p++) {
      const distance = (depth - peaks[p]!) / peakWidth;
      out[p] = Math.exp(-0.5 * distance ** 2) - 0.3;
    }
  },
  drawCells: ({ seed, cells, referenceCells }) => ({
    spatial: drawStrip(new Random(seed, 'spatial-cells'), cells),
    reference: drawStrip(new Random(seed, 'reference-cells'), referenceCells, dissociation),
  }),
};

/**
 * Places cells in a strip of tissue at constant density and draws type, states and library size. Positions go along
 * the surface, then away from it. `survival` weighs the types (one entry each), as dissociation does.
 */
function drawStrip(random: Random, count: number, survival?: readonly number[]): Cells {
  const width = (count * areaPerCell) / tissueDepth;
  const cells = emptyCells(count);
  for (let c = 0; c < count; c++) {
    const x = random.uniform() * width;
    const depth = random.uniform();
    // The surface undulates, so that layers are not simply the second coordinate.
    placeCell(cells, c, x, depth * tissueDepth + 60 * Math.sin((2 * Math.PI * x) / 800));
    cells.coordinate[c] = depth;
    const layer = layerEnds.findIndex((end) => depth < end);
    cells.region[c] = layer;
    cells.type[c] = pick(random, shares[layer]!, survival);
    const states = drawStates(random, cells, c);
    // Half of the first one changes slowly along the surface.
    states[0] = Math.sin(x / 150) + Math.SQRT1_2 * states[0]!;
    drawLibrary(random, cells, c);
  }
  return cells;
}
