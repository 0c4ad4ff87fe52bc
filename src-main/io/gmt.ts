import { readFile } from 'node:fs/promises';
import type { GeneSet } from '../../src-shared/contract/calls/analysis.ts';
import { UserError } from '../../src-shared/contract/errors.ts';

/**
 * Gene sets of a .gmt text (Broad Institute's gene matrix transposed): one set a line, name, description and genes,
 * separated by tabs. Blank lines and empty fields are skipped, a gene that a set names twice counts once, order and
 * upper and lower case stay.
 *
 * @param file where the text comes from, for messages
 * Throws a UserError with the line number (1-based) where a line has no name or no genes or repeats a name, and where
 * the text holds no set.
 */
export function parseGeneSets(text: string, file = 'the gene sets'): GeneSet[] {
  const lineOf = new Map<string, number>();
  const sets: GeneSet[] = [];
  const lines = text.replace(/^\uFEFF/u, '').split(/\r\n|\n|\r/u);
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const set = parseLine(line, file, i + 1);
    const earlier = lineOf.get(set.name);
    if (earlier !== undefined) {
      throw wrong(
        file,
        i + 1,
        `repeats the set "${set.name}" of line ${earlier}: rename or remove one of them`,
      );
    }
    lineOf.set(set.name, i + 1);
    sets.push(set);
  }
  if (sets.length > 0) return sets;
  throw new UserError(
    `There is no gene set in ${file}: a .gmt file has one set a line, name, description and genes with tabs between.`,
    { file },
  );
}

function parseLine(line: string, file: string, row: number): GeneSet {
  const [name, description, ...rest] = line.split('\t').map((field) => field.trim());
  if (name === undefined || name === '') throw wrong(file, row, 'has no name of a set before its first tab');
  const genes = [...new Set(rest.filter((gene) => gene !== ''))];
  if (genes.length === 0) {
    throw wrong(file, row, 'has no genes: name, description and genes have to stand with tabs between them');
  }
  return { name, description: description ?? '', genes };
}

function wrong(file: string, row: number, what: string): UserError {
  return new UserError(`Line ${row} of ${file} ${what}.`, { file, row });
}

/**
 * The .gmt text of gene sets, which {@link parseGeneSets} reads back.
 * Throws a RangeError where a name, description or gene holds a tab or line break, or a set has no name or no genes.
 */
export function writeGeneSets(sets: readonly GeneSet[]): string {
  const lines = sets.map(({ name, description, genes }) => {
    const fields = [name, description, ...genes];
    if (name.trim() === '' || genes.length === 0 || fields.some((field) => /[\t\r\n]/u.test(field))) {
      throw new RangeError(`the gene set "${name}" cannot be written as a line of a .gmt file`);
    }
    return fields.join('\t') + '\n';
  });
  return lines.join('');
}

/** The sets of a .gmt file. Throws a UserError when it cannot be read, or a line of it is wrong. */
export async function readGeneSets(path: string): Promise<GeneSet[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UserError(
      `${path} cannot be read; choose a .gmt file that is there.`,
      { file: path },
      'input',
      error,
    );
  });
  return parseGeneSets(text, path);
}
