import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../../src-main/io/registry.ts';
import { assayFolder, folderHint } from '../../../src-main/io/vendor-folder.ts';
import type { Dataset } from '../../../src-main/matrix/dataset.ts';
import { rowsOf, sharedData, temporary } from './temporary.ts';
import { writeH5 } from './write-h5.ts';
import { writeParquet } from './write-parquet.ts';

const { folder, write } = temporary();

/** A 10x folder with two cells and the genes Sox9, Gad1. */
function writeMtx(name: string): void {
  write(`${name}/matrix.mtx`, '%%MatrixMarket matrix coordinate integer general\n2 2 2\n1 1 5\n2 2 7\n');
  write(`${name}/features.tsv`, 'id1\tSox9\tGene Expression\nid2\tGad1\tGene Expression\n');
  write(`${name}/barcodes.tsv`, 'aaaa-1\nbbbb-1\n');
}

const visiumHeader = 'barcode,in_tissue,array_row,array_col,pxl_row_in_fullres,pxl_col_in_fullres';
const codes = ({ warnings }: Dataset): string[] => warnings.map(({ code }) => code);

describe('vendor folders', () => {
  it('reads a Xenium folder whose matrix is MatrixMarket and whose cells are Parquet', async () => {
    writeMtx('xenium/cell_feature_matrix');
    writeParquet(join(folder, 'xenium/cells.parquet'), [
      { name: 'cell_id', type: 'string', values: ['bbbb-1', 'aaaa-1'] },
      { name: 'x_centroid', type: 'double', values: [3, 1] },
      { name: 'y_centroid', type: 'double', values: [4, 2] },
    ]);
    const dataset = await openDataset(join(folder, 'xenium'));
    expect(dataset.vendor).toBe('Xenium');
    expect([...dataset.coordinates!.values]).toEqual([1, 2, 3, 4]);
    expect(dataset.files).toHaveLength(4);
    expect(folderHint(join(folder, 'xenium'))).toBe('Xenium');
  });

  it('takes the 8 µm bins of Visium HD and says so', async () => {
    for (const size of ['002', '008', '016']) {
      writeMtx(`hd/binned_outputs/square_${size}um/filtered_feature_bc_matrix`);
      mkdirSync(join(folder, `hd/binned_outputs/square_${size}um/spatial`), { recursive: true });
      writeParquet(join(folder, `hd/binned_outputs/square_${size}um/spatial/tissue_positions.parquet`), [
        { name: 'barcode', type: 'string', values: ['aaaa-1', 'bbbb-1'] },
        { name: 'pxl_row_in_fullres', type: 'double', values: [Number(size), 20] },
        { name: 'pxl_col_in_fullres', type: 'double', values: [30, 40] },
      ]);
    }
    const path = join(folder, 'hd');
    const dataset = await openDataset(path);
    expect(dataset.vendor).toBe('Visium HD');
    expect([...dataset.coordinates!.values]).toEqual([30, 8, 40, 20]);
    expect(dataset.warnings[0]?.message).toMatch(/bins of 8 µm are used.*for bins of 2 µm or 16 µm/);
    expect(assayFolder(path)).toBe(join(path, 'binned_outputs/square_008um'));
    const coarse = await openDataset(join(path, 'binned_outputs/square_016um'));
    expect([...coarse.coordinates!.values]).toEqual([30, 16, 40, 20]);
    expect(codes(coarse)).toEqual([]);
  });

  it('sets the background of CosMx aside, and its control probes', async () => {
    write(
      'cosmx/run_exprMat_file.csv',
      'fov,cell_ID,ABL1,NegPrb1,ACE\n1,0,100,50,200\n1,1,1,9,2\n1,2,3,9,4\n2,0,100,50,200\n2,1,5,9,6\n',
    );
    write(
      'cosmx/run_metadata_file.csv',
      'fov,cell_ID,CenterX_global_px,CenterY_global_px\n2,1,50,60\n1,1,10,20\n1,2,30,40\n',
    );
    const dataset = await openDataset(join(folder, 'cosmx'));
    const matrix = await dataset.open();
    expect(matrix.cells).toEqual(['1_1', '1_2', '2_1']);
    expect(matrix.genes).toEqual(['ABL1', 'ACE']);
    expect(await rowsOf(matrix.source)).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect([...dataset.coordinates!.values]).toEqual([10, 20, 30, 40, 50, 60]);
    const told = dataset.warnings.map(({ message }) => message).join('\n');
    expect(told).toMatch(/2 rows with cell_ID 0 are set aside/);
    expect(told).toMatch(/1 features that check the assay/);
  });

  it('joins the tables of one slide where a folder holds several', async () => {
    write('merscope/b_cell_metadata.csv', 'X,center_x,center_y\nc1,7,8\n');
    write('merscope/a_cell_metadata.csv', 'X,center_x,center_y\nc1,1,2\n');
    write('merscope/b_cell_by_gene.csv', 'cell,PDK4,CD4\nc1,0,1\n');
    const one = await openDataset(join(folder, 'merscope'));
    expect([...one.coordinates!.values]).toEqual([7, 8]);
    write('merscope/a_cell_by_gene.csv', 'cell,PDK4,CD4\nc1,0,1\n');
    const first = await openDataset(join(folder, 'merscope'));
    expect([...first.coordinates!.values]).toEqual([1, 2]);
    expect(codes(first)).toContain('several-slides');
  });

  it('takes the .h5 where Space Ranger wrote the matrix in several ways', async () => {
    writeMtx('visium/raw_feature_bc_matrix');
    writeMtx('visium/filtered_feature_bc_matrix');
    write('visium/spatial/tissue_positions.csv', `${visiumHeader}\naaaa-1,1,0,0,2,1\nbbbb-1,1,0,1,4,3\n`);
    const path = join(folder, 'visium');
    expect((await openDataset(path)).files?.[0]).toBe(join(path, 'filtered_feature_bc_matrix/matrix.mtx'));
    await writeH5(join(path, 'filtered_feature_bc_matrix.h5'), {
      matrix: {
        barcodes: ['aaaa-1', 'bbbb-1'],
        data: Int32Array.of(5, 7),
        indices: Int32Array.of(0, 1),
        indptr: Int32Array.of(0, 1, 2),
        shape: Int32Array.of(2, 2),
        features: { id: ['id1', 'id2'], name: ['Sox9', 'Gad1'] },
      },
    });
    const dataset = await openDataset(path);
    expect(dataset.files?.[0]).toBe(join(path, 'filtered_feature_bc_matrix.h5'));
    expect(dataset).toMatchObject({ vendor: 'Visium', warnings: [] });
    expect([...dataset.coordinates!.values]).toEqual([1, 2, 3, 4]);
    await dataset.close();
  });

  it('opens a folder without its table of positions, and says what is missing', async () => {
    writeMtx('bare/cell_feature_matrix');
    const dataset = await openDataset(join(folder, 'bare'));
    expect(dataset.coordinates).toBeUndefined();
    expect(dataset.warnings[0]?.message).toMatch(
      /there is no cells\.csv\.gz, where Xenium keeps the positions/,
    );
  });

  it('takes no other folder for a vendor’s', () => {
    write('notes/readme.txt', 'x');
    expect(folderHint(join(folder, 'notes'))).toBeUndefined();
    expect(folderHint(join(folder, 'absent'))).toBeUndefined();
    writeMtx('plain');
    expect(folderHint(join(folder, 'plain'))).toBe('10x matrix');
  });
});

