import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { Warning } from '../../src-shared/contract/errors.ts';
import type { Dataset } from '../matrix/dataset.ts';
import { mtxFiles } from './mtx.ts';
import { chosenBin } from './visium-hd.ts';

/** Where the makers of spatial assays put matrix and positions, by what the names of the files end in. */
interface Vendor {
  readonly name: string;
  readonly matrices: readonly RegExp[];
  readonly positions: readonly RegExp[];
  /** What their table is usually called. */
  readonly table: string;
  /** What tells this vendor from others with the same matrices. */
  readonly marks?: RegExp;
}

// 10x writes the same matrix as .h5 and as a folder, filtered to cells or tissue and raw.
const tenxMatrices = [
  /filtered_feature_bc_matrix\.h5$/,
  /filtered_feature_bc_matrix$/,
  /raw_feature_bc_matrix\.h5$/,
  /raw_feature_bc_matrix$/,
];

const vendors: readonly Vendor[] = [
  {
    name: 'Visium HD',
    marks: /^spatial\/tissue_positions\.parquet$/,
    matrices: tenxMatrices,
    positions: [/^spatial\/tissue_positions\.parquet$/],
    table: 'spatial/tissue_positions.parquet',
  },
  {
    name: 'Visium',
    marks: /^spatial\//,
    matrices: tenxMatrices,
    positions: [/^spatial\/tissue_positions(_list)?\.csv(\.gz)?$/],
    table: 'spatial/tissue_positions.csv',
  },
  {
    name: 'Xenium',
    matrices: [/^cell_feature_matrix\.h5$/, /^cell_feature_matrix$/],
    positions: [/^cells\.csv(\.gz)?$/, /^cells\.parquet$/],
    table: 'cells.csv.gz',
  },
  {
    name: 'CosMx',
    matrices: [/exprMat_file\.csv(\.gz)?$/],
    positions: [/metadata_file\.csv(\.gz)?$/],
    table: 'metadata_file.csv',
  },
  {
    name: 'MERSCOPE',
    matrices: [/cell_by_gene\.csv(\.gz)?$/],
    positions: [/cell_metadata\.csv(\.gz)?$/, /cell_metadata\.parquet$/],
    table: 'cell_metadata.csv',
  },
];
const subfolders = ['filtered_feature_bc_matrix', 'cell_feature_matrix', 'raw_feature_bc_matrix'];
const matrixFile = /(filtered|raw)_feature_bc_matrix\.h5$/;

interface Found {
  readonly vendor: Vendor;
  readonly matrix: string;
  /** Other matrices of the same kind, such as those of other slides. */
  readonly others: readonly string[];
  readonly positions: string | undefined;
}

/** The folder that holds matrix and positions: that of the bins for a Visium HD run, else the folder itself. */
export function assayFolder(path: string): string {
  return chosenBin(path)?.folder ?? path;
}

/** What a folder is taken for, such as "Xenium" or "10x matrix"; undefined for any other folder. Never throws. */
export function folderHint(path: string): string | undefined {
  try {
    if (mtxFiles(path)) return '10x matrix';
    if (chosenBin(path)) return 'Visium HD';
    return recognise(path)?.vendor.name ?? (tenxSubfolder(path) === undefined ? undefined : '10x matrix');
  } catch {
    return undefined;
  }
}

/** A folder as a vendor's software writes it; its positions are joined by the names of the cells. */
export async function openVendorFolder(
  path: string,
  open: (file: string) => Promise<Dataset>,
): Promise<Dataset> {
  const bin = chosenBin(path);
  const folder = bin?.folder ?? path;
  const found = recognise(folder);
  if (found) {
    const warnings = [...(bin ? [bin.warning] : []), ...otherMatrices(folder, found)];
    const dataset = await open(join(folder, found.matrix));
    const files = dataset.files ?? [join(folder, found.matrix)];
    return withPositions(folder, found, {
      ...dataset,
      path,
      files: found.positions === undefined ? files : [...files, join(folder, found.positions)],
      vendor: found.vendor.name,
      detail: `${found.vendor.name} folder: ${dataset.detail}`,
      warnings: [...warnings, ...dataset.warnings],
    });
  }
  const plain = tenxSubfolder(folder);
  if (plain === undefined) throw notRecognised(path);
  const dataset = await open(plain);
  return { ...dataset, path, files: dataset.files ?? [plain] };
}

