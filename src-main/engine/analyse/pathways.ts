import { basename } from 'node:path';
import type { GeneSet } from '../../../src-shared/contract/calls/analysis.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';
import type { ParametersOf } from '../../../src-shared/domain/analysis.ts';
import type { AnalysisResult } from '../../../src-shared/domain/analysis-result.ts';
import { basisOf, type Basis, type GeneSetKind } from '../../../src-shared/domain/value-basis.ts';
import { matchGeneSets, type MatchedSets } from '../../analysis/gene-set-matching.ts';
import { partOf } from '../../analysis/long-work.ts';
import { chosenGenes, overRepresentation, type TermResult } from '../../analysis/over-representation.ts';
import { rankedEnrichment, type RankedTerm } from '../../analysis/ranked-enrichment.ts';
import { readGeneSets } from '../../io/gmt.ts';
import { readAnalysis } from './analysis-files.ts';
import type { AnalysisDesk } from './analyse.ts';
import { counted, nothing, type AnalysisWork, type Findings } from './findings.ts';
import { figureTable, rankedTable, termTable } from './pathway-tables.ts';
import { starterSets } from './starter-sets.ts';

const KINDS: readonly { readonly kind: GeneSetKind; readonly table: string; readonly title: string }[] = [
  { kind: 'raw', table: 'raw', title: 'Measured genes, measured values' },
  { kind: 'imputed-measured', table: 'imputed_measured', title: 'Measured genes, imputed values' },
  { kind: 'imputed-all', table: 'imputed_all', title: 'All genes, imputed values' },
];

/** What was found of the genes of one kind of values. */
interface Correlated {
  readonly genes: readonly string[];
  readonly r: Float64Array;
  readonly q: Float64Array;
}

/** Gene sets among the genes that follow a neighbourhood: measured values beside imputed ones. */
export async function analysePathways(
  desk: AnalysisDesk,
  asked: ParametersOf<'pathways'>,
): Promise<Findings> {
  const { result: found } = await readAnalysis(asked.genes);
  if (found.parameters.kind !== 'genes') {
    throw new UserError(`${asked.genes} is no analysis of the genes of a neighbourhood; make one first.`, {
      file: asked.genes,
    });
  }
  const sets = await setsOf(asked);
  const tests: Tested[] = [];
  for (const [i, one] of KINDS.entries()) {
    const genes = correlated(found, one.table);
    const matched = matchGeneSets(sets, genes.genes, {
      eligible: Uint8Array.from(genes.r, (r) => (Number.isFinite(r) ? 1 : 0)),
      least: asked.smallest,
      most: asked.largest,
    });
    if (one.kind === 'imputed-all') for (const warning of matched.warnings) desk.warn(warning);
    const work = partOf(desk, i / KINDS.length, (i + 1) / KINDS.length);
    tests.push({ ...one, ...genes, ...(await test(genes, matched, basisOf(one.kind), asked, work)) });
  }
  const termsOf = (wanted: GeneSetKind) => tests.find(({ kind }) => kind === wanted)!.terms;
  const by = {
    raw: termsOf('raw'),
    'imputed-measured': termsOf('imputed-measured'),
    'imputed-all': termsOf('imputed-all'),
  };
  const significant = by['imputed-all'].filter(({ q }) => q < asked.maximumQ);
  return {
    ...nothing(),
    basis: 'both',
    summary: summaryOf(significant, by.raw, asked.maximumQ),
    notes: [
      ...tests.map(
        ({ title, terms, chosen, matched }) =>
          `${title}: ${counted(chosen, 'gene')} of ${matched.background.length.toLocaleString('en')} chosen, ` +
          `${counted(terms.length, 'gene set')} tested ` +
          `(${matched.tooSmall} with fewer than ${asked.smallest} and ${matched.tooLarge} with more than ${asked.largest} ` +
          'genes of this background left out).',
      ),
      'Imputed genes that follow the same measured genes vary together, which makes their sets look more certain than ' +
        'they are: take an enrichment among imputed genes for a hypothesis.',
      ...(asked.permutations > 0
        ? ['Ranked enrichment permutes genes, and so orders sets rather than testing them.']
        : []),
    ],
    tables: [
      ...tests.map(({ table: name, title, genes, terms }) => termTable(name, title, genes, terms)),
      ...(asked.permutations > 0
        ? tests.map(({ table: name, title, genes, ranked }) =>
            rankedTable(`ranked_${name}`, `${title}, ranked`, genes, ranked),
          )
        : []),
      figureTable(by, asked.top),
    ],
  };
}

/** The tests on one kind of values. */
interface Tested extends Correlated {
  readonly kind: GeneSetKind;
  readonly table: string;
  readonly title: string;
  readonly matched: MatchedSets;
  readonly terms: readonly TermResult[];
  readonly ranked: readonly RankedTerm[];
  /** Genes that were chosen. */
  readonly chosen: number;
}

async function test(
  { r, q }: Correlated,
  matched: MatchedSets,
  basis: Basis,
  asked: ParametersOf<'pathways'>,
  work: AnalysisWork,
) {
  const chosen = chosenGenes(
    { r, q },
    { leastCorrelation: asked.minimumCorrelation, q: asked.maximumQ, sign: asked.direction },
  );
  const terms = overRepresentation(chosen, matched, basis);
  const { permutations, seed } = asked;
  const ranked =
    permutations === 0 ? [] : await rankedEnrichment(r, matched, basis, { ...work, permutations, seed });
  return { matched, terms, ranked, chosen: chosen.length };
}

/** The chosen collections together; sets of equal names get that of their file before theirs. */
async function setsOf({ files, starter }: ParametersOf<'pathways'>): Promise<GeneSet[]> {
  const sets: GeneSet[] = starter ? [...(await starterSets()).sets] : [];
  const taken = new Set(sets.map(({ name }) => name));
  for (const file of files) {
    for (const set of await readGeneSets(file)) {
      const name = taken.has(set.name) ? `${basename(file, '.gmt')}: ${set.name}` : set.name;
      taken.add(name);
      sets.push({ ...set, name });
    }
  }
  if (sets.length > 0) return sets;
  throw new UserError(
    'There are no gene sets to test; choose a .gmt file, or the sets that come with SpaGene.',
    {},
    'usage',
  );
}

function correlated({ tables }: AnalysisResult, name: string): Correlated {
  const of = tables.find((one) => one.name === name);
  const numbers = (column: string): Float64Array => {
    const found = of?.columns.find((one) => one.name === column);
    return Float64Array.from(found?.kind === 'number' ? found.values : [], (value) => value ?? Number.NaN);
  };
  const genes = of?.columns[0];
  return { genes: genes?.kind === 'text' ? genes.values : [], r: numbers('r'), q: numbers('q') };
}

function summaryOf(significant: readonly TermResult[], raw: readonly TermResult[], q: number): string {
  const known = new Set(raw.filter((term) => term.q < q).map(({ term }) => term));
  const only = significant.filter(({ term }) => !known.has(term)).length;
  const first = significant[0];
  if (first === undefined) return `No gene set is over-represented among the imputed genes (q < ${q}).`;
  return (
    `${counted(significant.length, 'gene set')} over-represented among the imputed genes (q < ${q}), ${only} of them not ` +
    `by the measured values; first is ${first.term} (${first.hits} of ${first.size} genes).`
  );
}
