import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { Dataset } from '../matrix/dataset.ts';
import { mtxFiles } from './mtx.ts';

/** Where the makers of spatial assays put matrix and positions, by what the names of the files end in. */
interface Vendor {
  readonly name: string;
  readonly matrices: readonly RegExp[];
  readonly positions: readonly RegExp[];
}

const vendors: readonly Vendor[] = [
  {
    name: 'Visium',
    matrices: [/filtered_feature_bc_matrix\.h5$/, /raw_feature_bc_matrix\.h5$/],
    positions: [/^spatial\/tissue_positions(_list)?\.csv(\.gz)?$/],
  },
  { name: 'Xenium', matrices: [/^cell_feature_matrix\.h5$/], positions: [/^cells\.csv(\.gz)?$/] },
  { name: 'CosMx', matrices: [/exprMat_file\.csv(\.gz)?$/], positions: [/metadata_file\.csv(\.gz)?$/] },
  { name: 'MERSCOPE', matrices: [/cell_by_gene\.csv(\.gz)?$/], positions: [/cell_metadata\.csv(\.gz)?$/] },
];
const subfolders = ['filtered_feature_bc_matrix', 'cell_feature_matrix', 'raw_feature_bc_matrix'];

/** A folder as a vendor's software writes it; its positions are joined by the names of the cells. */
export async function openVendorFolder(
  path: string,
  open: (file: string) => Promise<Dataset>,
): Promise<Dataset> {
  const names = readdirSync(path).sort();
  const inner = existsSync(join(path, 'spatial'))
    ? readdirSync(join(path, 'spatial')).map((name) => `spatial/${name}`)
    : [];
  const find = (patterns: readonly RegExp[]): string | undefined =>
    patterns.flatMap((pattern) => [...names, ...inner].filter((name) => pattern.test(name)))[0];
  for (const vendor of vendors) {
    const matrix = find(vendor.matrices);
    if (matrix === undefined) continue;
    return withPositions(path, vendor, await open(join(path, matrix)), find(vendor.positions));
  }
  const folder = subfolders.map((name) => join(path, name)).find((one) => existsSync(one) && mtxFiles(one));
  if (folder) return { ...(await open(folder)), path };
  const listed = names.slice(0, 6).join(', ') || 'nothing';
  throw new UserError(
    `${path} is a folder without a matrix that is read here (matrix.mtx with its lists, a 10x .h5, a vendor's tables); it holds ${listed}. Name the file itself.`,
    { file: path },
  );
}

async function withPositions(
  path: string,
  vendor: Vendor,
  dataset: Dataset,
  positions: string | undefined,
): Promise<Dataset> {
  const detail = `${vendor.name} folder: ${dataset.detail}`;
  if (positions === undefined) return { ...dataset, path, detail };
  const { readCoordinates } = await import('./coordinates.ts');
  try {
    const { cells } = await dataset.open();
    const { coordinates, obs } = await readCoordinates(join(path, positions), cells);
    return { ...dataset, path, detail, coordinates, obs: [...dataset.obs, ...obs] };
  } catch (error) {
    await dataset.close();
    throw error;
  }
}