function tenxSubfolder(path: string): string | undefined {
  const [file] = readdirSync(path)
    .filter((name) => matrixFile.test(name))
    .sort((a, b) => Number(a.includes('raw_')) - Number(b.includes('raw_')));
  if (file !== undefined) return join(path, file);
  return subfolders.map((name) => join(path, name)).find((one) => isFolder(one) && mtxFiles(one));
}

function recognise(path: string): Found | undefined {
  const names = readdirSync(path).sort();
  const spatial = join(path, 'spatial');
  if (isFolder(spatial)) names.push(...readdirSync(spatial).map((name) => `spatial/${name}`));
  const usable = (name: string): boolean => {
    const whole = join(path, name);
    return /\.(h5|csv|csv\.gz)$/.test(name) || (isFolder(whole) && mtxFiles(whole) !== undefined);
  };
  for (const vendor of vendors) {
    if (vendor.marks && !names.some((name) => vendor.marks!.test(name))) continue;
    const groups = vendor.matrices.map((pattern) =>
      names.filter((name) => pattern.test(name) && usable(name)),
    );
    const [matrix, ...others] = groups.find((group) => group.length > 0) ?? [];
    if (matrix === undefined) continue;
    const positions = vendor.positions.flatMap((pattern) => names.filter((name) => pattern.test(name)));
    return { vendor, matrix, others, positions: sameSlide(matrix, positions) };
  }
  return undefined;
}

/** The positions whose name begins like the matrix's, since several slides may lie in one folder. */
function sameSlide(matrix: string, positions: readonly string[]): string | undefined {
  const prefix = /^(.*?)(exprMat_file|cell_by_gene)/.exec(matrix)?.[1];
  return positions.find((name) => prefix !== undefined && name.startsWith(prefix)) ?? positions[0];
}

function otherMatrices(path: string, { matrix, others }: Found): Warning[] {
  if (others.length === 0) return [];
  const message = `${path} holds ${others.length + 1} matrices; ${matrix} is used. For ${others.slice(0, 3).join(', ')}, choose the file itself with its table of positions.`;
  return [{ code: 'several-slides', message, place: { file: path } }];
}

function notRecognised(path: string): UserError {
  const names = readdirSync(path).sort();
  const listed = names.slice(0, 6).join(', ') || 'nothing';
  return new UserError(
    `${path} is a folder without a matrix that is read here; it holds ${listed}. Choose the file of counts, or a folder with matrix.mtx and its lists, a 10x feature-barcode matrix (.h5), Xenium's cell_feature_matrix, CosMx's exprMat_file.csv or MERSCOPE's cell_by_gene.csv.`,
    { file: path },
  );
}

async function withPositions(path: string, { vendor, positions }: Found, dataset: Dataset): Promise<Dataset> {
  if (positions === undefined)
    return { ...dataset, warnings: [...dataset.warnings, noPositions(path, vendor)] };
  const { readSomeCoordinates } = await import('./coordinates.ts');
  try {
    const { cells } = await dataset.open();
    const found = await readSomeCoordinates(join(path, positions), cells);
    const { coordinates, obs, warnings } = found;
    return {
      ...dataset,
      coordinates,
      obs: [...dataset.obs, ...obs],
      warnings: [...dataset.warnings, ...warnings],
    };
  } catch (error) {
    await dataset.close();
    throw error;
  }
}

function noPositions(path: string, { name, table }: Vendor): Warning {
  return {
    code: 'no-positions-file',
    message: `${path}: there is no ${table}, where ${name} keeps the positions of the cells, so they have none; add it, or choose a table of positions.`,
    place: { file: path },
  };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
