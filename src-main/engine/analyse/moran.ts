import type { ParametersOf } from '../../../src-shared/domain/analysis.ts';
import { partOf } from '../../analysis/long-work.ts';
import { moranGenes, type MoranOfGenes } from '../../analysis/moran-genes.ts';
import type { AnalysisDesk } from './analyse.ts';
import { nothing, table, type AnalysisWork, type Findings } from './findings.ts';
import type { NeighbourGraph } from '../../analysis/neighbour-graph.ts';
import { graphOf, graphText, sectionNotes } from './graphs.ts';
import type { RunData, ValuePlace } from './run-data.ts';

/** Moran's I of every gene, measured and imputed. */
export async function analyseMoran(desk: AnalysisDesk, asked: ParametersOf<'moran'>): Promise<Findings> {
  const { run } = desk;
  const graph = await graphOf(run, asked.graph, partOf(desk, 0, 0.1));
  const [panel, all] = [run.measuredGenes.length, run.genes.length];
  const middle = 0.1 + (0.9 * panel) / (panel + all);
  const measured = await moranOf(run, 'measured', graph, partOf(desk, 0.1, middle));
  const imputed = await moranOf(run, 'imputed', graph, partOf(desk, middle, 1));
  const genes = [...new Set([...run.genes, ...run.measuredGenes])];
  const [inMeasured, inImputed] = [placeOf(run.measuredGenes), placeOf(run.genes)];
  const spread = (from: Float64Array, places: ReadonlyMap<string, number>) =>
    Float64Array.from(genes, (gene) => from[places.get(gene) ?? -1] ?? Number.NaN);
  const both = genes.filter((gene) => inMeasured.has(gene) && inImputed.has(gene));
  const higher = both.filter((gene) => imputed.i[inImputed.get(gene)!]! > measured.i[inMeasured.get(gene)!]!);
  const unmeasured = [...run.genes.keys()].filter((i) => run.isMeasured[i] === 0);
  const variable = unmeasured.filter((i) => imputed.q[i]! < 0.05).length;
  return {
    ...nothing(),
    basis: 'both',
    summary:
      unmeasured.length === 0
        ? `Every imputed gene was measured too; ${higher.length} of ${both.length} vary more in space as imputed.`
        : `${variable.toLocaleString('en')} of ${unmeasured.length.toLocaleString('en')} genes that were not measured ` +
          `vary in space as imputed (q < 0.05).`,
    notes: [
      'Imputation smooths, and so inflates Moran’s I: ' +
        `of ${both.length} genes that are both measured and imputed, ${higher.length} have a higher I as imputed. ` +
        'Read the I of imputed genes as an order, not as a strength.',
      `Neighbours are the ${graphText(asked.graph, run.unit)}, with equal weights; p is that of independent normal values.`,
      ...sectionNotes(run),
    ],
    tables: [
      table('moran', 'Moran’s I', {
        gene: genes,
        measured_i: spread(measured.i, inMeasured),
        measured_q: spread(measured.q, inMeasured),
        imputed_i: spread(imputed.i, inImputed),
        imputed_q: spread(imputed.q, inImputed),
        panel: genes.map((gene) => (inMeasured.has(gene) ? 1 : 0)),
      }),
    ],
  };
}

function moranOf(
  run: RunData,
  place: ValuePlace,
  graph: NeighbourGraph,
  work: AnalysisWork,
): Promise<MoranOfGenes> {
  const read = (first: number, count: number) => run.columns(place, first, count);
  return moranGenes(graph, { genes: run.genesOf(place).length, read }, work);
}

function placeOf(genes: readonly string[]): ReadonlyMap<string, number> {
  return new Map(genes.map((gene, i) => [gene, i]));
}
