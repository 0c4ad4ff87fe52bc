import { UserError } from '../../../src-shared/contract/errors.ts';
import { type LabelSource } from '../../../src-shared/domain/analysis.ts';
import { NO_CATEGORY } from '../../../src-shared/domain/analysis-result.ts';
import type { Column } from '../../matrix/dataset.ts';
import { textOf } from '../reference-labels.ts';
import { readAnalysis } from './analysis-files.ts';
import type { RunData } from './run-data.ts';

/** Labels of the cells of a run; codes of −1 have none. */
export interface CellLabels {
  /** The column or analysis that they are of, for people. */
  readonly title: string;
  readonly names: readonly string[];
  readonly of: Int32Array;
}

/** More different values than this name cells and do not sort them. */
const MOST_TYPES = 1000;

/** Labels as they were chosen. Throws a UserError when there are none of this name, or they are of other cells. */
export async function labelsOf(run: RunData, source: LabelSource): Promise<CellLabels> {
  const labels =
    'column' in source ? fromColumn(run, source.column) : await fromAnalysis(run, source.analysis);
  if (labels.names.length <= MOST_TYPES) return labels;
  throw new UserError(
    `${labels.title} has ${labels.names.length} different values, too many for labels; choose a column of cell types.`,
    { element: labels.title },
  );
}

function fromColumn({ obs, folder }: RunData, name: string): CellLabels {
  const column = obs.find((one) => one.name === name);
  if (column === undefined) {
    const known = obs.map((one) => one.name).join(', ') || 'none';
    throw new UserError(`The run in ${folder} has no cell column "${name}"; its columns are: ${known}.`, {
      file: folder,
      element: name,
    });
  }
  return { title: name, ...codesOf(column) };
}

function codesOf(column: Column): Pick<CellLabels, 'names' | 'of'> {
  if (column.kind === 'category') {
    const used = new Set(column.codes);
    const kept = column.categories.flatMap((_, code) => (used.has(code) ? [code] : []));
    const place = new Map(kept.map((code, i) => [code, i]));
    return {
      names: kept.map((code) => column.categories[code]!),
      of: column.codes.map((code) => place.get(code) ?? -1),
    };
  }
  const texts = textOf(column);
  const names = [...new Set(texts)].filter((text) => text !== '').sort(inOrder(column));
  const code = new Map(names.map((text, i) => [text, i]));
  return { names, of: Int32Array.from(texts, (text) => code.get(text) ?? -1) };
}

function inOrder({ kind }: Column): (a: string, b: string) => number {
  return kind === 'number' ? (a, b) => Number(a) - Number(b) : (a, b) => a.localeCompare(b, 'en');
}

async function fromAnalysis(run: RunData, folder: string): Promise<CellLabels> {
  const { cells, result } = await readAnalysis(folder);
  const vector = result.vectors.find(({ kind }) => kind === 'category');
  if (vector?.kind !== 'category') {
    throw new UserError(
      `The analysis in ${folder} gives no labels; choose niches, cell types or a column of the cells.`,
      { file: folder },
    );
  }
  checkSameCells(run, cells, folder);
  const of = Int32Array.from(vector.codes, (code) => (code === NO_CATEGORY ? -1 : code));
  return { title: vector.title, names: vector.names, of };
}

/** Throws a UserError when an analysis is of other cells than the run's. */
export function checkSameCells(run: RunData, cells: readonly string[], folder: string): void {
  if (cells.length === run.cells.length && cells.every((cell, i) => cell === run.cells[i])) return;
  throw new UserError(
    `The analysis in ${folder} is of other cells than the run in ${run.folder}; repeat it on this run.`,
    { file: folder },
  );
}

/** Codes of labels by name. Throws a UserError for a name that no cell has. */
export function codesNamed({ names, title }: CellLabels, wanted: readonly string[]): Set<number> {
  return new Set(
    wanted.map((name) => {
      const code = names.indexOf(name);
      if (code >= 0) return code;
      throw new UserError(`${title} has no label "${name}"; there is ${names.join(', ')}.`, {
        element: name,
      });
    }),
  );
}

/** A choice of cells by their labels. */
interface Choice {
  readonly labels: LabelSource;
  readonly names: readonly string[];
}

/** Cells with one of the labels of each choice, in order; null chooses all. Throws a UserError where none is left. */
export async function cellsWithin(run: RunData, ...choices: readonly (Choice | null)[]): Promise<Int32Array> {
  let cells = Int32Array.from({ length: run.cells.length }, (_, i) => i);
  const given = choices.filter((choice) => choice !== null);
  for (const { labels: source, names } of given) {
    const labels = await labelsOf(run, source);
    const codes = codesNamed(labels, names);
    cells = cells.filter((cell) => codes.has(labels.of[cell]!));
  }
  if (cells.length > 0) return cells;
  const asked = given.map(({ names }) => names.join(' or ')).join(', and of those ');
  throw new UserError(`No cell is labelled ${asked}; choose others.`);
}
