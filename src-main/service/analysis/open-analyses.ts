import { stat } from 'node:fs/promises';
import { UserError } from '../../../src-shared/contract/errors.ts';
import type { Result } from '../../../src-shared/contract/handlers.ts';
import type { AnalysisResult } from '../../../src-shared/domain/analysis-result.ts';
import type { AnalysisRecord } from '../../../src-shared/domain/project.ts';
import { readAnalysis, wholeAnalysis, type StoredAnalysis } from '../../engine/analyse/analysis-files.ts';
import type { ServiceContext } from '../context.ts';
import type { OpenMap } from '../map/open-map.ts';
import { cellPlaces, overDataset, vectorOverDataset, type CellPlaces } from './cell-vectors.ts';
import { describedVectors } from './described-vectors.ts';

type ColumnInfo = Result<'map:cells'>['columns'][number];
type Column = Result<'map:column'>;

/** Analyses that are kept in memory. */
const MOST = 3;

/** `analysis:<id>/<vector>`, as a column of the cells is called. */
const PREFIX = 'analysis:';

interface Opened {
  /** Which file was read. */
  readonly key: string;
  readonly stored: Promise<StoredAnalysis>;
}

/** What finished analyses of the open project found, over the cells of its dataset; the last ones stay in memory. */
export class OpenAnalyses {
  readonly #context: ServiceContext;
  readonly #map: OpenMap;
  readonly #opened = new Map<string, Opened>();

  constructor(context: ServiceContext, map: OpenMap) {
    this.#context = context;
    this.#map = map;
    context.onProject({ closing: () => this.#opened.clear() });
  }

  /** Throws a UserError when it is not finished, gone, or of other cells than the dataset's. */
  async result(id: string): Promise<AnalysisResult> {
    const { result, places } = await this.#over(id);
    return overDataset(result, places);
  }

  /** The vectors of all finished analyses as columns of the cells; those that cannot be read are left out. */
  async columns(): Promise<ColumnInfo[]> {
    const { state } = this.#context.project();
    const columns: ColumnInfo[] = [];
    for (const record of state.analyses.filter((one) => one.state === 'finished')) {
      const vectors = await describedVectors(this.#folder(record), state.readOnly === null).catch(() => []);
      for (const vector of vectors) {
        columns.push({
          name: `${PREFIX}${record.id}/${vector.name}`,
          title: titleOf(record, vector),
          kind: vector.kind,
          distinct: vector.kind === 'category' ? vector.types.length : vector.distinct,
        });
      }
    }
    return columns;
  }

  /** A column that {@link columns} lists; undefined for a name that means none. */
  async column(name: string): Promise<Column | undefined> {
    if (!name.startsWith(PREFIX)) return undefined;
    const slash = name.indexOf('/');
    const id = name.slice(PREFIX.length, slash < 0 ? undefined : slash);
    const { result, places } = await this.#over(id);
    const vector = result.vectors.find((one) => one.name === name.slice(slash + 1));
    if (vector === undefined)
      throw new UserError(`The analysis has no values called ${name} (any more).`, { element: name });
    const shown = vectorOverDataset(vector, places);
    return shown.kind === 'category'
      ? { kind: 'category', names: shown.names, codes: shown.codes }
      : { kind: 'number', values: shown.values };
  }

  async #over(id: string): Promise<{ readonly result: AnalysisResult; readonly places: CellPlaces }> {
    const record = finishedAnalysis(this.#context.project().state.analyses, id);
    const [{ cells, result }, { matrix }] = await Promise.all([this.#stored(record), this.#map.data()]);
    return { result, places: cellPlaces(this.#folder(record), cells, matrix.cells) };
  }

  async #stored(record: AnalysisRecord): Promise<StoredAnalysis> {
    const folder = this.#folder(record);
    const found = await stat(wholeAnalysis(folder)).catch(() => undefined);
    const key = JSON.stringify([folder, found?.size, found?.mtimeMs]);
    let opened = this.#opened.get(record.id);
    this.#opened.delete(record.id);
    if (opened?.key !== key) opened = { key, stored: readAnalysis(folder) };
    this.#opened.set(record.id, opened);
    opened.stored.catch(() => this.#opened.delete(record.id));
    for (const other of this.#opened.keys()) if (this.#opened.size > MOST) this.#opened.delete(other);
    return opened.stored;
  }

  #folder({ id }: AnalysisRecord): string {
    return this.#context.project().folderOf('analyses', id);
  }
}

export function titleOf({ name }: Pick<AnalysisRecord, 'name'>, vector: { readonly title: string }): string {
  return `${name} · ${vector.title}`;
}

/** Throws a UserError when there is none of this id, or it is not finished. */
export function finishedAnalysis(analyses: readonly AnalysisRecord[], id: string): AnalysisRecord {
  const record = analyses.find((one) => one.id === id);
  if (record === undefined)
    throw new UserError(`This project has no analysis ${id.slice(0, 64)} (any more).`, {}, 'usage');
  if (record.state === 'finished') return record;
  throw new UserError(`"${record.name}" has found nothing yet; wait until it is finished.`, {}, 'usage');
}
