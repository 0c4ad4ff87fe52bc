import type { ParametersOf } from '../../../src-shared/domain/analysis.ts';
import { transferLabels } from '../../analysis/label-transfer.ts';
import { clusterCells } from '../../analysis/cluster-cells.ts';
import { partOf } from '../../analysis/long-work.ts';
import { tensorProducts } from '../../methods/products.ts';
import type { AnalysisDesk } from './analyse.ts';
import { componentsOf, startForAnalysis } from './expression.ts';
import { categories, counted, countsOf, nothing, numbers, table, type Findings } from './findings.ts';
import { readReferenceCodes } from './reference-codes.ts';

type Asked = ParametersOf<'cell-types'>;

/** Cell types where the data have none: from the reference, or clusters of the imputed expression. */
export async function analyseCellTypes(desk: AnalysisDesk, asked: Asked): Promise<Findings> {
  await startForAnalysis(desk.backend);
  return asked.method === 'transfer' ? transferred(desk, asked) : clustered(desk, asked);
}

async function transferred(desk: AnalysisDesk, asked: Asked): Promise<Findings> {
  const { run } = desk;
  const reference = await readReferenceCodes(run.folder);
  const { dimensions, values } = await run.codes();
  const found = await transferLabels(
    { reference: reference.values, spatial: values, dimensions, labels: reference.labels },
    { ...desk, k: asked.neighbours, products: tensorProducts },
  );
  const sure = found.confidence.filter((confidence) => confidence >= 0.5).length;
  return {
    ...nothing(),
    basis: 'measured',
    summary:
      `${counted(new Set(found.labels).size, 'cell type')} from the reference; ` +
      `${Math.round((100 * sure) / run.cells.length)} % of the cells have most of the vote of their neighbours.`,
    notes: [
      `Each cell takes the label of its ${asked.neighbours} nearest reference cells in the latent space of the reference, ` +
        'as the network sees the measured genes; the confidence is the share of the vote, not a probability.',
      'A cell type that the reference lacks cannot be found; its cells get the nearest other type.',
    ],
    vectors: [
      categories('cell_type', 'Cell type (from the reference)', reference.names, found.labels),
      numbers('cell_type_confidence', 'Confidence of the cell type', found.confidence),
    ],
    tables: [typeTable(reference.names, found.labels)],
  };
}

async function clustered(desk: AnalysisDesk, asked: Asked): Promise<Findings> {
  const { run } = desk;
  const all = Int32Array.from({ length: run.cells.length }, (_, i) => i);
  const components = await componentsOf(run, 'imputed', all, asked, partOf(desk, 0, 0.5));
  const found = await clusterCells(Float32Array.from(components.values), components.count, {
    ...partOf(desk, 0.5, 1),
    neighbours: asked.neighbours,
    resolution: asked.resolution,
    seed: asked.seed,
  });
  const names = Array.from({ length: found.count }, (_, i) => `Cluster ${i + 1}`);
  return {
    ...nothing(),
    basis: 'imputed',
    summary: `${counted(found.count, 'cluster')} of ${counted(run.cells.length, 'cell')}.`,
    notes: [
      'Clusters rest on imputed expression: cells that the panel cannot tell apart are one cluster, whatever they are.',
    ],
    vectors: [categories('cell_type', 'Cluster', names, found.of)],
    tables: [typeTable(names, found.of)],
  };
}

function typeTable(names: readonly string[], of: ArrayLike<number>) {
  const cells = Array.from(countsOf(of, names.length));
  const all = cells.reduce((sum, count) => sum + count, 0);
  return table('types', 'Cells by type', { type: names, cells, share: cells.map((count) => count / all) });
}
