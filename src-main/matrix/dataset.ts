import type { Warning } from '../../src-shared/contract/errors.ts';
import type { MatrixSource } from './csr.ts';

/** One column of a table about cells (obs) or genes (var). */
export type Column =
  | { readonly name: string; readonly kind: 'number'; readonly values: Float64Array }
  | { readonly name: string; readonly kind: 'text'; readonly values: readonly string[] }
  | {
      readonly name: string;
      readonly kind: 'category';
      readonly categories: readonly string[];
      /** Index into categories; −1 is missing. */
      readonly codes: Int32Array;
    };

/** Positions of the cells, one row a cell. */
export interface Coordinates {
  /** Where they were found, such as `obsm/spatial` or a file name. */
  readonly source: string;
  readonly dimensions: number;
  /** rows × dimensions, row-major; NaN where a cell has no position. */
  readonly values: Float64Array;
  readonly unit: 'micrometre' | 'pixel' | 'unknown';
}

/** What a matrix inside a file is called and how large it is. */
export interface MatrixInfo {
  readonly name: string;
  readonly cells: number;
  readonly genes: number;
  /** Data type as stored, such as float32 or int64. */
  readonly type?: string;
  /** dense, csr, csc, coordinate. */
  readonly layout?: string;
}

/** One matrix of a file together with the names of its rows and columns. */
export interface OpenMatrix {
  readonly name: string;
  readonly source: MatrixSource;
  readonly cells: readonly string[];
  readonly genes: readonly string[];
  /** Second names of the genes where the file has them (Ensembl ids beside symbols or the reverse). */
  readonly geneIds?: readonly string[];
}

/** An opened file or folder of expression data. Nothing large is read before a matrix is asked for. */
export interface Dataset {
  readonly path: string;
  /** Registry name: csv, mtx, 10x-h5, h5ad, loom. */
  readonly format: string;
  /** Whose software wrote the folder, such as Xenium. */
  readonly vendor?: string;
  /** The files that it is read from, where that is more than `path` itself. */
  readonly files?: readonly string[];
  /** A sentence fragment for people, such as `AnnData 0.1.0, CSR, genes × cells table turned`. */
  readonly detail: string;
  readonly matrices: readonly MatrixInfo[];
  /** Name of the matrix that is used unless another is asked for; undefined when there is none. */
  readonly mainMatrix: string | undefined;
  readonly coordinates: Coordinates | undefined;
  /** Tables about the cells of the main matrix. */
  readonly obs: readonly Column[];
  readonly var: readonly Column[];
  /** Names of the cells and genes of the main matrix where they stand apart from a matrix (h5ad without X). */
  readonly cells?: readonly string[];
  readonly genes?: readonly string[];
  readonly warnings: readonly Warning[];
  /** Throws a UserError that lists the matrices when there is none of this name. */
  open(matrix?: string): Promise<OpenMatrix>;
  close(): Promise<void>;
}
