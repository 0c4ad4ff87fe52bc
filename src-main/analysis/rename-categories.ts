import { UserError } from '../../src-shared/contract/errors.ts';
import type {
  AnalysisMatrix,
  AnalysisResult,
  AnalysisTable,
} from '../../src-shared/domain/analysis-result.ts';

/** Where else the categories of a vector stand in a result: a column of a table, rows of matrices. */
const followers: Readonly<Record<string, { readonly table: string; readonly column: string }>> = {
  cell_type: { table: 'types', column: 'type' },
  niche: { table: 'niches', column: 'niche' },
  neighbour_group: { table: 'groups', column: 'group' },
};
const MATRICES: Readonly<Record<string, readonly string[]>> = {
  niche: ['niche_composition', 'niche_scaled'],
};

/**
 * The result with other names for the categories of one of its vectors, in the tables, matrices and the summary too.
 * The names that were suggested stay in their column.
 *
 * Throws a UserError when there is no such vector of categories, or the names are not one a category, each another.
 */
export function renameCategories(
  result: AnalysisResult,
  vector: string,
  given: readonly string[],
): AnalysisResult {
  const found = result.vectors.find(({ name }) => name === vector);
  if (found?.kind !== 'category')
    throw refused(`The analysis has no categories "${vector}" that could be renamed.`);
  const names = given.map((name) => name.trim());
  checkNames(names, found.names.length);
  const renamed = new Map(found.names.map((name, i) => [name, names[i]!]));
  const matrices = MATRICES[vector] ?? [];
  return {
    ...result,
    summary: inText(result.summary, renamed),
    vectors: result.vectors.map((one) => (one === found ? { ...found, names } : one)),
    tables: result.tables.map((table) => inTable(table, vector, renamed)),
    matrices: result.matrices.map((one) => (matrices.includes(one.name) ? inRows(one, renamed) : one)),
  };
}

function checkNames(names: readonly string[], count: number): void {
  if (names.length !== count)
    throw refused(`${names.length} names were given, and there are ${count} categories.`);
  if (names.includes('')) throw refused('A category needs a name of at least one letter or digit.');
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw refused(`Two categories cannot both be called "${twice}"; give one another name.`);
}

function inTable(table: AnalysisTable, vector: string, renamed: ReadonlyMap<string, string>): AnalysisTable {
  const place = followers[vector];
  if (table.name !== place?.table) return table;
  const columns = table.columns.map((column) =>
    column.kind === 'text' && column.name === place.column
      ? { ...column, values: column.values.map((value) => renamed.get(value) ?? value) }
      : column,
  );
  return { ...table, columns };
}

function inRows(matrix: AnalysisMatrix, renamed: ReadonlyMap<string, string>): AnalysisMatrix {
  return { ...matrix, rows: matrix.rows.map((row) => renamed.get(row) ?? row) };
}

/** Whole words only, and none of names without a letter, which could be any number of the sentence. */
function inText(text: string, renamed: ReadonlyMap<string, string>): string {
  const words = [...renamed.keys()].filter((name) => /\p{L}/u.test(name));
  if (words.length === 0) return text;
  const longestFirst = words.sort((a, b) => b.length - a.length).map((word) => escaped(word));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  return text.replace(pattern, (word) => renamed.get(word)!);
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
}

function refused(message: string): UserError {
  return new UserError(message, {}, 'usage');
}
