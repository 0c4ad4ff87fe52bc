/** A piece of cortex, invented but plausible: its layers from the surface inwards, its cell types, who lives where. */

export const cellTypes = [
  'Excitatory L2/3',
  'Excitatory L4',
  'Excitatory L5',
  'Excitatory L6',
  'Inhibitory',
  'Astrocyte',
  'Oligodendrocyte',
  'Microglia',
] as const;

/** A readable name for the first marker gene of each type; all other genes are called Sim0001 and so on. */
export const markerNames = ['Cux2', 'Rorb', 'Fezf2', 'Foxp2', 'Gad1', 'Aqp4', 'Mbp', 'C1qa'] as const;

export const layers = ['L1', 'L2/3', 'L4', 'L5', 'L6', 'WM'] as const;

/** Where each layer ends, as a fraction of the depth. */
export const layerEnds = [0.1, 0.35, 0.5, 0.7, 0.9, 1] as const;

/** Share of each type (columns as in cellTypes) in each layer. */
export const shares: readonly (readonly number[])[] = [
  [0.02, 0.0, 0.0, 0.0, 0.28, 0.45, 0.1, 0.15],
  [0.6, 0.04, 0.0, 0.0, 0.15, 0.12, 0.03, 0.06],
  [0.08, 0.6, 0.04, 0.0, 0.12, 0.08, 0.04, 0.04],
  [0.0, 0.06, 0.55, 0.05, 0.13, 0.09, 0.07, 0.05],
  [0.0, 0.0, 0.06, 0.55, 0.08, 0.09, 0.16, 0.06],
  [0.0, 0.0, 0.0, 0.03, 0.03, 0.2, 0.62, 0.12],
];

/** How well each type survives dissociation, so that the reference's composition differs from the tissue's. */
export const dissociation = [1.2, 1.2, 1, 1, 1.4, 0.6, 0.5, 0.8] as const;

/** How strongly a type follows the depth gradients: neurons do, glia hardly. */
export const depthResponse = [1, 1, 1, 1, 0.8, 0.3, 0.3, 0.2] as const;

/** Micrometres from the surface to the end of the white matter. */
export const tissueDepth = 1200;
/** Square micrometres of section for each cell. */
export const areaPerCell = 180;
