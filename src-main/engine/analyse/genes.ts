import type { ParametersOf } from '../../../src-shared/domain/analysis.ts';
import { benjaminiHochberg } from '../../../src-shared/maths/holm.ts';
import { correlateGenes, type GeneCorrelations } from '../../analysis/gene-correlation.ts';
import { partOf } from '../../analysis/long-work.ts';
import { tensorProducts } from '../../methods/products.ts';
import type { AnalysisDesk } from './analyse.ts';
import { startForAnalysis } from './expression.ts';
import { counted, nothing, numbers, table, type AnalysisWork, type Findings } from './findings.ts';
import { graphText, proportionsOf, sectionNotes } from './graphs.ts';
import { cellsWithin } from './labels.ts';
import type { ValuePlace } from './run-data.ts';

/** |r| and q of genes that count as following the neighbourhood in the summary. */
const LEAST_R = 0.1;
const Q = 0.05;

/** Which genes follow the share of a type among the neighbours, within a niche. */
export async function analyseGenes(desk: AnalysisDesk, asked: ParametersOf<'genes'>): Promise<Findings> {
  const { run } = desk;
  const cells = await cellsWithin(run, asked.within, asked.among);
  const proportion = await proportionsOf(run, asked.neighbourhood, partOf(desk, 0, 0.1));
  await startForAnalysis(desk.backend);
  const correlate = (place: ValuePlace, work: AnalysisWork): Promise<GeneCorrelations> =>
    correlateGenes(
      {
        kind: place === 'measured' ? 'raw' : 'imputed-all',
        genes: run.genesOf(place).length,
        blocks: run.blocks(place),
        values: proportion.values,
        positions: run.placed(),
        sections: run.sections?.codes,
        cells,
      },
      { ...work, copies: asked.permutations, seed: asked.seed, products: tensorProducts },
    );
  const panel = run.measuredGenes.length / (run.measuredGenes.length + run.genes.length);
  const raw = await correlate('measured', partOf(desk, 0.1, 0.1 + 0.9 * panel));
  const imputed = await correlate('imputed', partOf(desk, 0.1 + 0.9 * panel, 1));
  const ofPanel = new Set(run.measuredGenes);
  const shared = run.genes.flatMap((gene, i) => (ofPanel.has(gene) ? [i] : []));
  const follow = count(imputed);
  return {
    ...nothing(),
    basis: 'both',
    summary:
      `${counted(follow, 'imputed gene')} of ${run.genes.length.toLocaleString('en')} and ` +
      `${counted(count(raw), 'measured gene')} of ${run.measuredGenes.length.toLocaleString('en')} follow the share of ` +
      `${proportion.of} around a cell (|r| ≥ ${LEAST_R}, q < ${Q}).`,
    notes: [
      `${counted(imputed.cells, 'cell')}; neighbours are the ${graphText(asked.neighbourhood.graph, run.unit)}.`,
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
      geneTable('raw', 'Measured genes, measured values', run.measuredGenes, raw),
      // Adjusted among themselves: a family of its own.
      geneTable('imputed_measured', 'Measured genes, imputed values', run.genes, imputed, shared),
      geneTable('imputed_all', 'All genes, imputed values', run.genes, imputed),
    ],
  };
}

function count({ r, q }: GeneCorrelations): number {
  return r.filter((value, i) => Math.abs(value) >= LEAST_R && q[i]! < Q).length;
}

function geneTable(
  name: string,
  title: string,
  genes: readonly string[],
  found: GeneCorrelations,
  some?: readonly number[],
) {
  const rows = some ?? genes.map((_, i) => i);
  const p = rows.map((i) => found.p[i]!);
  return table(name, title, {
    gene: rows.map((i) => genes[i]!),
    r: rows.map((i) => found.r[i]!),
    p,
    q: some === undefined ? found.q : benjaminiHochberg(p),
    exceeding: rows.map((i) => found.exceeding[i]!),
  });
}
