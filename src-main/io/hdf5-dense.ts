import type { StopSignal } from '../../src-shared/contract/errors.ts';
import { throwIfStopped } from '../../src-shared/contract/errors.ts';
import type { MatrixSource } from '../matrix/csr.ts';
import { BlockBuilder } from './block-builder.ts';
import { MAX_SLICE } from './hdf5.ts';
import type { Hdf5File } from './hdf5.ts';

/** Bytes of a slice that is aimed at; more only where the chunks of the file are larger. */
const SLICE = 1 << 26;

/**
 * A dense dataset as a cells × genes source, read in bands of cells that follow its chunks. `cellAxis` 0: cells × genes;
 * 1: genes × cells (Loom), turned band by band.
 */
export async function dense(file: Hdf5File, path: string, cellAxis: 0 | 1): Promise<MatrixSource> {
  const node = await file.dataset(path);
  if (node?.shape.length !== 2) throw file.damaged(path, 'is no matrix with two axes');
  if (!['integer', 'float', 'boolean'].includes(node.type.kind))
    throw file.damaged(path, 'does not hold numbers');
  const [rows, columns] = [node.shape[cellAxis]!, node.shape[1 - cellAxis]!];
  const cellBytes = Math.max(1, columns * Math.max(4, node.type.size));
  if (cellBytes > MAX_SLICE) throw file.damaged(path, `has ${columns} genes, too many for a dense matrix`);
  const band = bandLength(cellBytes, node.chunks?.[cellAxis] ?? 1);
  return {
    file: file.path,
    element: path.replace(/^\//, ''),
    rows,
    columns,
    async *blocks(signal?: StopSignal) {
      const builder = new BlockBuilder(columns);
      for (let from = 0; from < rows; from += band) {
        throwIfStopped(signal);
        const to = Math.min(rows, from + band);
        const box =
          cellAxis === 0
            ? ([
                [from, 0],
                [to, columns],
              ] as const)
            : ([
                [0, from],
                [columns, to],
              ] as const);
        const values = await file.slice(path, box[0], box[1]);
        const [cellStep, geneStep] = cellAxis === 0 ? [columns, 1] : [1, to - from];
        for (let cell = 0; cell < to - from; cell++) {
          for (let gene = 0, at = cell * cellStep; gene < columns; gene++, at += geneStep)
            builder.add(gene, values[at]!);
          builder.endRow();
          if (builder.full) yield builder.take();
        }
      }
      yield builder.take();
    },
  };
}

/** Cells in a band: a multiple of the chunk's where that fits, so that no chunk is unpacked twice. */
function bandLength(cellBytes: number, chunk: number): number {
  const wanted = Math.max(1, Math.floor(SLICE / cellBytes));
  if (chunk <= wanted) return Math.floor(wanted / chunk) * chunk;
  return chunk * cellBytes <= MAX_SLICE ? chunk : Math.max(1, Math.floor(MAX_SLICE / cellBytes));
}
