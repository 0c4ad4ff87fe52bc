import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { Warning } from '../../src-shared/contract/errors.ts';
import type { MatrixSource } from '../matrix/csr.ts';
import type { Dataset } from '../matrix/dataset.ts';
import { eachLine, isGzip, firstBytes, lineBatches } from './byte-lines.ts';
import { geneExpressionOnly } from './feature-types.ts';
import { noSuchMatrix } from './matrix-names.ts';
import { mtxEntries } from './mtx-entries.ts';
import { mtxHeader } from './mtx-header.ts';
import type { MtxHeader } from './mtx-header.ts';
import { turned } from './turn.ts';

/** A MatrixMarket file with the lists of its genes and cells beside it, as 10x writes them (v2: genes.tsv, v3: features.tsv.gz). */
export interface MtxFiles {
  readonly matrix: string;
  readonly features: string;
  readonly barcodes: string;
}

/** Finds the three files of a 10x folder; undefined when one is missing. A prefix as GEO adds it is allowed. */
export function mtxFiles(path: string): MtxFiles | undefined {
  const folder = statSync(path).isDirectory() ? path : dirname(path);
  const matrices = statSync(path).isDirectory()
    ? readdirSync(folder)
        .filter((name) => /(^|[-_.])matrix\.mtx(\.gz)?$/.test(name))
        .sort()
    : [basename(path)];
  const matrix = matrices[0];
  if (matrix === undefined) return undefined;
  const prefix = /^(.*?)(matrix)?\.mtx(\.gz)?$/.exec(matrix)?.[1] ?? '';
  const find = (names: readonly string[]): string | undefined =>
    [prefix, '']
      .flatMap((start) => names.flatMap((name) => [`${start}${name}`, `${start}${name}.gz`]))
      .map((name) => join(folder, name))
      .find((file) => existsSync(file));
  const features = find(['features.tsv', 'genes.tsv', 'features.txt', 'genes.txt']);
  const barcodes = find(['barcodes.tsv', 'cells.tsv', 'barcodes.txt', 'cells.txt']);
  return features && barcodes ? { matrix: join(folder, matrix), features, barcodes } : undefined;
}

/** Opens a 10x MatrixMarket folder, or the .mtx file in one. */
export async function openMtx(path: string): Promise<Dataset> {
  const files = mtxFiles(path);
  if (!files)
    throw new UserError(
      `${path}: a MatrixMarket file needs the lists of genes (features.tsv or genes.tsv) and cells (barcodes.tsv) beside it.`,
      { file: path },
    );
  const header = await mtxHeader(files.matrix);
  const cells = (await tsvColumns(files.barcodes)).map((fields) => fields[0]!);
  const features = await tsvColumns(files.features);
  const turn = orientation(files, header, features.length, cells.length);
  const warnings: Warning[] = [];
  const kept = geneExpressionOnly(
    files.features,
    features.map((fields) => fields[2]),
    warnings,
  );
  const names = kept.map((at) => features[at]![1] ?? features[at]![0]!);
  const geneIds = kept.map((at) => features[at]![0]!);
  const all = kept.length === features.length;
  const source = mtxSource(files.matrix, header, turn, all ? undefined : kept);
  const version = basename(files.features).includes('genes') ? 'v2' : 'v3';
  return {
    path,
    format: 'mtx',
    files: [files.matrix, files.features, files.barcodes],
    detail: `MatrixMarket, 10x ${version} folder${isGzip(await firstBytes(files.matrix, 2)) ? ', gzip' : ''}, ${turn ? 'genes × cells, turned' : 'cells × genes'}`,
    matrices: [
      { name: 'matrix', cells: cells.length, genes: names.length, type: header.field, layout: header.layout },
    ],
    mainMatrix: 'matrix',
    coordinates: undefined,
    obs: [],
    var: [{ name: 'gene_ids', kind: 'text', values: geneIds }],
    warnings,
    open: (name = 'matrix') =>
      name === 'matrix'
        ? Promise.resolve({ name, source, cells, genes: names, geneIds })
        : Promise.reject(noSuchMatrix(path, name, ['matrix'])),
    close: () => Promise.resolve(),
  };
}

/** Whether the file is genes × cells; refuses sizes that fit the lists neither way. */
function orientation(files: MtxFiles, header: MtxHeader, genes: number, cells: number): boolean {
  if (header.rows === genes && header.columns === cells) return true;
  if (header.rows === cells && header.columns === genes) return false;
  throw new UserError(
    `${files.matrix} is ${header.rows} × ${header.columns}, but ${basename(files.features)} lists ${genes} genes and ${basename(files.barcodes)} ${cells} cells; one of the three files is from elsewhere or truncated.`,
    { file: files.matrix },
  );
}

function mtxSource(
  path: string,
  header: MtxHeader,
  turn: boolean,
  kept: readonly number[] | undefined,
): MatrixSource {
  const [cells, genes] = turn ? [header.columns, header.rows] : [header.rows, header.columns];
  const about = { file: path, element: 'matrix', rows: cells, columns: kept?.length ?? genes };
  const position = kept && new Int32Array(genes).fill(-1);
  kept?.forEach((gene, at) => (position![gene] = at));
  return turned(about, async function* (signal) {
    for await (const piece of mtxEntries(path, header, turn, signal)) {
      if (position) yield renumber(piece, position);
      else yield piece;
    }
  });
}

/** The entries whose gene is kept, under its new number. */
function renumber(piece: Parameters<typeof keepEntry>[0], position: Int32Array): typeof piece {
  const kept = Array.from({ length: piece.length }, (_, i) => i).filter((i) => keepEntry(piece, position, i));
  return {
    length: kept.length,
    rows: Int32Array.from(kept, (i) => piece.rows[i]!),
    columns: Int32Array.from(kept, (i) => position[piece.columns[i]!]!),
    values: Float64Array.from(kept, (i) => piece.values[i]!),
  };
}

function keepEntry(
  piece: { length: number; rows: Int32Array; columns: Int32Array; values: Float64Array },
  position: Int32Array,
  at: number,
): boolean {
  return position[piece.columns[at]!]! >= 0;
}

/** The tab-separated fields of every line of a list. */
async function tsvColumns(path: string): Promise<string[][]> {
  const rows: string[][] = [];
  const decoder = new TextDecoder();
  for await (const batch of lineBatches(path)) {
    eachLine(batch, (start, end) => {
      if (end > start) rows.push(decoder.decode(batch.bytes.subarray(start, end)).split('\t'));
    });
  }
  return rows;
}