const real = join(sharedData, 'formats/folders/visium-hd-016um');
describe.skipIf(!existsSync(real))('a real Visium HD folder (needs ../shared/data)', () => {
  it('keeps the cells that its table does not know, without a position', async () => {
    const dataset = await openDataset(real);
    const { cells } = await dataset.open();
    const { values } = dataset.coordinates!;
    expect(cells).toHaveLength(2695);
    const at = cells.indexOf('AAACACCAATAACTGC-1');
    expect([...values.subarray(2 * at, 2 * at + 2)]).toEqual([22120.120672031273, 7947.202879826468]);
    expect(values[2 * cells.indexOf('AAACAAGTATCTCCCA-1')]).toBeNaN();
    expect(dataset.warnings[0]?.message).toMatch(/no position for 2053 of 2695 cells/);
    await dataset.close();
  });

  it('is read from the folder above it too', async () => {
    const bin = join(folder, 'outs/binned_outputs/square_008um');
    mkdirSync(join(bin, 'spatial'), { recursive: true });
    for (const name of ['filtered_feature_bc_matrix.h5', 'spatial/tissue_positions.parquet'])
      copyFileSync(join(real, name), join(bin, name));
    const dataset = await openDataset(join(folder, 'outs'));
    expect((await dataset.open()).genes).toHaveLength(100);
    expect(dataset.path).toBe(join(folder, 'outs'));
    await dataset.close();
  });
});
