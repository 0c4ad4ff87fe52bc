import h5wasm, { type File, type Group } from 'h5wasm/node';
import type { Warning } from '../../src-shared/contract/errors.ts';
import { retypeAsBoolean } from './h5ad-writer-boolean.ts';
import { createGroup, tag } from './h5ad-writer-element.ts';
import { writeMapping, type UnstructuredRecord } from './h5ad-writer-mapping.ts';
import { DenseStream } from './h5ad-writer-dense.ts';
import { SparseStream } from './h5ad-writer-sparse.ts';
import type { MatrixLayout, Rows, RowStream } from './h5ad-writer-stream.ts';
import { writeTable, type WritableColumn } from './h5ad-writer-table.ts';

/** A matrix cells × columns beside X, such as coordinates or latent codes. */
export interface EmbeddingLayout extends Omit<MatrixLayout, 'layout'> {
  readonly columns: number;
  /** All values, row-major; without them the rows come through `writeObsm`. */
  readonly values?: Float32Array | Float64Array;
}

/** What an AnnData file is to hold. Cells are rows, genes columns. */
export interface H5adContent {
  readonly obsNames: readonly string[];
  readonly varNames: readonly string[];
  readonly obs?: readonly WritableColumn[];
  readonly var?: readonly WritableColumn[];
  /** Dense float32 without compression unless said otherwise; `none` leaves X out. */
  readonly x?: MatrixLayout | 'none';
  readonly layers?: Readonly<Record<string, MatrixLayout>>;
  readonly obsm?: Readonly<Record<string, EmbeddingLayout>>;
  readonly uns?: UnstructuredRecord;
}

/** The HDF5 side of an AnnData file that is written in blocks; what it throws is what the library throws. */
export class H5adFile {
  readonly warnings: readonly Warning[];
  readonly #path: string;
  readonly #file: File;
  readonly #booleans: readonly number[];
  readonly #streams = new Map<string, RowStream>();

  private constructor(path: string, file: File, content: H5adContent) {
    [this.#path, this.#file] = [path, file];
    tag(file, 'anndata');
    const obs = writeTable(file, 'obs', content.obsNames, content.obs ?? []);
    const genes = writeTable(file, 'var', content.varNames, content.var ?? []);
    this.warnings = [...obs.warnings, ...genes.warnings];
    const uns = writeMapping(file, 'uns', content.uns ?? {});
    this.#booleans = [...obs.booleans, ...genes.booleans, ...uns];
    for (const name of ['varm', 'obsp', 'varp']) createGroup(file, name, 'dict');
    this.#openMatrices(content);
  }

  /** Writes everything but the rows of the matrices. */
  static async create(path: string, content: H5adContent): Promise<H5adFile> {
    (await h5wasm.ready).activate_throwing_error_handler();
    // The classic format: every HDF5 reads it, and booleans can be made in it (see retypeAsBoolean).
    const file = new h5wasm.File(path, 'w', { libver: ['earliest', 'latest'] });
    try {
      return new H5adFile(path, file, content);
    } catch (error) {
      closeQuietly(file);
      throw error;
    }
  }

  #openMatrices(content: H5adContent): void {
    const [cells, genes] = [content.obsNames.length, content.varNames.length];
    const add = (parent: Group, name: string, columns: number, how: MatrixLayout): RowStream => {
      const Stream = how.layout === 'csr' ? SparseStream : DenseStream;
      const stream = new Stream(parent, name, cells, columns, how);
      this.#streams.set(`${parent === this.#file ? '' : parent.path}/${name}`, stream);
      return stream;
    };
    if (content.x !== 'none') add(this.#file, 'X', genes, content.x ?? { layout: 'dense' });
    const layers = createGroup(this.#file, 'layers', 'dict');
    for (const [name, how] of Object.entries(content.layers ?? {})) add(layers, name, genes, how);
    const obsm = createGroup(this.#file, 'obsm', 'dict');
    for (const [name, { values, columns, ...how }] of Object.entries(content.obsm ?? {})) {
      const stream = add(obsm, name, columns, { ...how, layout: 'dense' });
      if (values !== undefined) stream.append(0, values);
    }
  }

  /** Rows of `/X`, `/layers/NAME` or `/obsm/NAME`. Throws a RangeError when they do not follow those before. */
  append(element: string, firstRow: number, rows: Rows): void {
    const stream = this.#streams.get(element);
    if (stream === undefined) throw new RangeError(`${element} was not announced when the file was created`);
    stream.append(firstRow, rows);
  }

  /** Writes what is left and closes the file. Throws a RangeError when rows are missing. */
  async finish(): Promise<void> {
    for (const stream of this.#streams.values()) stream.end();
    this.#file.close();
    await retypeAsBoolean(this.#path, this.#booleans);
  }

  /** Closes a file that will be thrown away. */
  abandon(): void {
    closeQuietly(this.#file);
  }
}

/** After a failed write HDF5 may fail again in closing; the file is thrown away anyway. */
function closeQuietly(file: File): void {
  try {
    file.close();
  } catch {
    // nothing to do
  }
}
