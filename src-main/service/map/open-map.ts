import { join } from 'node:path';
import { UserError } from '../../../src-shared/contract/errors.ts';
import type { Args, Result } from '../../../src-shared/contract/handlers.ts';
import { geneIndexFile } from '../../project/gene-index.ts';
import type { ProjectHandle, ServiceContext } from '../context.ts';
import { describeGenes, genePlaces, type GenePlace } from './gene-list.ts';
import { ResultFile } from './result-file.ts';
import { SpatialData, type ColumnLimits, type GenesDesk } from './spatial-data.ts';

/** Ticket under which `work:progress` tells how reading the genes is coming on. */
export const GENES_TICKET = 'map-genes';
/** Milliseconds that the list of genes waits for their means; after that it comes without. */
const PATIENCE = 400;
const OPEN_RESULTS = 2;

interface OpenResult {
  readonly file: ResultFile;
  readonly places: ReadonlyMap<string, GenePlace>;
}

/** What the map keeps open of a project: its spatial dataset and the last results that were looked at. */
export class OpenMap {
  readonly #context: ServiceContext;
  readonly #limits: ColumnLimits;
  #key = '';
  #data: Promise<SpatialData> | undefined;
  readonly #results = new Map<string, Promise<OpenResult>>();
  #panel: Promise<ReadonlyMap<string, GenePlace>> | undefined;

  constructor(context: ServiceContext, limits: ColumnLimits = {}) {
    this.#context = context;
    this.#limits = limits;
  }

  /** The spatial dataset; opened anew when it was replaced. Throws a UserError when the project has none. */
  async data(): Promise<SpatialData> {
    const project = this.#context.project();
    const record = project.state.spatial;
    if (!record) throw new UserError('The project has no spatial data yet; import them first.');
    const key = JSON.stringify([project.folder, record.choice, record.imported]);
    if (key !== this.#key) {
      // Taken before anything is awaited, so that two calls at once open one file.
      const closing = this.close();
      this.#key = key;
      this.#data = closing.then(() => SpatialData.open(record, this.#desk(project)));
      this.#data.catch(() => {
        if (this.#key === key) this.#key = '';
      });
    }
    return this.#data!;
  }

  /** The result of a run, with where each of its genes lies. */
  async result(run: string): Promise<OpenResult> {
    const data = await this.data();
    let open = this.#results.get(run);
    if (open) this.#results.delete(run);
    else open = this.#openResult(this.#context.project(), run, data);
    this.#results.set(run, open);
    open.catch(() => this.#results.delete(run));
    for (const [id, other] of this.#results) {
      if (this.#results.size <= OPEN_RESULTS) break;
      this.#results.delete(id);
      void other.then(({ file }) => file.close()).catch(() => undefined);
    }
    return open;
  }

  async #openResult(project: ProjectHandle, run: string, data: SpatialData): Promise<OpenResult> {
    const record = project.state.runs.find(({ id }) => id === run);
    if (!record) throw new UserError(`The project has no run ${run}; choose another.`, { element: run });
    if (!record.result) {
      throw new UserError(`${record.name} has no result yet; wait until it is finished.`, { element: run });
    }
    const file = await ResultFile.open(
      join(project.folderOf('runs', run), 'imputed.h5ad'),
      data.matrix.cells,
    );
    return { file, places: byName(genePlaces(data.matrix, file)) };
  }

  /** Where the genes lie, with or without a run. Throws a UserError when there is no such gene. */
  async place(run: string | null, gene: string): Promise<GenePlace> {
    const places = run === null ? await this.#panelPlaces() : (await this.result(run)).places;
    const place = places.get(gene);
    if (place) return place;
    throw new UserError(
      run === null
        ? `The spatial data have no gene ${gene}; training brings genes that were not measured.`
        : `Neither the spatial data nor this run have a gene ${gene}.`,
      { element: gene },
    );
  }

  async #panelPlaces(): Promise<ReadonlyMap<string, GenePlace>> {
    const { matrix } = await this.data();
    this.#panel ??= Promise.resolve(byName(genePlaces(matrix, undefined)));
    return this.#panel;
  }

  /** Every gene that can be shown. Numbers that take a pass over the data are NaN until it is done. */
  async genes({ run }: Args<'map:genes'>): Promise<Result<'map:genes'>> {
    const data = await this.data();
    const result = run === null ? undefined : await this.result(run);
    const places = [...(result?.places ?? (await this.#panelPlaces())).values()];
    const [columns, imputedMeans, processedMeans] = await Promise.all([
      soon(data.genes()),
      soon(result?.file.means('imputed')),
      soon(result?.file.means('measured')),
    ]);
    const statistics = columns?.statistics;
    return describeGenes(places, result?.file, { statistics, imputedMeans, processedMeans });
  }

  async close(): Promise<void> {
    const [data, results] = [this.#data, [...this.#results.values()]];
    this.#data = undefined;
    this.#panel = undefined;
    this.#key = '';
    this.#results.clear();
    for (const open of results) await (await open.catch(() => undefined))?.file.close();
    await (await data?.catch(() => undefined))?.close();
  }

  #desk(project: ProjectHandle): GenesDesk {
    const tell = (stage: string, share: number | null): void =>
      this.#context.emit('work:progress', { ticket: GENES_TICKET, stage, share });
    return {
      limits: this.#limits,
      home: {
        path: geneIndexFile(project.folder),
        // Asked when the genes are: another window may have taken the project since.
        get mayWrite() {
          return project.state.readOnly === null;
        },
      },
      progress: (share) => tell('Reading the genes', Math.min(1, share)),
      say: (sentence) => {
        tell(sentence, null);
        process.stderr.write(`spagene: ${sentence}\n`);
      },
    };
  }
}

function byName(places: readonly GenePlace[]): ReadonlyMap<string, GenePlace> {
  return new Map(places.map((place) => [place.name, place]));
}

/** What it gives when that takes no longer than a moment; undefined else, or when it fails. */
function soon<T>(promise: Promise<T> | undefined): Promise<T | undefined> {
  if (promise === undefined) return Promise.resolve(undefined);
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE, undefined).unref());
  return Promise.race([promise.catch(() => undefined), late]);
}
