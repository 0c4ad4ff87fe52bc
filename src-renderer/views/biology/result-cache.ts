import type { AnalysisResult } from '../../../src-shared/domain/analysis-result.ts';

/** What is known of a result. */
export interface ResultEntry {
  readonly result: AnalysisResult | null;
  readonly error: string | null;
  /** Nothing has happened since that could have changed it. */
  readonly isFresh: boolean;
}

/** Results that are kept; each may hold several numbers a cell. */
const KEPT = 12;
const NOTHING: ResultEntry = { result: null, error: null, isFresh: false };

/** Results of analyses by their key, outside of React's state: they hold vectors. The one not used longest leaves. */
export class ResultCache {
  readonly #entries = new Map<string, ResultEntry>();
  readonly #listeners = new Set<() => void>();

  get(key: string): ResultEntry {
    return this.#entries.get(key) ?? NOTHING;
  }

  put(key: string, entry: ResultEntry): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    const oldest = this.#entries.keys().next().value;
    if (this.#entries.size > KEPT && oldest !== undefined) this.#entries.delete(oldest);
    for (const listener of [...this.#listeners]) listener();
  }

  /** Asks for it again when it is shown next; until then it stays as it is. */
  forget(key: string): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) this.put(key, { ...entry, isFresh: false });
  }

  clear(): void {
    this.#entries.clear();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
}

/** The result with other names for the categories of a vector, wherever they stand. */
export function withNames(result: AnalysisResult, vector: string, names: readonly string[]): AnalysisResult {
  const before = result.vectors.find((each) => each.name === vector);
  if (before?.kind !== 'category') return result;
  const renamed = new Map(before.names.map((name, i) => [name, names[i] ?? name]));
  const now = (name: string) => renamed.get(name) ?? name;
  return {
    ...result,
    vectors: result.vectors.map((each) => (each === before ? { ...before, names: [...names] } : each)),
    matrices: result.matrices.map((matrix) =>
      matrix.name.startsWith(`${vector}_`) ? { ...matrix, rows: matrix.rows.map(now) } : matrix,
    ),
    tables: result.tables.map((table) => ({
      ...table,
      columns: table.columns.map((column) =>
        column.kind === 'text' && column.name === vector
          ? { ...column, values: column.values.map(now) }
          : column,
      ),
    })),
  };
}

export const results = new ResultCache();
