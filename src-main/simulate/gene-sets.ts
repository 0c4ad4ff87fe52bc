import type { GeneSet } from '../../src-shared/contract/calls/analysis.ts';
import { Random } from '../../src-shared/maths/random.ts';
import type { Anatomy } from './anatomy.ts';
import type { Genes } from './genes.ts';

const decoys = 200;
/** Fewest and most genes of a decoy. */
const decoySize = [15, 60] as const;
const mostMarkers = 60;

/**
 * The pathway of the anatomy, the markers of each cell type, and 200 decoys of 15 to 60 genes drawn from all.
 * Genes that follow a course and genes of the panel are spread evenly over the decoys, so that none of them holds
 * more of these than its share.
 */
export function drawGeneSets(anatomy: Anatomy, genes: Genes, seed: number): GeneSet[] {
  const random = new Random(seed, 'gene-sets');
  const named = (name: string, members: Iterable<number>): GeneSet => ({
    name,
    description: 'simulated',
    genes: Array.from(members, (g) => genes.names[g]!),
  });
  const markers = anatomy.cellTypes.map((type, t) => {
    const members = [...genes.marks.keys()].filter((g) => genes.marks[g] === t).slice(0, mostMarkers);
    return named(`MARKERS_${type.toUpperCase().replace(/\W+/g, '_')}`, members);
  });
  const strata = strataOf(anatomy, genes);
  const drawn = Array.from({ length: decoys }, (_, i) => {
    const size = decoySize[0] + random.below(decoySize[1] - decoySize[0] + 1);
    const members = drawEvenly(random, strata, size).sort((a, b) => a - b);
    return named(`DECOY_${String(i + 1).padStart(3, '0')}`, members);
  });
  const planted = anatomy.pathway === undefined ? [] : [named(anatomy.pathway.name, genes.members)];
  return [...planted, ...markers, ...drawn];
}

/** Genes from each stratum by its share, rounded up or down by chance; the largest stratum, the last, fills up. */
function drawEvenly(random: Random, strata: readonly (readonly number[])[], size: number): number[] {
  const total = strata.reduce((sum, stratum) => sum + stratum.length, 0);
  const members: number[] = [];
  strata.forEach((stratum, i) => {
    const share = Math.floor((size * stratum.length) / total + random.uniform());
    const wanted = i === strata.length - 1 ? size - members.length : share;
    members.push(...Array.from(random.permutation(stratum.length).subarray(0, wanted), (k) => stratum[k]!));
  });
  return members;
}

/** The genes by whether they are measured and whether they follow a course, the smallest group first. */
function strataOf({ programs }: Anatomy, genes: Genes): number[][] {
  const strata: number[][] = [[], [], [], []];
  const measured = new Set(genes.panel);
  for (let g = 0; g < genes.count; g++) {
    const follows = programs[genes.program[g]!]!.courseHeight !== 0;
    strata[2 * Number(measured.has(g)) + Number(follows)]!.push(g);
  }
  return strata.sort((a, b) => a.length - b.length);
}
