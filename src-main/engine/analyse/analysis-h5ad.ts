import {
  NO_CATEGORY,
  type AnalysisMatrix,
  type AnalysisResult,
  type AnalysisTable,
  type AnalysisVector,
} from '../../../src-shared/domain/analysis-result.ts';
import {
  createH5ad,
  UnstructuredMatrix,
  type UnstructuredRecord,
  type WritableColumn,
} from '../../io/h5ad-writer.ts';

/**
 * Writes what an analysis found as an AnnData file without X: vectors as columns of obs, embeddings in obsm, tables of
 * genes as columns of var, matrices and other tables in uns, where squidpy looks for them (`…_nhood_enrichment`).
 */
export async function writeAnalysisH5ad(
  path: string,
  cells: readonly string[],
  result: AnalysisResult,
): Promise<void> {
  const genes = result.tables.filter(isOfGenes);
  const names = [...new Set(genes.flatMap((table) => geneNames(table)))];
  const writer = await createH5ad(path, {
    obsNames: cells,
    varNames: names,
    obs: result.vectors.map(column),
    var: genes.flatMap((table) => geneColumns(table, names)),
    x: 'none',
    obsm: Object.fromEntries(
      result.embeddings.map(({ name, columns, values }) => [
        `X_${name}`,
        { columns: columns.length, compression: 1, values },
      ]),
    ),
    uns: unstructured(result),
  });
  await writer.finish();
}

function column(vector: AnalysisVector): WritableColumn {
  const { name } = vector;
  if (vector.kind === 'number') return { name, kind: 'number', values: Float64Array.from(vector.values) };
  const codes = Int32Array.from(vector.codes, (code) => (code === NO_CATEGORY ? -1 : code));
  return { name, kind: 'category', categories: vector.names, codes };
}

function isOfGenes({ columns }: AnalysisTable): boolean {
  return columns[0]?.name === 'gene';
}

function geneNames({ columns }: AnalysisTable): readonly string[] {
  const first = columns[0];
  return first?.kind === 'text' ? first.values : [];
}

/** The numbers of a table, spread over all genes; NaN for those that it does not have. */
function geneColumns(table: AnalysisTable, all: readonly string[]): WritableColumn[] {
  const row = new Map(geneNames(table).map((gene, i) => [gene, i]));
  return table.columns.flatMap((one): WritableColumn[] => {
    if (one.kind !== 'number') return [];
    const values = Float64Array.from(all, (gene) => {
      const at = row.get(gene);
      return (at === undefined ? undefined : one.values[at]) ?? Number.NaN;
    });
    return [{ name: `${table.name}_${one.name}`, kind: 'number', values }];
  });
}

function unstructured({ parameters, basis, summary, notes, tables, matrices, embeddings }: AnalysisResult) {
  const enrichment = matrices.filter(({ name }) => name.startsWith('enrichment_'));
  const labels =
    'labels' in parameters && 'column' in parameters.labels ? parameters.labels.column : 'cell_type';
  const record: Record<string, UnstructuredRecord> = {
    spagene_analysis: {
      kind: parameters.kind,
      parameters: JSON.stringify(parameters),
      basis,
      summary,
      notes: [...notes],
      ...Object.fromEntries(embeddings.map(({ name, columns }) => [`${name}_columns`, [...columns]])),
    },
    ...Object.fromEntries(
      tables.filter((table) => !isOfGenes(table)).map((table) => [table.name, dictionary(table)]),
    ),
    ...Object.fromEntries(matrices.map((one) => [one.name, matrixRecord(one)])),
  };
  // As squidpy.gr.nhood_enrichment leaves them, so that its plots find them.
  const [z, count] = ['enrichment_z', 'enrichment_count'].map((name) =>
    enrichment.find((one) => one.name === name),
  );
  if (z !== undefined && count !== undefined) {
    record[`${labels}_nhood_enrichment`.replaceAll('/', '_')] = { zscore: plain(z), count: plain(count) };
  }
  return record;
}

function dictionary({ columns }: AnalysisTable): UnstructuredRecord {
  return Object.fromEntries(
    columns.map((one) => [
      one.name.replaceAll('/', '_'),
      one.kind === 'text' ? one.values : Float64Array.from(one.values, (value) => value ?? Number.NaN),
    ]),
  );
}

function matrixRecord(matrix: AnalysisMatrix): UnstructuredRecord {
  return { values: plain(matrix), rows: [...matrix.rows], columns: [...matrix.columns] };
}

function plain({ rows, columns, values }: AnalysisMatrix): UnstructuredMatrix {
  return new UnstructuredMatrix(rows.length, columns.length, Float64Array.from(values));
}
