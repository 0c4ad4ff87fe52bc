import type { Warning } from '../../src-shared/contract/errors.ts';
import type { Column, Coordinates, Dataset, MatrixInfo } from '../matrix/dataset.ts';
import type { Hdf5File } from './hdf5.ts';
import { textAttribute } from './hdf5.ts';
import { dense } from './hdf5-dense.ts';
import { readColumn } from './hdf5-columns.ts';
import { noSuchMatrix } from './matrix-names.ts';
import { coordinatesFromColumns, spatialKey } from './spatial-columns.ts';

const cellKeys = ['CellID', 'cell_id', 'obs_names', 'Cell', 'cell_names', 'Barcode', 'barcode', 'cellid'];
const geneKeys = ['Gene', 'gene', 'var_names', 'gene_names', 'GeneName', 'Symbol', 'gene_symbol'];
const idKeys = ['Accession', 'EnsemblID', 'gene_ids', 'ensembl_id', 'Ensembl'];

/** A Loom file (v2, v3): /matrix is genes × cells and turned here; attributes of its columns are about cells. */
export async function openLoom(file: Hdf5File): Promise<Dataset> {
  const warnings: Warning[] = [];
  const main = await file.dataset('/matrix');
  if (main?.shape.length !== 2) throw file.damaged('/matrix', 'is no matrix with two axes');
  const [genes, cells] = [main.shape[0]!, main.shape[1]!];
  const obs = await attributes(file, '/col_attrs', cells, warnings);
  const variables = await attributes(file, '/row_attrs', genes, warnings);
  const geneNames = namesOf(variables, geneKeys);
  if (!geneNames) throw file.damaged('/row_attrs', 'has no Gene attribute, so the genes have no names');
  const geneIds = namesOf(variables, idKeys);
  const cellNames = namesOf(obs, cellKeys) ?? unnamed(file.path, cells, warnings);
  const layers = (await file.group('/layers'))?.keys ?? [];
  const matrices: MatrixInfo[] = [];
  for (const name of ['matrix', ...layers.map((layer) => `layers/${layer}`)]) {
    const node = await file.dataset(`/${name}`);
    if (!node) continue;
    if (node.shape[0] !== genes || node.shape[1] !== cells)
      throw file.damaged(`/${name}`, `is ${node.shape.join(' × ')} instead of ${genes} × ${cells}`);
    matrices.push({ name, cells, genes, type: node.type.name, layout: 'dense' });
  }
  const version = await specification(file);
  return {
    path: file.path,
    format: 'loom',
    detail: `Loom ${version}, genes × cells, turned`,
    matrices,
    mainMatrix: 'matrix',
    coordinates: await positions(file, obs, cells),
    obs,
    var: variables,
    warnings,
    async open(name = 'matrix') {
      if (!matrices.some((matrix) => matrix.name === name))
        throw noSuchMatrix(
          file.path,
          name,
          matrices.map((matrix) => matrix.name),
        );
      const source = await dense(file, `/${name}`, 1);
      return { name, source, cells: cellNames, genes: geneNames, ...(geneIds ? { geneIds } : {}) };
    },
    close: () => file.close(),
  };
}

async function specification(file: Hdf5File): Promise<string> {
  const attribute = textAttribute(await file.node('/'), 'LOOM_SPEC_VERSION');
  if (attribute) return attribute;
  return (await file.dataset('/attrs/LOOM_SPEC_VERSION'))
    ? (await file.strings('/attrs/LOOM_SPEC_VERSION'))[0]!
    : '1 or 2';
}

async function attributes(
  file: Hdf5File,
  path: string,
  length: number,
  warnings: Warning[],
): Promise<Column[]> {
  const group = await file.group(path);
  if (!group) throw file.damaged(path, 'is missing');
  const columns: Column[] = [];
  for (const key of group.keys) {
    const shape = (await file.dataset(`${path}/${key}`))?.shape;
    if (!shape || shape.slice(1).some((n) => n !== 1)) continue;
    if (shape[0] !== length)
      throw file.damaged(`${path}/${key}`, `has ${shape[0] ?? 1} values instead of ${length}`);
    const column = await readColumn(file, `${path}/${key}`, key, warnings);
    if (column) columns.push(column);
  }
  return columns;
}

function namesOf(columns: readonly Column[], keys: readonly string[]): readonly string[] | undefined {
  for (const key of keys) {
    const column = columns.find(({ name }) => name === key);
    if (column?.kind === 'text') return column.values;
    if (column?.kind === 'number') return Array.from(column.values, String);
  }
  return undefined;
}

function unnamed(path: string, cells: number, warnings: Warning[]): string[] {
  warnings.push({
    code: 'no-cell-names',
    message: `${path} has no CellID attribute; its cells are called cell1 … cell${cells} by their order.`,
    place: { file: path, element: 'col_attrs' },
  });
  return Array.from({ length: cells }, (_, i) => `cell${i + 1}`);
}

async function positions(
  file: Hdf5File,
  obs: readonly Column[],
  cells: number,
): Promise<Coordinates | undefined> {
  const fromColumns = coordinatesFromColumns('col_attrs', obs);
  if (fromColumns) return fromColumns;
  const wide: string[] = [];
  for (const key of (await file.group('/col_attrs'))?.keys ?? []) {
    const node = await file.dataset(`/col_attrs/${key}`);
    if (node?.shape.length === 2 && (node.shape[1] === 2 || node.shape[1] === 3)) wide.push(key);
  }
  const key = spatialKey(wide);
  if (key === undefined) return undefined;
  const [rows, dimensions] = (await file.dataset(`/col_attrs/${key}`))!.shape as [number, number];
  if (rows !== cells) throw file.damaged(`/col_attrs/${key}`, `has ${rows} rows instead of ${cells}`);
  return {
    source: `col_attrs/${key}`,
    dimensions,
    values: await file.numbers(`/col_attrs/${key}`),
    unit: 'unknown',
  };
}
