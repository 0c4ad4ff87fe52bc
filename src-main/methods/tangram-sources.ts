import { UserError } from '../../src-shared/contract/errors.ts';
import { median } from '../../src-shared/maths/statistics.ts';
import { rowRange } from '../matrix/affine-view.ts';
import { takeRows } from '../matrix/dense.ts';
import { cellClusters, clusterSums } from './clusters.ts';
import { normalisedCounts } from './expression-view.ts';
import type { CountData, MethodInput } from './method.ts';
import type { MappingBlock } from './tangram-blocks.ts';
import type { MappingProblem } from './tangram-mapping.ts';

/** Training genes as columns of each dataset. */
export interface TrainingGenes {
  readonly spatial: Int32Array;
  readonly reference: Int32Array;
}

/** What is mapped: reference cells, or clusters of them. */
export interface Sources {
  readonly count: number;
  /** Sources × training genes and sources × targets, library-size normalised counts. */
  readonly training: Float32Array;
  readonly targets: Float32Array;
  /** Reference cells in each source. */
  readonly cells: Int32Array;
  readonly departures: readonly string[];
}

/** Training genes that both datasets have counts of; the authors leave out those without. */
export function trainingGenes({ data, counts }: MethodInput): TrainingGenes {
  const { spatial, reference } = data.shared;
  const ours = hasCounts(counts.spatial, spatial);
  const theirs = hasCounts(counts.reference, reference);
  const both = (columns: Int32Array) => columns.filter((_, i) => ours[i]! && theirs[i]!);
  if (both(spatial).length > 0) return { spatial: both(spatial), reference: both(reference) };
  throw new UserError('Tangram needs training genes with counts in both datasets, and there is none.');
}

function hasCounts({ values }: CountData, columns: Int32Array): boolean[] {
  return Array.from(columns, (column) => {
    for (let k = column; k < values.values.length; k += values.columns) {
      if (values.values[k]! > 0) return true;
    }
    return false;
  });
}

/** Every reference cell on its own. */
export function cellSources({ counts, targets }: MethodInput, genes: TrainingGenes): Sources {
  const { reference } = counts;
  const scale = { target: median(reference.totals), log: false };
  const rows = rowRange(0, reference.values.rows);
  return {
    count: rows.length,
    training: normalisedCounts(reference, genes.reference, scale).read(rows),
    targets: normalisedCounts(reference, targets, scale).read(rows),
    cells: new Int32Array(rows.length).fill(1),
    departures: [],
  };
}

/** Clusters, each the sum of its cells (the authors' `scale`) and as dense as its share of the cells. */
export async function clusterSources(input: MethodInput, genes: TrainingGenes): Promise<Sources> {
  const { reference } = input.counts;
  const scale = { target: median(reference.totals), log: false };
  const clusters = await cellClusters(input);
  const sums = (columns: Int32Array) =>
    Float32Array.from(clusterSums(normalisedCounts(reference, columns, scale), clusters));
  return {
    count: clusters.sizes.length,
    training: sums(genes.reference),
    targets: sums(input.targets),
    cells: clusters.sizes,
    departures: clusters.departures,
  };
}

/** The mapping of one block: raw counts of its spots, whose density is their share of all counts. */
export function blockProblem(
  { counts }: MethodInput,
  sources: Sources,
  genes: TrainingGenes,
  { spots, sources: chosen }: MappingBlock,
): MappingProblem {
  const { values, totals } = counts.spatial;
  const spatial = new Float32Array(genes.spatial.length * spots.length);
  for (const [g, column] of genes.spatial.entries()) {
    for (let j = 0; j < spots.length; j++) {
      spatial[g * spots.length + j] = values.values[spots[j]! * values.columns + column]!;
    }
  }
  return {
    genes: genes.spatial.length,
    source: sourceRows(sources.training, genes.spatial.length, chosen),
    spatial,
    sourceDensity: shares(chosen, sources.cells),
    density: shares(spots, totals),
  };
}

/** Some sources of a matrix with `columns` columns. */
export function sourceRows(values: Float32Array, columns: number, sources: Int32Array): Float32Array {
  return takeRows({ rows: values.length / columns, columns, values }, sources).values;
}

/** Some weights (≥ 0), scaled to sum 1; equal where all are 0. */
function shares(chosen: Int32Array, weights: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(chosen, (i) => weights[i]!);
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => (total > 0 ? value / total : 1 / values.length));
}
