import type { Warning } from '../../../src-shared/contract/errors.ts';
import type {
  AnalysisMatrix,
  AnalysisResult,
  AnalysisTable,
  AnalysisVector,
  TableColumn,
} from '../../../src-shared/domain/analysis-result.ts';
import { NO_CATEGORY } from '../../../src-shared/domain/analysis-result.ts';
import type { LongWork } from '../../analysis/long-work.ts';
import { finite } from './analysis-csv.ts';

/** What an analysis finds; what was asked for is added. */
export type Findings = Omit<AnalysisResult, 'format' | 'formatVersion' | 'parameters'>;

/** How an analysis is watched and stopped. */
export interface AnalysisWork extends LongWork {
  readonly progress: (share: number) => void;
  readonly warn: (warning: Warning) => void;
}

/** Nothing found yet; kinds fill in what they have. */
export function nothing(): Pick<Findings, 'notes' | 'vectors' | 'embeddings' | 'tables' | 'matrices'> {
  return { notes: [], vectors: [], embeddings: [], tables: [], matrices: [] };
}

export function categories(
  name: string,
  title: string,
  names: readonly string[],
  of: ArrayLike<number>,
): AnalysisVector {
  const codes = Uint16Array.from(of, (code) => (code < 0 ? NO_CATEGORY : code));
  return { kind: 'category', name, title, names: [...names], codes };
}

export function numbers(name: string, title: string, values: ArrayLike<number>): AnalysisVector {
  return { kind: 'number', name, title, values: Float32Array.from(values) };
}

type Cells = readonly string[] | ArrayLike<number>;

/** A table of columns given by name: texts, or numbers, of which those that do not exist become null. */
export function table(name: string, title: string, columns: Readonly<Record<string, Cells>>): AnalysisTable {
  return {
    name,
    title,
    columns: Object.entries(columns).map(([key, values]): TableColumn =>
      isText(values)
        ? { name: key, kind: 'text', values: [...values] }
        : { name: key, kind: 'number', values: Array.from(values, finite) },
    ),
  };
}

function isText(values: Cells): values is readonly string[] {
  return Array.isArray(values) && values.length > 0 && typeof values[0] === 'string';
}

export function matrix(
  name: string,
  title: string,
  rows: readonly string[],
  columns: readonly string[],
  values: ArrayLike<number>,
): AnalysisMatrix {
  return { name, title, rows: [...rows], columns: [...columns], values: Float32Array.from(values) };
}

/** How many cells have each code of 0 … count − 1. */
export function countsOf(of: ArrayLike<number>, count: number): Int32Array {
  const counts = new Int32Array(count);
  for (let i = 0; i < of.length; i++) if (of[i]! >= 0) counts[of[i]!] = counts[of[i]!]! + 1;
  return counts;
}

/** `1,234 cells`, `1 cell`. */
export function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}
