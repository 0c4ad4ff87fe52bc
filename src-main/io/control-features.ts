import type { Warning } from '../../src-shared/contract/errors.ts';
import type { MatrixSource, RowBlock } from '../matrix/csr.ts';
import type { Column, Dataset, OpenMatrix } from '../matrix/dataset.ts';
import { pick } from './cell-keys.ts';

/** Names that the makers of spatial assays give to what checks the assay and is no gene. */
const controls: readonly RegExp[] = [
  // MERSCOPE, MERFISH and earlier Xenium: barcodes that stand for nothing.
  /^blank[-_ ]?\d+$/i,
  // CosMx: probes against nothing, codes that stand for nothing.
  /^(negative|negprb|negprobe|systemcontrol|falsecode)[-_ ]?\d+$/i,
  // Xenium.
  /^(negcontrol(probe|codeword)|(unassigned|deprecated)codeword)[-_]\w+$/i,
  /^antisense_\w+$/,
];

export function isControlFeature(name: string): boolean {
  return controls.some((pattern) => pattern.test(name));
}

/** A dataset without its control features, which are counted in a warning. Datasets without such come back as they are. */
export function withoutControls(dataset: Dataset, mainGenes: readonly string[]): Dataset {
  const found = mainGenes.filter(isControlFeature);
  if (found.length === 0) return dataset;
  const kept = keptOf(mainGenes);
  const filter = (column: Column): Column =>
    lengthOf(column) === mainGenes.length ? pick(column, kept) : column;
  const warning: Warning = {
    code: 'control-features',
    message: `${dataset.path}: ${found.length} features that check the assay and are no genes are left out (${found.slice(0, 3).join(', ')}${found.length > 3 ? ', …' : ''}).`,
    place: { file: dataset.path },
  };
  return {
    ...dataset,
    matrices: dataset.matrices.map((one) =>
      one.genes === mainGenes.length ? { ...one, genes: kept.length } : one,
    ),
    var: dataset.var.map(filter),
    ...(dataset.genes && { genes: Array.from(keptOf(dataset.genes), (at) => dataset.genes![at]!) }),
    warnings: [...dataset.warnings, warning],
    open: async (name) => withoutControlColumns(await dataset.open(name)),
  };
}

function lengthOf(column: Column): number {
  return column.kind === 'category' ? column.codes.length : column.values.length;
}

function keptOf(genes: readonly string[]): Int32Array {
  return Int32Array.from(genes.flatMap((name, at) => (isControlFeature(name) ? [] : [at])));
}

function withoutControlColumns(matrix: OpenMatrix): OpenMatrix {
  const kept = keptOf(matrix.genes);
  if (kept.length === matrix.genes.length) return matrix;
  const { geneIds } = matrix;
  return {
    ...matrix,
    source: keptColumns(matrix.source, kept),
    genes: Array.from(kept, (at) => matrix.genes[at]!),
    ...(geneIds && { geneIds: Array.from(kept, (at) => geneIds[at]!) }),
  };
}

/** Some columns of a matrix, in their order. */
function keptColumns(source: MatrixSource, kept: Int32Array): MatrixSource {
  const position = new Int32Array(source.columns).fill(-1);
  kept.forEach((column, at) => (position[column] = at));
  return {
    file: source.file,
    element: source.element,
    rows: source.rows,
    columns: kept.length,
    async *blocks(signal) {
      for await (const block of source.blocks(signal)) yield keptEntries(block, position, kept.length);
    },
  };
}

function keptEntries(block: RowBlock, position: Int32Array, columns: number): RowBlock {
  const { rows, firstRow, indptr, indices, values } = block;
  const ends = new Float64Array(rows + 1);
  const columnsOf = new Int32Array(indices.length);
  const kept = new Float32Array(indices.length);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    for (let at = indptr[row]!; at < indptr[row + 1]!; at++) {
      const column = position[indices[at]!]!;
      if (column < 0) continue;
      columnsOf[count] = column;
      kept[count++] = values[at]!;
    }
    ends[row + 1] = count;
  }
  return {
    firstRow,
    rows,
    columns,
    indptr: ends,
    indices: columnsOf.slice(0, count),
    values: kept.slice(0, count),
  };
}
