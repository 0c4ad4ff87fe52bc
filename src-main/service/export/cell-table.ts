import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { throwIfStopped, UserError } from '../../../src-shared/contract/errors.ts';
import { writeFileAtomically } from '../../io/atomic-write.ts';
import { csvField } from '../../io/csv-field.ts';
import { openDataset } from '../../io/registry.ts';
import type { RowBlock } from '../../matrix/csr.ts';
import type { OpenMatrix } from '../../matrix/dataset.ts';

/** Characters that are gathered before they go to the file. */
const PIECE = 2 ** 20;

/**
 * Writes a table of cells (rows, named in the first column) × genes from an h5ad file, in blocks: all genes in their
 * order when none is asked for. Values have six significant digits. Throws a UserError for a gene that is not there
 * and for a full disk, StoppedError when the signal says so; nothing half-written stays.
 */
export async function writeCellTable(
  from: string,
  to: string,
  genes: readonly string[],
  signal: AbortSignal,
  progress: (share: number) => void,
): Promise<void> {
  const dataset = await openDataset(from);
  try {
    const open = await dataset.open();
    const columns = columnsOf(open, genes);
    await writeFileAtomically(to, async (temporary) => {
      const out = createWriteStream(temporary);
      const failed = once(out, 'error', { signal }).catch(() => []);
      try {
        for await (const piece of tableOf(open, columns, signal, progress)) {
          if (!out.write(piece)) await Promise.race([once(out, 'drain'), failed]);
          if (out.errored) throw out.errored;
        }
        out.end();
        await finished(out);
      } finally {
        out.destroy();
      }
    });
  } finally {
    await dataset.close();
  }
}

function columnsOf({ genes, source }: OpenMatrix, asked: readonly string[]): Int32Array {
  if (asked.length === 0) return Int32Array.from(genes, (_, i) => i);
  const place = new Map(genes.map((gene, i) => [gene, i]));
  const missing = asked.filter((gene) => !place.has(gene));
  if (missing.length === 0) return Int32Array.from(asked, (gene) => place.get(gene)!);
  throw new UserError(
    `The run's result has no gene ${missing.slice(0, 3).join(', ')}; choose among its ${genes.length} genes.`,
    { file: source.file, element: missing[0]! },
  );
}

async function* tableOf(
  { source, cells, genes }: OpenMatrix,
  columns: Int32Array,
  signal: AbortSignal,
  progress: (share: number) => void,
): AsyncGenerator<string> {
  let text = `${['cell', ...Array.from(columns, (column) => csvField(genes[column]!))].join(',')}\n`;
  for await (const block of source.blocks(signal)) {
    for (let row = 0; row < block.rows; row++) {
      text += `${csvField(cells[block.firstRow + row]!)},${valuesOf(block, row, columns)}\n`;
      if (text.length < PIECE) continue;
      yield text;
      text = '';
      progress((block.firstRow + row) / source.rows);
      // Calls are answered and a stop arrives between two pieces.
      await new Promise((resolve) => setImmediate(resolve));
      throwIfStopped(signal);
    }
  }
  yield text;
  progress(1);
}

function valuesOf(
  { indptr, indices, values, columns: width }: RowBlock,
  row: number,
  columns: Int32Array,
): string {
  const dense = new Float32Array(width);
  for (let at = indptr[row]!; at < indptr[row + 1]!; at++) dense[indices[at]!] = values[at]!;
  let line = numeral(dense[columns[0]!]!);
  for (let i = 1; i < columns.length; i++) line += `,${numeral(dense[columns[i]!]!)}`;
  return line;
}

/** Six significant digits, without trailing zeros; float32 has about seven. */
function numeral(value: number): string {
  return value === 0 ? '0' : String(Number(value.toPrecision(6)));
}
