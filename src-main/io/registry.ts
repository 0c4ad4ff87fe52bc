import { statSync } from 'node:fs';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { Warning } from '../../src-shared/contract/errors.ts';
import type { Dataset } from '../matrix/dataset.ts';
import { withoutControls } from './control-features.ts';
import { openCsv } from './csv.ts';
import type { Orientation } from './csv-layout.ts';
import { openH5ad } from './h5ad.ts';
import { Hdf5File } from './hdf5.ts';
import { openLoom } from './loom.ts';
import { mtxFiles, openMtx } from './mtx.ts';
import { promisedFormat, sniff } from './sniff.ts';
import { openTenxH5, tenxGroups } from './tenx-h5.ts';
import { openVendorFolder } from './vendor-folder.ts';

export interface OpenOptions {
  /** How a text table lies; found out when not given. Other formats say it themselves. */
  readonly orientation?: Orientation;
}

/**
 * Opens a file or folder of expression data, whatever its name says: the content decides. Throws a UserError with one
 * sentence when it does not exist, is of no known format, or is damaged.
 */
export async function openDataset(path: string, options: OpenOptions = {}): Promise<Dataset> {
  if (isFolder(path)) {
    if (mtxFiles(path)) return openMtx(path);
    return openVendorFolder(path, (file) => openDataset(file, options));
  }
  const content = await sniff(path);
  if (content === 'mtx') return named(await openMtx(path));
  if (content === 'text') return genesOnly(named(await openCsv(path, options.orientation)));
  const file = await Hdf5File.open(path);
  try {
    return await genesOnly(named(await openHdf5(file)));
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Leaves control features out. 10x says of every feature whether it is a gene, so its readers have done that. */
async function genesOnly(dataset: Dataset): Promise<Dataset> {
  if (dataset.format === '10x-h5' || (dataset.genes ?? dataset.mainMatrix) === undefined) return dataset;
  return withoutControls(dataset, dataset.genes ?? (await dataset.open()).genes);
}

function isFolder(path: string): boolean {
  try {
    const found = statSync(path);
    // Opening a pipe or a device would wait for ever.
    if (found.isFile() || found.isDirectory()) return found.isDirectory();
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const message = absent ? `${path} does not exist.` : `${path} cannot be opened.`;
    throw new UserError(message, { file: path }, 'input', error);
  }
  throw new UserError(`${path} is neither a file nor a folder.`, { file: path });
}

async function openHdf5(file: Hdf5File): Promise<Dataset> {
  const keys = (await file.group('/'))?.keys ?? [];
  const has = (...names: string[]): boolean => names.every((name) => keys.includes(name));
  if (has('matrix', 'row_attrs', 'col_attrs')) return openLoom(file);
  if (has('obs', 'var')) return openH5ad(file);
  if ((await tenxGroups(file)).length > 0) return openTenxH5(file);
  if (has('X') || has('obs')) return openH5ad(file);
  const listed = keys.length === 0 ? 'nothing' : keys.slice(0, 8).join(', ');
  throw new UserError(
    `${file.path} is an HDF5 file, but neither AnnData nor Loom nor 10x: it holds ${listed}.`,
    { file: file.path, element: '/' },
  );
}

const titles: Readonly<Record<string, string>> = {
  csv: 'a text table',
  mtx: 'a MatrixMarket file',
  '10x-h5': 'a 10x HDF5 file',
  h5ad: 'an AnnData file',
  loom: 'a Loom file',
};

/** Adds a warning when the name of a file promises another format than it has. */
function named(dataset: Dataset): Dataset {
  const promised = promisedFormat(dataset.path);
  const fits =
    promised === undefined ||
    promised === dataset.format ||
    (promised === 'hdf5' && ['10x-h5', 'h5ad', 'loom'].includes(dataset.format)) ||
    (promised === 'csv' && dataset.format === 'mtx' && !/\.(csv|tsv)(\.gz)?$/i.test(dataset.path));
  if (fits) return dataset;
  const warning: Warning = {
    code: 'format-differs-from-name',
    message: `${dataset.path} is ${titles[dataset.format] ?? dataset.format}, though its name says otherwise; it is read as what it is.`,
    place: { file: dataset.path },
  };
  return { ...dataset, warnings: [warning, ...dataset.warnings] };
}
