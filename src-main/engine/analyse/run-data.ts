import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError, type Warning } from '../../../src-shared/contract/errors.ts';
import type { Positions } from '../../../src-shared/maths/neighbours.ts';
import { readTable, type Table } from '../../io/h5ad-table.ts';
import { Hdf5File } from '../../io/hdf5.ts';
import type { Column } from '../../matrix/dataset.ts';
import { textOf } from '../reference-labels.ts';

/** The values of a run: imputed ones of all genes, and the processed measured ones of the panel. */
export type ValuePlace = 'imputed' | 'measured';

const elements: Readonly<Record<ValuePlace, string>> = { imputed: '/X', measured: '/obsm/measured' };

/** Values that are read at once. */
const BLOCK_VALUES = 1 << 24;

/** The imputed.h5ad of a run, opened to be analysed: names and tables in memory, values read in blocks. */
export class RunData {
  readonly folder: string;
  readonly cells: readonly string[];
  readonly genes: readonly string[];
  /** Genes of the measured values, as the spatial file spells them. */
  readonly measuredGenes: readonly string[];
  /** 1 for each gene that the spatial file measures, those too that its processing left out. */
  readonly isMeasured: Uint8Array;
  readonly obs: readonly Column[];
  /** Undefined where the data have none. */
  readonly positions: Positions | undefined;
  readonly unit: string;
  /** Code of each cell's section, and the sections' names; undefined where there is one. */
  readonly sections: { readonly names: readonly string[]; readonly codes: Int32Array } | undefined;
  readonly #file: Hdf5File;

  private constructor(folder: string, file: Hdf5File, facts: Facts) {
    this.folder = folder;
    this.#file = file;
    this.cells = facts.cells;
    this.genes = facts.genes;
    this.measuredGenes = facts.measuredGenes;
    this.isMeasured = facts.isMeasured;
    this.obs = facts.obs;
    this.positions = facts.positions;
    this.unit = facts.unit;
    this.sections = sectionsOf(facts);
  }

