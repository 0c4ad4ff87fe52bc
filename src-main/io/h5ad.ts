import type { Warning } from '../../src-shared/contract/errors.ts';
import type { Dataset, MatrixInfo, OpenMatrix } from '../matrix/dataset.ts';
import type { Hdf5File } from './hdf5.ts';
import { textAttribute } from './hdf5.ts';
import { describeMatrix, matrixSource } from './h5ad-matrix.ts';
import type { MatrixPlace } from './h5ad-matrix.ts';
import { obsmCoordinates } from './h5ad-obsm.ts';
import { readTable } from './h5ad-table.ts';
import type { Table } from './h5ad-table.ts';
import { looksLikeEnsembl, share } from './gene-names.ts';
import { noSuchMatrix } from './matrix-names.ts';
import { coordinatesFromColumns } from './spatial-columns.ts';

/** An AnnData file, from 0.5's compound tables to today's encodings. */
export async function openH5ad(file: Hdf5File): Promise<Dataset> {
  const warnings: Warning[] = [];
  const obs = await readTable(file, '/obs', warnings);
  const variables = await readTable(file, '/var', warnings);
  if (!obs || !variables)
    throw file.damaged(obs ? '/var' : '/obs', 'is missing, so this is no complete AnnData file');
  const places = await findMatrices(file, warnings);
  const rawTable = places.some(({ raw }) => raw) ? await rawGenes(file, warnings) : undefined;
  for (const place of places) checkShape(file, place, obs, place.raw ? rawTable! : variables);
  const main = places.find(({ name }) => name === 'X')?.name;
  if (main === undefined)
    warnings.push({
      code: 'no-main-matrix',
      message: `${file.path} has no X${places.length > 0 ? '; ask for one of its other matrices by name' : ' and no other matrix'}.`,
      place: { file: file.path, element: 'X' },
    });
  return {
    path: file.path,
    format: 'h5ad',
    detail: await detail(file, places),
    matrices: places.map(({ name, cells, genes, type, layout }): MatrixInfo => ({
      name,
      cells,
      genes,
      type,
      layout,
    })),
    mainMatrix: main,
    coordinates:
      (await obsmCoordinates(file, obs.index.length)) ?? coordinatesFromColumns('obs', obs.columns),
    obs: obs.columns,
    var: variables.columns,
    cells: obs.index,
    genes: variables.index,
    warnings,
    async open(name = main) {
      const place = places.find((one) => one.name === name);
      if (!place)
        throw noSuchMatrix(
          file.path,
          name,
          places.map((one) => one.name),
        );
      return openPlace(file, place, obs, place.raw ? rawTable! : variables);
    },
    close: () => file.close(),
  };
}

async function detail(file: Hdf5File, places: readonly MatrixPlace[]): Promise<string> {
  const root = await file.node('/');
  const obs = await file.node('/obs');
  const version = textAttribute(root, 'encoding-version') ?? textAttribute(obs, 'encoding-version');
  const encoding =
    obs?.kind === 'dataset' ? 'compound tables (before 0.7)' : `encoding ${version ?? 'without version'}`;
  const layout = places.find(({ name }) => name === 'X')?.layout;
  return `AnnData, ${encoding}, ${layout ? `X ${layout.toUpperCase()}` : 'no X'}`;
}

async function findMatrices(file: Hdf5File, warnings: Warning[]): Promise<MatrixPlace[]> {
  const root = await file.group('/');
  const layers = (await file.group('/layers'))?.keys ?? [];
  const candidates = [
    { name: 'X', path: '/X', raw: false },
    { name: 'raw/X', path: '/raw/X', raw: true },
    { name: 'raw/X', path: '/raw.X', raw: true },
    ...layers.map((key) => ({ name: `layers/${key}`, path: `/layers/${key}`, raw: false })),
  ];
  const places: MatrixPlace[] = [];
  for (const { name, path, raw } of candidates) {
    const first = path.split('/')[1]!;
    if (!root?.keys.includes(first) || (path === '/raw/X' && !(await file.group('/raw'))?.keys.includes('X')))
      continue;
    const place = await describeMatrix(file, name, path, raw);
    if (place) places.push(place);
    else if ((await file.node(path)) && textAttribute(await file.node(path), 'encoding-type') !== 'null')
      warnings.push({
        code: 'matrix-not-read',
        message: `${file.path}: ${name} is of a kind that is not read and is left out.`,
        place: { file: file.path, element: name },
      });
  }
  return places;
}

async function rawGenes(file: Hdf5File, warnings: Warning[]): Promise<Table> {
  const path = (await file.group('/'))?.keys.includes('raw.var') ? '/raw.var' : '/raw/var';
  const table = await readTable(file, path, warnings);
  if (!table) throw file.damaged(path, 'is missing');
  return table;
}

function checkShape(file: Hdf5File, place: MatrixPlace, obs: Table, genes: Table): void {
  if (place.cells !== obs.index.length || place.genes !== genes.index.length)
    throw file.damaged(
      place.path,
      `is ${place.cells} × ${place.genes}, but the file names ${obs.index.length} cells and ${genes.index.length} genes`,
    );
}

async function openPlace(file: Hdf5File, place: MatrixPlace, obs: Table, genes: Table): Promise<OpenMatrix> {
  const source = await matrixSource(file, place);
  const second = secondNames(genes);
  return {
    name: place.name,
    source,
    cells: obs.index,
    genes: genes.index,
    ...(second ? { geneIds: second } : {}),
  };
}

const idColumns = ['gene_ids', 'gene_id', 'ensembl_id', 'ensembl', 'ensembl_ids', 'feature_id', 'accession'];
const symbolColumns = [
  'gene_symbols',
  'gene_symbol',
  'symbol',
  'feature_name',
  'gene_name',
  'gene_names',
  'gene_short_name',
];

/** The other names of the genes: ids where the index holds symbols, symbols where it holds ids. */
function secondNames({ index, columns }: Table): readonly string[] | undefined {
  const wanted = share(index, looksLikeEnsembl) > 0.5 ? symbolColumns : idColumns;
  for (const name of wanted) {
    const column = columns.find((one) => one.name.toLowerCase() === name);
    if (column?.kind === 'text') return column.values;
    if (column?.kind === 'category') return Array.from(column.codes, (code) => column.categories[code] ?? '');
  }
  return undefined;
}
