import type { Random } from '../../src-shared/maths/random.ts';
import { cellTypes, markerNames } from './anatomy.ts';
import { stateCount } from './cells.ts';

export const programs = ['marker', 'layer', 'state', 'housekeeping', 'noise'] as const;
/** Share of each program among all genes, and in the panel of the spatial assay, which is chosen to inform. */
const share = [0.3, 0.15, 0.2, 0.15, 0.2] as const;
const panelShare = [0.45, 0.2, 0.2, 0.1, 0.05] as const;

/** Depths at which the layer genes peak, and how wide the peaks are. */
export const peaks = [0.1, 0.25, 0.45, 0.6, 0.8, 0.95] as const;
export const peakWidth = 0.15;

/** The genes of a simulation; arrays have one entry a gene unless said otherwise. */
export interface Genes {
  readonly count: number;
  readonly names: readonly string[];
  /** Index into programs. */
  readonly program: Int32Array;
  /** The type a marker gene marks (index into cellTypes); −1 for other genes. */
  readonly marks: Int32Array;
  /** types × genes: log of the mean count in the reference, before states, depth and library size. */
  readonly logMean: Float64Array;
  /** Height of the gene's peak along the depth, in logs; 0 where it has none. */
  readonly peakHeight: Float64Array;
  /** Index into peaks. */
  readonly peak: Int32Array;
  /** stateCount × genes: change of the log mean for one unit of a state. */
  readonly loadings: Float64Array;
  /** Captured share in the spatial assay relative to the reference. */
  readonly spatialEfficiency: Float64Array;
  readonly referenceEfficiency: Float64Array;
  /** Negative binomial size in the reference; the spatial assay's is three times as large. */
  readonly size: Float64Array;
  /** The genes that the spatial assay measures, in increasing order. */
  readonly panel: Int32Array;
}

/** Draws all genes and chooses the panel. */
export function drawGenes(random: Random, count: number, panelGenes: number): Genes {
  const program = random.shuffle(assign(count, share));
  const marks = markedTypes(program);
  const genes = {
    count,
    names: nameGenes(program, marks),
    program,
    marks,
    logMean: new Float64Array(cellTypes.length * count),
    peakHeight: new Float64Array(count),
    peak: new Int32Array(count),
    loadings: new Float64Array(stateCount * count),
    spatialEfficiency: new Float64Array(count),
    referenceEfficiency: new Float64Array(count),
    size: new Float64Array(count),
  };
  for (let g = 0; g < count; g++) {
    drawMeans(random, genes, g);
    genes.spatialEfficiency[g] = 0.6 * Math.exp(0.5 * random.normal() - 0.125);
    genes.referenceEfficiency[g] = Math.exp(0.3 * random.normal() - 0.045);
    genes.size[g] = Math.exp(Math.log(4) + 0.4 * random.normal());
  }
  return { ...genes, panel: choosePanel(random, program, panelGenes) };
}

function drawMeans(random: Random, genes: Omit<Genes, 'panel'>, g: number): void {
  const program = programs[genes.program[g]!]!;
  const base = (program === 'noise' ? -1.2 : -0.2) + 0.8 * random.normal();
  const second = random.uniform() < 0.3 ? random.below(cellTypes.length) : -1;
  const strength = 2.2 + 0.4 * random.normal();
  for (let t = 0; t < cellTypes.length; t++) {
    let effect = 0;
    if (program === 'marker') {
      effect = t === genes.marks[g] ? strength : t === second ? strength / 2 : -1;
    } else if (program === 'state' || program === 'layer') effect = 0.3 * random.normal();
    genes.logMean[t * genes.count + g] = base + effect;
  }
  genes.peak[g] = random.below(peaks.length);
  genes.peakHeight[g] = program === 'layer' ? 2 + 0.3 * random.normal() : 0;
  const main = random.below(stateCount);
  for (let k = 0; k < stateCount; k++) {
    const scale = program === 'state' ? (k === main ? 0.7 : 0.15) : program === 'noise' ? 0 : 0.12;
    genes.loadings[k * genes.count + g] = scale * random.normal();
  }
}

/** Program indices in blocks, sizes by share; rounding goes to the last one. */
function assign(count: number, shares: readonly number[]): Int32Array {
  let end = 0;
  const ends = shares.map((part) => Math.round((end += part) * count));
  return Int32Array.from({ length: count }, (_, g) => ends.findIndex((limit) => g < limit));
}

/** Marker genes go to the types in turn. */
function markedTypes(program: Int32Array): Int32Array {
  let next = 0;
  return program.map((p) => (programs[p] === 'marker' ? next++ % cellTypes.length : -1));
}

function nameGenes(program: Int32Array, marks: Int32Array): string[] {
  const digits = Math.max(4, String(program.length).length);
  return Array.from(marks, (type, g) =>
    type >= 0 && marks.indexOf(type) === g ? markerNames[type]! : `Sim${String(g + 1).padStart(digits, '0')}`,
  );
}

/** Takes genes program by program; where a program has too few, the rest comes from the others. */
function choosePanel(random: Random, program: Int32Array, panelGenes: number): Int32Array {
  const order = random.permutation(program.length);
  const wanted = assign(panelGenes, panelShare);
  const open = programs.map((_, p) => wanted.reduce((sum, q) => sum + Number(q === p), 0));
  const chosen = order.filter((g) => open[program[g]!]!-- > 0);
  const taken = new Set(chosen);
  const others = order.filter((g) => !taken.has(g));
  return Int32Array.from([...chosen, ...others].slice(0, panelGenes)).sort();
}
