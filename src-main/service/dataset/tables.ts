import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatasetRole } from '../../../src-shared/domain/project.ts';
import { firstLines } from '../../io/byte-lines.ts';
import { candidates } from '../../io/cell-keys.ts';
import { findDelimiter, splitFields } from '../../io/csv-layout.ts';
import { findPositions } from '../../io/spatial-columns.ts';
import { typedColumn } from '../../io/text-table.ts';

/** A table about cells is no matrix: it has few columns. */
const MOST_COLUMNS = 100;
const MOST_FILES = 200;
const SAMPLE_LINES = 200;

/**
 * Tables in the folder of a dataset that speak of its cells: with positions for spatial data, with other columns for
 * a reference. Those that name more of the cells come first. What cannot be read is passed over.
 */
export async function tablesBeside(
  path: string,
  used: ReadonlySet<string>,
  cells: readonly string[],
  role: DatasetRole,
): Promise<string[]> {
  const folder = statSync(path).isDirectory() ? path : dirname(path);
  const known = new Set(cells);
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(csv|tsv|txt|tab)(\.gz)?$/i.test(entry.name))
    .map((entry) => join(folder, entry.name))
    .filter((file) => !used.has(file))
    .slice(0, MOST_FILES);
  const found: { readonly file: string; readonly hits: number }[] = [];
  for (const file of files) {
    const hits = await hitsIn(file, known, role).catch(() => 0);
    if (hits > 0) found.push({ file, hits });
  }
  return found.sort((a, b) => b.hits - a.hits).map(({ file }) => file);
}

/** How many of a table's first rows are about these cells; 0 where it has no columns that are of use. */
async function hitsIn(file: string, cells: ReadonlySet<string>, role: DatasetRole): Promise<number> {
  const lines = (await firstLines(file, SAMPLE_LINES)).filter((line) => line.trim() !== '');
  const delimiter = findDelimiter(lines);
  if (delimiter === undefined || lines.length < 2) return 0;
  const rows = lines.map((line) => splitFields(line, delimiter));
  const width = rows[1]!.length;
  if (width < 2 || width > MOST_COLUMNS) return 0;
  const [head, ...body] = rows as [string[], ...string[][]];
  const names = head.length === width - 1 ? ['', ...head] : head;
  const columns = names.map((_, at) => body.map((row) => row[at] ?? ''));
  const typed = columns.map((texts, at) => typedColumn(names[at]!, texts));
  if (role === 'spatial' && findPositions(typed) === undefined) return 0;
  const hits = candidates(names, columns).map((key) => key.filter((name) => cells.has(name)).length);
  return Math.max(...hits);
}
