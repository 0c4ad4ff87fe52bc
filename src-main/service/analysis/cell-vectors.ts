import { UserError } from '../../../src-shared/contract/errors.ts';
import {
  NO_CATEGORY,
  type AnalysisEmbedding,
  type AnalysisResult,
  type AnalysisVector,
} from '../../../src-shared/domain/analysis-result.ts';
import { rowsInDataset } from '../map/kept-cells.ts';

/** Which cells of the dataset an analysis is of. */
export interface CellPlaces {
  /** Cells of the dataset. */
  readonly size: number;
  /** Row of the dataset of each cell of the analysis. */
  readonly rows: Int32Array;
}

/**
 * Where the cells of an analysis stand in the dataset; `file` is for messages. Throws a UserError when the dataset is
 * another one than the analysis is of.
 */
export function cellPlaces(file: string, cells: readonly string[], all: readonly string[]): CellPlaces {
  const rows = rowsInDataset(file, cells, all);
  const wrong = cells.findIndex((name, i) => name !== all[rows[i]!]);
  if (wrong < 0) return { size: all.length, rows };
  throw new UserError(
    `${file} is of other cells than the spatial data of the project (${cells[wrong]!} is none of theirs); they were replaced since, so train and analyse again.`,
    { file, element: cells[wrong]! },
  );
}

/** The result with one entry a cell of the dataset in all vectors and embeddings. */
export function overDataset(result: AnalysisResult, places: CellPlaces): AnalysisResult {
  return {
    ...result,
    vectors: result.vectors.map((vector) => vectorOverDataset(vector, places)),
    embeddings: result.embeddings.map((embedding) => embeddingOverDataset(embedding, places)),
  };
}

/** NaN, or NO_CATEGORY, for the cells that the filters of the run left out. */
export function vectorOverDataset(vector: AnalysisVector, { size, rows }: CellPlaces): AnalysisVector {
  if (vector.kind === 'number') {
    const values = new Float32Array(size).fill(Number.NaN);
    for (let i = 0; i < rows.length; i++) values[rows[i]!] = vector.values[i]!;
    return { ...vector, values };
  }
  const codes = new Uint16Array(size).fill(NO_CATEGORY);
  for (let i = 0; i < rows.length; i++) codes[rows[i]!] = vector.codes[i]!;
  return { ...vector, codes };
}

function embeddingOverDataset(embedding: AnalysisEmbedding, { size, rows }: CellPlaces): AnalysisEmbedding {
  const width = embedding.columns.length;
  const values = new Float32Array(size * width).fill(Number.NaN);
  for (let i = 0; i < rows.length; i++) {
    values.set(embedding.values.subarray(i * width, (i + 1) * width), rows[i]! * width);
  }
  return { ...embedding, values };
}
