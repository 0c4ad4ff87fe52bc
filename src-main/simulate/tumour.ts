import { plainProgram, type Anatomy, type Program } from './anatomy.ts';
import { plantedGenes, plantedInPanel } from './options.ts';
import { drawTumourCells } from './tumour-cells.ts';
import { niches } from './tumour-map.ts';
import { cellTypes, response } from './tumour-types.ts';

/** A section of a carcinoma: niches, a tumour that lymphocytes infiltrate around islands, genes that tell how far. */

const markerNames = [
  ['EPCAM', 'KRT19', 'KRT8', 'MUC1', 'CEACAM6'],
  ['COL1A1', 'COL1A2', 'DCN', 'LUM', 'FAP'],
  ['PECAM1', 'VWF', 'CDH5', 'CLDN5', 'KDR'],
  ['CD3D', 'CD3E', 'CD2', 'CD8A', 'IL7R'],
  ['MS4A1', 'CD79A', 'CD19', 'BANK1', 'PAX5'],
  ['MZB1', 'JCHAIN', 'SDC1', 'XBP1', 'DERL3'],
  ['CD68', 'CD163', 'C1QA', 'CSF1R', 'MRC1'],
  ['CLEC9A', 'CD1C', 'FCER1A', 'LAMP3', 'BATF3'],
  ['TFF3', 'SLC26A3', 'CA4', 'FABP1', 'AQP8'],
] as const;

/** Genes that fall early or late on the way, genes that rise early or late, and the pathway, which rises all along. */
const [fallEarly, fallLate, riseEarly, riseLate, riseSteadily] = [0, 1, 2, 3, 4] as const;
const turns = [0.3, 0.6, 0.4, 0.7] as const;
const signs = [-1, -1, 1, 1] as const;
const turnWidth = 0.12;

const still = { ownState: 0.1, otherStates: 0.1 };
const program = (name: string, share: number, panelShare: number, more: Partial<Program>): Program => ({
  ...plainProgram,
  name,
  share,
  panelShare,
  ...more,
});
const programs: readonly Program[] = [
  program('marker', 0.3, 0.42, { marks: true }),
  program('early', 0.03, 0.075, {
    ...still,
    base: 1.3,
    typeSpread: 0.3,
    courseHeight: 4,
    courses: [fallEarly, fallLate],
  }),
  program('late', 0.03, 0.075, {
    ...still,
    base: 1.3,
    typeSpread: 0.3,
    courseHeight: 4,
    courses: [riseEarly, riseLate],
  }),
  program('state', 0.24, 0.23, { typeSpread: 0.3, ownState: 0.5, otherStates: 0.15 }),
  program('housekeeping', 0.15, 0.1, {}),
  program('noise', 0.25, 0.1, { base: -1.2, ownState: 0, otherStates: 0 }),
  program('pathway', 0, 0, { ...still, typeSpread: 0.3, courseHeight: 2, courses: [riseSteadily] }),
];
const indexOf = (name: string): number => programs.findIndex((entry) => entry.name === name);

export const tumour: Anatomy = {
  cellTypes,
  markerNames,
  regions: { column: 'niche', names: niches, told: false },
  programs,
  response,
  courseCount: turns.length + 1,
  courses: (progress, out) => {
    for (let p = 0; p < turns.length; p++) {
      out[p] = signs[p]! * (1 / (1 + Math.exp((turns[p]! - progress) / turnWidth)) - 0.5);
    }
    out[riseSteadily] = progress - 0.5;
  },
  pathway: {
    name: 'PLANTED_IMMUNE_RESPONSE',
    size: plantedGenes,
    inPanel: plantedInPanel,
    from: indexOf('noise'),
    to: indexOf('pathway'),
  },
  drawCells: drawTumourCells,
};