  /** Throws a UserError when the folder holds no finished run. */
  static async open(folder: string): Promise<RunData> {
    const path = join(folder, 'imputed.h5ad');
    if (!existsSync(path)) {
      throw new UserError(
        `${folder} holds no imputed.h5ad; give the folder of a finished run (spagene impute --out).`,
        { file: path },
      );
    }
    const file = await Hdf5File.open(path);
    try {
      return new RunData(folder, file, await readFacts(file));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  genesOf(place: ValuePlace): readonly string[] {
    return place === 'imputed' ? this.genes : this.measuredGenes;
  }

  /** Positions, or a UserError that says that this analysis needs them. */
  placed(): Positions {
    if (this.positions !== undefined) return this.positions;
    throw new UserError(
      `${this.folder} has no cell positions (obsm/spatial), which this analysis needs; impute again with --coordinates.`,
      { file: join(this.folder, 'imputed.h5ad'), element: 'obsm/spatial' },
    );
  }

  /** Consecutive cells × all genes of a place, row-major. */
  async rows(place: ValuePlace, first: number, count: number): Promise<Float32Array> {
    const width = this.genesOf(place).length;
    return floats(await this.#file.slice(elements[place], [first, 0], [first + count, width]));
  }

  /** All cells × some consecutive genes of a place, row-major. */
  async columns(place: ValuePlace, first: number, count: number): Promise<Float32Array> {
    return floats(await this.#file.slice(elements[place], [0, first], [this.cells.length, first + count]));
  }

  /** All cells in order, some at a time: whole chunks of the file, so that none is decompressed twice. */
  async *blocks(place: ValuePlace): AsyncGenerator<{ first: number; rows: number; values: Float32Array }> {
    const fitting = Math.max(1, Math.floor(BLOCK_VALUES / Math.max(1, this.genesOf(place).length)));
    const tall = (await this.#file.dataset(elements[place]))?.chunks?.[0] ?? 1;
    const step = Math.max(1, Math.floor(fitting / tall)) * tall;
    for (let first = 0; first < this.cells.length; first += step) {
      const rows = Math.min(step, this.cells.length - first);
      yield { first, rows, values: await this.rows(place, first, rows) };
    }
  }

  /** The same of both places side by side: measured genes, then imputed ones. */
  async *bothBlocks(): AsyncGenerator<{ first: number; rows: number; values: Float32Array }> {
    const [left, right] = [this.measuredGenes.length, this.genes.length];
    for await (const { first, rows, values } of this.blocks('imputed')) {
      const measured = await this.rows('measured', first, rows);
      const both = new Float32Array(rows * (left + right));
      for (let row = 0; row < rows; row++) {
        const to = row * (left + right);
        both.set(measured.subarray(row * left, (row + 1) * left), to);
        both.set(values.subarray(row * right, (row + 1) * right), to + left);
      }
      yield { first, rows, values: both };
    }
  }

  /** Codes of the cells in the reference's latent space, cells × latent, row-major. */
  async codes(): Promise<{ readonly dimensions: number; readonly values: Float32Array }> {
    const shape = (await this.#file.dataset('/obsm/X_spagene'))?.shape;
    if (shape === undefined) throw this.#file.damaged('/obsm/X_spagene', 'is missing');
    const dimensions = shape[1]!;
    const values = await this.#file.slice('/obsm/X_spagene', [0, 0], [this.cells.length, dimensions]);
    return { dimensions, values: floats(values) };
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

function floats(values: ArrayLike<number>): Float32Array {
  return values instanceof Float32Array ? values : Float32Array.from(values);
}

interface Facts {
  readonly cells: readonly string[];
  readonly genes: readonly string[];
  readonly measuredGenes: readonly string[];
  readonly isMeasured: Uint8Array;
  readonly obs: readonly Column[];
  readonly positions: Positions | undefined;
  readonly unit: string;
  readonly sectionColumn: string | undefined;
}

async function readFacts(file: Hdf5File): Promise<Facts> {
  const warnings: Warning[] = [];
  const obs = await readTable(file, '/obs', warnings);
  const variables = await readTable(file, '/var', warnings);
  if (!obs || !variables)
    throw file.damaged(obs ? '/var' : '/obs', 'is missing, so this is no result of a run');
  const spatial = await file.dataset('/obsm/spatial');
  const one = async (path: string) =>
    (await file.dataset(path)) ? (await file.strings(path))[0] : undefined;
  const measuredGenes = await file.strings('/uns/measured_genes');
  return {
    cells: obs.index,
    genes: variables.index,
    measuredGenes,
    isMeasured: measuredMask(variables, measuredGenes),
    obs: obs.columns,
    positions:
      spatial === undefined
        ? undefined
        : { dimensions: spatial.shape[1]!, values: await file.slice('/obsm/spatial', [0, 0], spatial.shape) },
    unit: (await one('/uns/spatial_unit')) ?? 'unknown',
    sectionColumn: await one('/uns/section_column'),
  };
}

function measuredMask({ index, columns }: Table, kept: readonly string[]): Uint8Array {
  const column = columns.find(({ name }) => name === 'measured');
  const known = column && textOf(column);
  const names = new Set(kept);
  return Uint8Array.from(index, (gene, i) =>
    names.has(gene) || ['True', '1'].includes(known?.[i] ?? '') ? 1 : 0,
  );
}

function sectionsOf({ obs, sectionColumn }: Facts): RunData['sections'] {
  const column = obs.find(({ name }) => name === sectionColumn);
  if (column === undefined) return undefined;
  const texts = textOf(column);
  const names = [...new Set(texts)];
  const code = new Map(names.map((name, i) => [name, i]));
  return names.length < 2 ? undefined : { names, codes: Int32Array.from(texts, (text) => code.get(text)!) };
}
