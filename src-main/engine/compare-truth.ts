import { pearson } from '../../src-shared/maths/metrics.ts';
import { openDataset } from '../io/registry.ts';
import type { OpenMatrix } from '../matrix/dataset.ts';

/** How well one imputed gene agrees with a known truth. */
export interface GeneAgreement {
  readonly gene: string;
  readonly measured: boolean;
  /** Pearson's correlation over the cells that both files hold, truth as the square root of its counts. */
  readonly correlation: number;
}

/** Compares imputed.h5ad with a file that holds the true counts of the same cells. */
export async function compareWithTruth(imputed: string, truth: string): Promise<GeneAgreement[]> {
  const [ours, theirs] = [await openDataset(imputed), await openDataset(truth)];
  try {
    const prediction = await ours.open();
    const known = await theirs.open();
    const cells = new Map(known.cells.map((cell, row) => [cell, row]));
    const rows = prediction.cells.map((cell) => cells.get(cell) ?? -1);
    const genes = new Map(known.genes.map((gene, column) => [gene, column]));
    const measured = ours.var.find((column) => column.name === 'measured');
    const predicted = await denseColumns(prediction);
    const true_ = await denseColumns(known);
    return prediction.genes.flatMap((gene, column) => {
      const other = genes.get(gene);
      if (other === undefined) return [];
      const expected = Float64Array.from(rows, (row) => Math.sqrt(true_[other]![row]!));
      const isMeasured =
        measured?.kind === 'category' && measured.categories[measured.codes[column]!] === 'True';
      return [{ gene, measured: isMeasured, correlation: pearson(expected, predicted[column]!) }];
    });
  } finally {
    await ours.close();
    await theirs.close();
  }
}

async function denseColumns({ source }: OpenMatrix): Promise<Float64Array[]> {
  const columns = Array.from({ length: source.columns }, () => new Float64Array(source.rows));
  for await (const block of source.blocks()) {
    for (let row = 0; row < block.rows; row++) {
      for (let at = block.indptr[row]!; at < block.indptr[row + 1]!; at++) {
        columns[block.indices[at]!]![block.firstRow + row] = block.values[at]!;
      }
    }
  }
  return columns;
}
