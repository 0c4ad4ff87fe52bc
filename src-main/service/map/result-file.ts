import { existsSync } from 'node:fs';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { readTable, type Table } from '../../io/h5ad-table.ts';
import { Hdf5File } from '../../io/hdf5.ts';
import type { Column } from '../../matrix/dataset.ts';
import { rowsInDataset } from './kept-cells.ts';

/**
 * Milliseconds after which an unused file is closed. Windows moves no run away whose file is open; elsewhere it stays
 * open for as long as someone looks at one gene after the other, since opening it again costs a third of a second.
 */
const IDLE = process.platform === 'win32' ? 5000 : 120_000;
/** Cells that the mean of an imputed gene is taken over: bands spread over the file. */
const SAMPLE_BANDS = 8;
const SAMPLE_VALUES = 1 << 22;

/** Where the values of a run lie in imputed.h5ad. */
export type ResultPlace = 'imputed' | 'measured';

const elements: Readonly<Record<ResultPlace, string>> = { imputed: '/X', measured: '/obsm/measured' };

/** What is known of a result without reading its values. */
interface Facts {
  readonly cells: readonly string[];
  readonly genes: readonly string[];
  /** Genes of obsm/measured, as the spatial file spells them. */
  readonly measuredGenes: readonly string[];
  readonly expected: Float32Array;
  readonly units: string;
}

/** The imputed.h5ad of a run; opened when it is read and closed again soon after. */
export class ResultFile {
  readonly facts: Facts;
  /** Row of the dataset of each cell of the result. */
  readonly rows: Int32Array;
  readonly #path: string;
  readonly #cells: number;
  #file: Promise<Hdf5File> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reading = 0;
  readonly #means = new Map<ResultPlace, Promise<Float32Array>>();

  private constructor(path: string, facts: Facts, cells: readonly string[]) {
    this.#path = path;
    this.facts = facts;
    this.rows = rowsInDataset(path, facts.cells, cells);
    this.#cells = cells.length;
  }

  /** `cells` are those of the dataset. Throws a UserError when there is no result, or it does not fit the dataset. */
  static async open(path: string, cells: readonly string[]): Promise<ResultFile> {
    if (!existsSync(path)) {
      throw new UserError(`${path} is not there, so the run has no imputed genes to show; run it again.`, {
        file: path,
      });
    }
    const file = await Hdf5File.open(path);
    try {
      return new ResultFile(path, await readFacts(file), cells);
    } finally {
      await file.close();
    }
  }

  /** One gene over all cells of the dataset; NaN for those that the filters left out. */
  async gene(place: ResultPlace, column: number): Promise<Float32Array> {
    const values = await this.#with((file) =>
      file.slice(elements[place], [0, column], [this.rows.length, column + 1]),
    );
    const all = new Float32Array(this.#cells).fill(NaN);
    this.rows.forEach((row, i) => (all[row] = values[i]!));
    return all;
  }

  /** Mean of each gene, over some thousands of cells where there are many. */
  means(place: ResultPlace): Promise<Float32Array> {
    let means = this.#means.get(place);
    if (!means) {
      means = this.#with((file) => sampledMeans(file, elements[place]));
      means.catch(() => this.#means.delete(place));
      this.#means.set(place, means);
    }
    return means;
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    const file = this.#file;
    this.#file = undefined;
    await (await file?.catch(() => undefined))?.close();
  }

  async #with<T>(read: (file: Hdf5File) => Promise<T>): Promise<T> {
    clearTimeout(this.#timer);
    this.#reading++;
    try {
      this.#file ??= Hdf5File.open(this.#path);
      return await read(await this.#file);
    } catch (error) {
      this.#file = undefined;
      throw error;
    } finally {
      if (--this.#reading === 0) this.#timer = setTimeout(() => void this.close(), IDLE).unref();
    }
  }
}

async function readFacts(file: Hdf5File): Promise<Facts> {
  const obs = await readTable(file, '/obs', []);
  const variables = await readTable(file, '/var', []);
  if (!obs || !variables)
    throw file.damaged(obs ? '/var' : '/obs', 'is missing, so this is no result of a run');
  const units = (await file.dataset('/uns/spagene/units')) && (await file.strings('/uns/spagene/units'))[0];
  return {
    cells: obs.index,
    genes: variables.index,
    measuredGenes: await file.strings('/uns/measured_genes'),
    expected: numbers(variables, 'expected_pcc'),
    units: units ?? 'processed units',
  };
}

function numbers({ index, columns }: Table, name: string): Float32Array {
  const column = columns.find((one): one is Extract<Column, { kind: 'number' }> => {
    return one.name === name && one.kind === 'number';
  });
  return column ? Float32Array.from(column.values) : new Float32Array(index.length).fill(NaN);
}

async function sampledMeans(file: Hdf5File, element: string): Promise<Float32Array> {
  const [cells, genes] = (await file.dataset(element))?.shape ?? [];
  if (cells === undefined || genes === undefined) throw file.damaged(element, 'is missing');
  const wanted = Math.min(cells, Math.max(1, Math.floor(SAMPLE_VALUES / Math.max(1, genes))));
  const bands = wanted === cells ? 1 : SAMPLE_BANDS;
  const height = Math.max(1, Math.floor(wanted / bands));
  const sums = new Float64Array(genes);
  let taken = 0;
  for (let band = 0; band < bands; band++) {
    const from = Math.floor((band * Math.max(0, cells - height)) / Math.max(1, bands - 1));
    const to = Math.min(cells, from + height);
    const values = await file.slice(element, [from, 0], [to, genes]);
    for (let at = 0; at < values.length; at++) sums[at % genes]! += values[at]!;
    taken += to - from;
  }
  return Float32Array.from(sums, (sum) => sum / Math.max(1, taken));
}
