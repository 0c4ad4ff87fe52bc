import type {
  AnalysisEmbedding,
  AnalysisMatrix,
  AnalysisResult,
  AnalysisTable,
  AnalysisVector,
} from '../../../src-shared/domain/analysis-result.ts';

export type CategoryVector = Extract<AnalysisVector, { kind: 'category' }>;
export type NumberVector = Extract<AnalysisVector, { kind: 'number' }>;

/** Parts of a result by name; undefined where it has none of that name and kind. */

export function categoriesOf({ vectors }: AnalysisResult, name: string): CategoryVector | undefined {
  return vectors.find((each): each is CategoryVector => each.name === name && each.kind === 'category');
}

export function numbersOf({ vectors }: AnalysisResult, name: string): NumberVector | undefined {
  return vectors.find((each): each is NumberVector => each.name === name && each.kind === 'number');
}

export function embeddingOf({ embeddings }: AnalysisResult, name: string): AnalysisEmbedding | undefined {
  return embeddings.find((each) => each.name === name);
}

export function tableOf({ tables }: AnalysisResult, name: string): AnalysisTable | undefined {
  return tables.find((each) => each.name === name);
}

export function matrixOf({ matrices }: AnalysisResult, name: string): AnalysisMatrix | undefined {
  return matrices.find((each) => each.name === name);
}

/** A column of text of a table; empty where there is none. */
export function textsIn(table: AnalysisTable | undefined, name: string): readonly string[] {
  const column = table?.columns.find((each) => each.name === name);
  return column?.kind === 'text' ? column.values : [];
}

/** A column of numbers of a table; empty where there is none, NaN where a number does not exist. */
export function numbersIn(table: AnalysisTable | undefined, name: string): readonly number[] {
  const column = table?.columns.find((each) => each.name === name);
  return column?.kind === 'number' ? column.values.map((value) => value ?? NaN) : [];
}

/** Cells of each category. */
export function countsOf({ names, codes }: CategoryVector): Uint32Array {
  const counts = new Uint32Array(names.length);
  for (const code of codes) if (code < counts.length) counts[code]!++;
  return counts;
}

/** Cells of one category, in increasing order. */
export function cellsOf({ codes }: CategoryVector, code: number): Uint32Array {
  const cells = new Uint32Array(codes.length);
  let count = 0;
  for (let cell = 0; cell < codes.length; cell++) if (codes[cell] === code) cells[count++] = cell;
  return cells.slice(0, count);
}

/** One column of an embedding, as a vector. */
export function columnOf(embedding: AnalysisEmbedding, column: string): Float32Array {
  const width = embedding.columns.length;
  const at = embedding.columns.indexOf(column);
  const cells = width === 0 ? 0 : embedding.values.length / width;
  const values = new Float32Array(cells);
  for (let cell = 0; cell < cells; cell++) values[cell] = at < 0 ? NaN : embedding.values[cell * width + at]!;
  return values;
}
