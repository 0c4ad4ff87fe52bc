import type { MatrixSource } from '../matrix/csr.ts';
import type { Hdf5File } from './hdf5.ts';
import { textAttribute } from './hdf5.ts';
import { dense } from './hdf5-dense.ts';
import type { AttributeValue } from './hdf5-protocol.ts';
import { sparseColumns, sparseRows } from './hdf5-sparse.ts';

/** Where a matrix stands in an AnnData file. */
export interface MatrixPlace {
  readonly name: string;
  readonly path: string;
  /** Whether its genes are those of raw/var. */
  readonly raw: boolean;
  readonly cells: number;
  readonly genes: number;
  readonly type: string;
  readonly layout: 'dense' | 'csr' | 'csc';
}

function pair(value: AttributeValue | undefined): readonly [number, number] | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [rows, columns] = value as unknown[];
  return typeof rows === 'number' && typeof columns === 'number' ? [rows, columns] : undefined;
}

/** Layout and size of the matrix at `path`; undefined when it is none that is read. */
export async function describeMatrix(
  file: Hdf5File,
  name: string,
  path: string,
  raw: boolean,
): Promise<MatrixPlace | undefined> {
  const node = await file.node(path);
  if (node?.kind === 'dataset') {
    const shape = (await file.dataset(path))!.shape;
    // Before 0.7 a matrix with one gene was written without its second axis.
    if (shape.length === 1 && ['integer', 'float'].includes(node.type.kind))
      throw file.damaged(path, 'has one axis only; write the file again with a current anndata');
    if (shape.length !== 2 || !['integer', 'float', 'boolean'].includes(node.type.kind)) return undefined;
    return { name, path, raw, cells: shape[0]!, genes: shape[1]!, type: node.type.name, layout: 'dense' };
  }
  if (!node?.keys.includes('indptr')) return undefined;
  const written = textAttribute(node, 'encoding-type') ?? textAttribute(node, 'h5sparse_format') ?? '';
  const layout = /^cs[rc]/.exec(written)?.[0] as 'csr' | 'csc' | undefined;
  const shape = pair(node.attributes['shape'] ?? node.attributes['h5sparse_shape']);
  if (!layout || !shape) throw file.damaged(path, 'is a sparse matrix without a readable format and shape');
  const type = (await file.dataset(`${path}/data`))?.type.name ?? 'unknown';
  return { name, path, raw, cells: shape[0], genes: shape[1], type, layout };
}

export function matrixSource(file: Hdf5File, place: MatrixPlace): Promise<MatrixSource> {
  const { path, cells, genes } = place;
  if (place.layout === 'dense') return dense(file, path, 0);
  if (place.layout === 'csr') return sparseRows({ file, path, major: cells, minor: genes }, genes);
  return sparseColumns({ file, path, major: genes, minor: cells });
}
