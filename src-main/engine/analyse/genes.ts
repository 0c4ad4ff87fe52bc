import type { ParametersOf } from '../../../src-shared/domain/analysis.ts';
import { benjaminiHochberg } from '../../../src-shared/maths/holm.ts';
import { correlateGenes, type GeneCorrelations } from '../../analysis/gene-correlation.ts';
import { partOf } from '../../analysis/long-work.ts';
import { tensorProducts } from '../../methods/products.ts';
import type { AnalysisDesk } from './analyse.ts';
import { startForAnalysis } from './expression.ts';
import { counted, nothing, numbers, table, type Findings } from './findings.ts';
import { graphText, proportionsOf, sectionNotes } from './graphs.ts';
import { cellsWithin } from './labels.ts';

/** |r| and q of genes that count as following the neighbourhood in the summary. */
const LEAST_R = 0.1;
const Q = 0.05;

/** Which genes follow the share of a type among the neighbours, within a niche. */
export async function analyseGenes(desk: AnalysisDesk, asked: ParametersOf<'genes'>): Promise<Findings> {
  const { run } = desk;
  const cells = await cellsWithin(run, asked.within, asked.among);
  const proportion = await proportionsOf(run, asked.neighbourhood, partOf(desk, 0, 0.1));
  await startForAnalysis(desk.backend);
  // Both in one pass: the shifted copies, which cost most, are made once.
  const found = await correlateGenes(
    {
      basis: 'both',
      genes: run.measuredGenes.length + run.genes.length,
      blocks: run.bothBlocks(),
      values: proportion.values,
      positions: run.placed(),
      sections: run.sections?.codes,
      cells,
    },
    {
      ...partOf(desk, 0.1, 1),
      copies: asked.permutations,
      seed: asked.seed,
      products: tensorProducts,
    },
  );
  const panel = new Set(run.measuredGenes);
  const names = [...run.measuredGenes, ...run.genes];
  const imputedFrom = run.measuredGenes.length;
  const all = [...names.keys()];
  const raw = family(found, names, all.slice(0, imputedFrom));
  const imputed = family(found, names, all.slice(imputedFrom));
  const shared = family(
    found,
    names,
    all.slice(imputedFrom).filter((i) => panel.has(names[i]!)),
  );
  return {
    ...nothing(),
    basis: 'both',
    summary:
      `${counted(following(imputed), 'imputed gene')} of ${run.genes.length.toLocaleString('en')} and ` +
      `${counted(following(raw), 'measured gene')} of ${run.measuredGenes.length.toLocaleString('en')} follow the share of ` +
      `${proportion.of} around a cell (|r| ≥ ${LEAST_R}, q < ${Q}).`,
    notes: [
      `${counted(found.cells, 'cell')}; neighbours are the ${graphText(asked.neighbourhood.graph, run.unit)}.`,
      `p compares with ${asked.permutations} copies of the share that were shifted in space, so that two smooth maps do ` +
        'not count as related only because both are smooth.',
      'Imputed values follow the measured genes that they are made from: a correlation of an imputed gene is a ' +
        'hypothesis about the gene, not a measurement of it.',
      ...sectionNotes(run),
    ],
    vectors: [
      numbers('neighbour_proportion', `Share of ${proportion.of} among the neighbours`, proportion.values),
    ],
    tables: [
      table('raw', 'Measured genes, measured values', raw),
      table('imputed_measured', 'Measured genes, imputed values', shared),
      table('imputed_all', 'All genes, imputed values', imputed),
    ],
  };
}

/** Genes that are tested together: q is adjusted among themselves. */
function family(found: GeneCorrelations, names: readonly string[], rows: readonly number[]) {
  const p = rows.map((i) => found.p[i]!);
  return {
    gene: rows.map((i) => names[i]!),
    r: rows.map((i) => found.r[i]!),
    p,
    q: benjaminiHochberg(p),
    exceeding: rows.map((i) => found.exceeding[i]!),
  };
}

function following({ r, q }: Pick<ReturnType<typeof family>, 'r' | 'q'>): number {
  return r.filter((value, i) => Math.abs(value) >= LEAST_R && q[i]! < Q).length;
}
