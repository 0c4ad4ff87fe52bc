import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { processPair } from '../../../src-main/preprocess/process-pair.ts';
import { openDataset } from '../../../src-main/io/registry.ts';
import { presetParameters } from '../../../src-shared/domain/run-config.ts';
import { foldsByName } from '../../../src-shared/maths/folds.ts';
import { aggregate, scoreGene, type GeneScores } from '../../../src-shared/maths/metrics.ts';

/** The processed truth of a spatial file: one array of values a shared gene, over named cells. */
export interface Truth {
  readonly cells: readonly string[];
  readonly genes: ReadonlyMap<string, Float64Array>;
  /** Shared genes of each fold by MODEL.md's rule. */
  readonly folds: readonly (readonly string[])[];
}

/** Processes both files with every shared gene present: the scale on which hidden genes are compared. */
export async function processedTruth(
  spatialPath: string,
  referencePath: string,
  folds: number,
): Promise<Truth> {
  const [spatial, reference] = [await openDataset(spatialPath), await openDataset(referencePath)];
  try {
    const config = {
      preset: 'recommended',
      seed: 1,
      genes: [],
      parameters: presetParameters('recommended'),
    } as const;
    const { data } = await processPair(await spatial.open(), await reference.open(), config);
    const { values } = data.spatial;
    const columns = data.shared.names.map((name, i) => {
      const column = data.shared.spatial[i]!;
      const profile = Float64Array.from(
        { length: values.rows },
        (_, row) => values.values[row * values.columns + column]!,
      );
      return [name, profile] as const;
    });
    const fold = foldsByName(data.shared.names, folds);
    const members = Array.from({ length: folds }, (_, f) =>
      data.shared.names.filter((_name, i) => fold[i] === f),
    );
    return { cells: data.spatial.cells.names, genes: new Map(columns), folds: members };
  } finally {
    await spatial.close();
    await reference.close();
  }
}

/** Writes a copy of a cells × genes CSV without some genes. */
export async function withoutGenes(from: string, to: string, genes: readonly string[]): Promise<void> {
  const hidden = new Set(genes);
  const lines = createInterface({ input: createReadStream(from).pipe(createGunzip()) });
  let keep: number[] | undefined;
  async function* rows() {
    for await (const line of lines) {
      const fields = line.split(',');
      keep ??= fields.flatMap((name, i) => (hidden.has(name) ? [] : [i]));
      yield `${keep.map((i) => fields[i]!).join(',')}\n`;
    }
  }
  await pipeline(rows, createWriteStream(to));
}

/** Scores of the hidden genes in an imputed file, over the cells that both sides keep. */
export async function scoreHidden(
  imputedPath: string,
  truth: Truth,
  hidden: readonly string[],
): Promise<GeneScores[]> {
  const imputed = await openDataset(imputedPath);
  try {
    const { source, cells, genes } = await imputed.open();
    const at = new Map(truth.cells.map((cell, row) => [cell, row]));
    const rows = cells.flatMap((cell, row) => (at.has(cell) ? [[row, at.get(cell)!] as const] : []));
    const upper = genes.map((gene) => gene.toUpperCase());
    const columns = hidden.map((gene) => upper.indexOf(gene.toUpperCase()));
    const profiles = columns.map(() => new Float64Array(source.rows));
    const wanted = new Map(columns.map((column, i) => [column, i]));
    for await (const block of source.blocks()) {
      for (let row = 0; row < block.rows; row++) {
        for (let i = block.indptr[row]!; i < block.indptr[row + 1]!; i++) {
          const gene = wanted.get(block.indices[i]!);
          if (gene !== undefined) profiles[gene]![block.firstRow + row] = block.values[i]!;
        }
      }
    }
    return hidden.map((gene, i) => {
      const known = truth.genes.get(gene)!;
      return scoreGene(
        Float64Array.from(rows, ([, row]) => known[row]!),
        Float64Array.from(rows, ([row]) => profiles[i]![row]!),
      );
    });
  } finally {
    await imputed.close();
  }
}

export { aggregate };
