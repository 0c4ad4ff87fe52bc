import { Random } from '../../src-shared/maths/random.ts';
import type { Anatomy, Program } from './anatomy.ts';
import { stateCount } from './cells.ts';
import type { ResolvedOptions } from './options.ts';

/** The genes of a simulation; arrays have one entry a gene unless said otherwise. */
export interface Genes {
  readonly count: number;
  readonly names: readonly string[];
  /** Index into the anatomy's programs. */
  readonly program: Int32Array;
  /** The type a marker gene marks (index into the anatomy's cell types); −1 for other genes. */
  readonly marks: Int32Array;
  /** types × genes: log of the mean count in the reference, before states, courses and library size. */
  readonly logMean: Float64Array;
  /** Height of the gene's course, in logs; 0 where it follows none. */
  readonly courseHeight: Float64Array;
  /** Index into the anatomy's courses. */
  readonly course: Int32Array;
  /** stateCount × genes: change of the log mean for one unit of a state. */
  readonly loadings: Float64Array;
  /** Captured share in the spatial assay relative to the reference. */
  readonly spatialEfficiency: Float64Array;
  readonly referenceEfficiency: Float64Array;
  /** Negative binomial size in the reference; the spatial assay's is three times as large. */
  readonly size: Float64Array;
  /** The genes that the spatial assay measures, in increasing order. */
  readonly panel: Int32Array;
  /** Members of the anatomy's pathway, whether it is planted or not; empty where the anatomy has none. */
  readonly members: Int32Array;
}

type Drawn = Omit<Genes, 'panel' | 'members'>;

/** Draws all genes, chooses the panel, and plants the pathway if that is asked for. */
export function drawGenes(
  anatomy: Anatomy,
  { genes: count, panelGenes, seed, pathway }: ResolvedOptions,
): Genes {
  const random = new Random(seed, 'genes');
  const genes = withoutEffects(anatomy, random.shuffle(assign(count, anatomy.programs, 'share')));
  for (let g = 0; g < count; g++) {
    drawMeans(random, anatomy, genes, g);
    genes.spatialEfficiency[g] = 0.6 * Math.exp(0.5 * random.normal() - 0.125);
    genes.referenceEfficiency[g] = Math.exp(0.3 * random.normal() - 0.045);
    genes.size[g] = Math.exp(Math.log(4) + 0.4 * random.normal());
  }
  const members = pathwayMembers(anatomy, genes.program);
  const panel = choosePanel(random, anatomy, genes.program, panelGenes, members);
  if (pathway) plant(new Random(seed, 'pathway'), anatomy, genes, members);
  return { ...genes, panel, members };
}

function withoutEffects(anatomy: Anatomy, program: Int32Array): Drawn {
  const count = program.length;
  const marks = markedTypes(anatomy, program);
  return {
    count,
    names: nameGenes(anatomy, marks),
    program,
    marks,
    logMean: new Float64Array(anatomy.cellTypes.length * count),
    courseHeight: new Float64Array(count),
    course: new Int32Array(count),
    loadings: new Float64Array(stateCount * count),
    spatialEfficiency: new Float64Array(count),
    referenceEfficiency: new Float64Array(count),
    size: new Float64Array(count),
  };
}

/** Makes the members genes of the pathway's program; all else stays as it is without. */
function plant(random: Random, anatomy: Anatomy, genes: Drawn, members: Int32Array): void {
  for (const g of members) {
    genes.program[g] = anatomy.pathway!.to;
    drawMeans(random, anatomy, genes, g);
  }
}

function drawMeans(random: Random, { cellTypes, programs }: Anatomy, genes: Drawn, g: number): void {
  const program = programs[genes.program[g]!]!;
  const base = program.base + 0.8 * random.normal();
  const second = random.uniform() < 0.3 ? random.below(cellTypes.length) : -1;
  const strength = 2.2 + 0.4 * random.normal();
  for (let t = 0; t < cellTypes.length; t++) {
    let effect = 0;
    if (program.marks) effect = t === genes.marks[g] ? strength : t === second ? strength / 2 : -1;
    else if (program.typeSpread > 0) effect = program.typeSpread * random.normal();
    genes.logMean[t * genes.count + g] = base + effect;
  }
  genes.course[g] = program.courses[random.below(program.courses.length)]!;
  genes.courseHeight[g] = program.courseHeight === 0 ? 0 : program.courseHeight + 0.3 * random.normal();
  const main = random.below(stateCount);
  for (let k = 0; k < stateCount; k++) {
    const scale = k === main ? program.ownState : program.otherStates;
    genes.loadings[k * genes.count + g] = scale * random.normal();
  }
}

/** Program indices in blocks, sizes by share; rounding goes to the last one that has a share. */
function assign(count: number, programs: readonly Program[], which: 'share' | 'panelShare'): Int32Array {
  let end = 0;
  const ends = programs.map((program) => Math.round((end += program[which]) * count));
  return Int32Array.from({ length: count }, (_, g) => ends.findIndex((limit) => g < limit));
}

/** Marker genes go to the types in turn. */
function markedTypes({ cellTypes, programs }: Anatomy, program: Int32Array): Int32Array {
  let next = 0;
  return program.map((p) => (programs[p]!.marks ? next++ % cellTypes.length : -1));
}

function nameGenes({ markerNames }: Anatomy, marks: Int32Array): string[] {
  const digits = Math.max(4, String(marks.length).length);
  const named = new Int32Array(markerNames.length);
  return Array.from(marks, (type, g) => {
    const name = type < 0 ? undefined : markerNames[type]![named[type]!];
    if (name === undefined) return `Sim${String(g + 1).padStart(digits, '0')}`;
    named[type] = named[type]! + 1;
    return name;
  });
}

/** The first genes of the program that members come from; programs are shuffled, so these are any. */
function pathwayMembers({ pathway }: Anatomy, program: Int32Array): Int32Array {
  if (pathway === undefined) return new Int32Array();
  const candidates = [...program.keys()].filter((g) => program[g] === pathway.from);
  return Int32Array.from(candidates.slice(0, pathway.size(program.length)));
}

/**
 * Takes genes program by program; where a program has too few, the rest comes from the others. Of the pathway's
 * members it takes the few that the anatomy allows first, and no others.
 */
function choosePanel(
  random: Random,
  { programs, pathway }: Anatomy,
  program: Int32Array,
  panelGenes: number,
  members: Int32Array,
): Int32Array {
  const apart = new Set(members);
  const free = random.permutation(program.length).filter((g) => !apart.has(g));
  const order = [...members.subarray(0, pathway?.inPanel), ...free];
  const wanted = assign(panelGenes, programs, 'panelShare');
  const open = programs.map((_, p) => wanted.reduce((sum, q) => sum + Number(q === p), 0));
  const chosen = order.filter((g) => open[program[g]!]!-- > 0);
  const taken = new Set(chosen);
  const others = order.filter((g) => !taken.has(g));
  return Int32Array.from([...chosen, ...others].slice(0, panelGenes)).sort();
}
