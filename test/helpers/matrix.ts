import { openDataset } from '../../src-main/io/registry.ts';

/** The whole main matrix of a file, dense, with its names. For small files. */
export async function readMatrix(path: string) {
  const dataset = await openDataset(path);
  try {
    const { source, cells, genes } = await dataset.open();
    const values = new Float32Array(source.rows * source.columns);
    for await (const block of source.blocks()) {
      for (let row = 0; row < block.rows; row++) {
        for (let at = block.indptr[row]!; at < block.indptr[row + 1]!; at++) {
          values[(block.firstRow + row) * source.columns + block.indices[at]!] = block.values[at]!;
        }
      }
    }
    return { cells, genes, values, rows: source.rows, columns: source.columns, dataset };
  } finally {
    await dataset.close();
  }
}
