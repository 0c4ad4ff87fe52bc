import type { Warning } from '../../src-shared/contract/errors.ts';
import type { Dataset, MatrixInfo, OpenMatrix } from '../matrix/dataset.ts';
import { geneExpressionOnly } from './feature-types.ts';
import type { Hdf5File } from './hdf5.ts';
import { sparseRows } from './hdf5-sparse.ts';
import { noSuchMatrix } from './matrix-names.ts';

interface Part extends MatrixInfo {
  readonly path: string;
  /** All features, before other types than gene expression are left out. */
  readonly features: number;
  readonly kept: readonly number[];
  readonly symbols: string;
  readonly ids: string;
}

/** Names of the root groups that hold a 10x matrix: `matrix` (v3), or one group a genome (v2). */
export async function tenxGroups(file: Hdf5File): Promise<string[]> {
  const root = await file.group('/');
  const found: string[] = [];
  for (const key of root?.keys ?? []) {
    const keys = (await file.group(`/${key}`))?.keys;
    if (keys && ['barcodes', 'indices', 'indptr'].every((name) => keys.includes(name))) found.push(key);
  }
  return found;
}

/** A 10x Genomics feature-barcode matrix in HDF5: v3 (`/matrix`), or v2 with a group for each genome. */
export async function openTenxH5(file: Hdf5File): Promise<Dataset> {
  const groups = await tenxGroups(file);
  const warnings: Warning[] = [];
  const parts: Part[] = [];
  for (const name of groups) parts.push(await describe(file, name, warnings));
  const main = parts[0]?.name;
  if (parts.length > 1)
    warnings.push({
      code: 'several-genomes',
      message: `${file.path} holds ${parts.length} genomes (${groups.join(', ')}); ${main!} is used unless another is asked for.`,
      place: { file: file.path },
    });
  const version = (await file.group('/matrix/features')) ? 'v3' : 'v2';
  return {
    path: file.path,
    format: '10x-h5',
    detail: `10x HDF5 ${version}, sparse${parts.length > 1 ? `, ${parts.length} genomes` : ''}`,
    matrices: parts.map(({ name, cells, genes, type, layout }) => ({
      name,
      cells,
      genes,
      ...(type === undefined ? {} : { type }),
      ...(layout === undefined ? {} : { layout }),
    })),
    mainMatrix: main,
    coordinates: undefined,
    obs: [],
    var: [],
    warnings,
    async open(name = main) {
      const part = parts.find((one) => one.name === name);
      if (!part) throw noSuchMatrix(file.path, name, groups);
      return openPart(file, part);
    },
    close: () => file.close(),
  };
}

async function describe(file: Hdf5File, name: string, warnings: Warning[]): Promise<Part> {
  const path = `/${name}`;
  const v3 = await file.group(`${path}/features`);
  const symbols = v3 ? `${path}/features/name` : `${path}/gene_names`;
  const ids = v3 ? `${path}/features/id` : `${path}/genes`;
  const features = (await file.dataset(ids))?.shape[0];
  const cells = (await file.dataset(`${path}/barcodes`))?.shape[0];
  if (features === undefined || cells === undefined)
    throw file.damaged(path, 'has no list of genes or of barcodes');
  const shape = [...(await file.numbers(`${path}/shape`))];
  if (shape.length !== 2 || shape[0] !== features || shape[1] !== cells)
    throw file.damaged(
      path,
      `should be ${shape.join(' × ')}, but lists ${features} genes and ${cells} barcodes`,
    );
  const typed = v3?.keys.includes('feature_type')
    ? await file.strings(`${path}/features/feature_type`)
    : undefined;
  if (typed && typed.length !== features)
    throw file.damaged(`${path}/features/feature_type`, 'has another length than the list of genes');
  const kept = geneExpressionOnly(file.path, typed ?? Array.from<undefined>({ length: features }), warnings);
  const type = (await file.dataset(`${path}/data`))?.type.name;
  return {
    name,
    path,
    cells,
    genes: kept.length,
    features,
    kept,
    symbols,
    ids,
    layout: 'csr',
    ...(type === undefined ? {} : { type }),
  };
}

async function openPart(file: Hdf5File, part: Part): Promise<OpenMatrix> {
  const symbols = await file.strings(part.symbols);
  const ids = await file.strings(part.ids);
  if (symbols.length !== ids.length)
    throw file.damaged(part.symbols, 'has another length than the list of gene ids');
  const cells = await file.strings(`${part.path}/barcodes`);
  const keep = new Int32Array(part.features).fill(-1);
  part.kept.forEach((feature, at) => (keep[feature] = at));
  const place = { file, path: part.path, major: part.cells, minor: part.features };
  const source = await sparseRows(place, part.genes, part.genes === part.features ? undefined : keep);
  return {
    name: part.name,
    source,
    cells,
    genes: part.kept.map((at) => symbols[at]!),
    geneIds: part.kept.map((at) => ids[at]!),
  };
}
