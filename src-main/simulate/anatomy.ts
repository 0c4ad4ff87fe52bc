import type { Cells } from './cells.ts';
import type { Sizes } from './options.ts';

/** A kind of gene: how many there are, and what their counts depend on. */
export interface Program {
  readonly name: string;
  /** Share among all genes. */
  readonly share: number;
  /** Share in the panel of the spatial assay, which is chosen to inform. */
  readonly panelShare: number;
  /** True where each gene marks one cell type. */
  readonly marks: boolean;
  /** Mean over the genes of the log of the mean count in the reference. */
  readonly base: number;
  /** Spread between the types, in logs. */
  readonly typeSpread: number;
  /** Mean height of the genes' courses, in logs; 0 where they follow none. */
  readonly courseHeight: number;
  /** The courses that a gene may follow, as indices. */
  readonly courses: readonly number[];
  /** Spread of the loadings on the gene's own state, and on the others. */
  readonly ownState: number;
  readonly otherStates: number;
}

/** A program that depends on little; the others say what they change. */
export const plainProgram: Omit<Program, 'name' | 'share' | 'panelShare'> = {
  marks: false,
  base: -0.2,
  typeSpread: 0,
  courseHeight: 0,
  courses: [0],
  ownState: 0.12,
  otherStates: 0.12,
};

/** A gene set that is planted: genes of one program become genes of another. */
export interface Pathway {
  readonly name: string;
  /** Members among so many genes. */
  readonly size: (genes: number) => number;
  /** Most members that the panel may hold. */
  readonly inPanel: number;
  /** Index of the program whose genes become members, and of the one that they follow then. */
  readonly from: number;
  readonly to: number;
}

/** An invented but plausible piece of tissue: its cell types, its regions, who lives where, which genes tell. */
export interface Anatomy {
  readonly cellTypes: readonly string[];
  /** Readable names for the first marker genes of each type; all other genes are called Sim0001 and so on. */
  readonly markerNames: readonly (readonly string[])[];
  /** What a region is called as a column, their names, and whether the spatial file tells them or the truth only. */
  readonly regions: { readonly column: string; readonly names: readonly string[]; readonly told: boolean };
  readonly programs: readonly Program[];
  /** How strongly a type follows the courses. */
  readonly response: readonly number[];
  readonly courseCount: number;
  /** Writes the value of each course where a cell's coordinate is `at`. */
  readonly courses: (at: number, out: Float64Array) => void;
  readonly pathway?: Pathway;
  /** Draws the cells of both assays; the same seed gives the same cells. */
  readonly drawCells: (sizes: Sizes) => { readonly spatial: Cells; readonly reference: Cells };
}
