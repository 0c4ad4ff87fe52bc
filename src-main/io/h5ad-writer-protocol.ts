import type { Warning } from '../../src-shared/contract/errors.ts';
import type { H5adContent } from './h5ad-file.ts';
import type { Rows } from './h5ad-writer-stream.ts';

/** Rows of some matrices of a file, by element: `/X`, `/layers/NAME`, `/obsm/NAME`. */
export type RowsByElement = Readonly<Record<string, Rows>>;

/** What the writer's thread is asked; answered in order. */
export type WriterRequest =
  | { readonly call: 'create'; readonly file: string; readonly content: H5adContent }
  | { readonly call: 'append'; readonly firstRow: number; readonly rows: RowsByElement }
  | { readonly call: 'finish' };

/** One a request; `code` is the system's, where it was the system that failed. */
export type WriterReply =
  | { readonly warnings?: readonly Warning[] }
  | { readonly error: string; readonly name: string; readonly code: string | undefined };
