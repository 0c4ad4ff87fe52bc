import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src-shared/contract/errors.ts';
import { sharedData } from '../../io/temporary.ts';
import { answering, tableOf, temporary, twelveGenes } from './support.ts';

interface Expected {
  readonly cells_by_genes?: readonly [number, number];
  readonly vendor?: string;
  readonly in_tissue?: number;
  readonly [firstPosition: `first_xy_${string}`]: readonly [number, number] | undefined;
}

const { folder, write } = temporary();
const codes = (warnings: readonly { readonly code: string }[]): string[] => warnings.map(({ code }) => code);

async function preview(path: string, changes: object = {}, role: 'spatial' | 'reference' = 'spatial') {
  return answering(folder, sharedData).call('dataset:preview', {
    role,
    choice: { path, ...changes },
    ticket: 't',
  });
}

const expectedFile = join(sharedData, 'formats/expected.json');
describe.skipIf(!existsSync(expectedFile))('previews of real files (needs ../shared/data)', () => {
  const all = existsSync(expectedFile)
    ? (JSON.parse(readFileSync(expectedFile, 'utf8')) as Record<string, Expected>)
    : {};
  const single = Object.entries(all).filter(([, { cells_by_genes: size }]) => size !== undefined);

  it.each(single)('%s has its cells and genes', async (name, { cells_by_genes: size, vendor }) => {
    const found = await preview(join(sharedData, 'formats', name));
    expect([found.cells, found.genes]).toEqual(size);
    expect(found.matrices[0]).toMatchObject({ name: found.matrix, cells: size![0], genes: size![1] });
    if (vendor !== undefined) expect(`${vendor} `).toContain(`${found.format} `);
    expect(found.countsPerCell.counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(size![0]);
    expect(found.detectionPerGene.counts.reduce((sum, count) => sum + count, 0)).toBe(size![1]);
  });

  const placed = Object.entries(all).flatMap(([name, value]) => {
    const key = Object.keys(value).find((one) => one.startsWith('first_xy_')) as `first_xy_` | undefined;
    return key === undefined ? [] : [[name, key, value[key]!] as const];
  });
  it.each(placed)('%s has its first cell at %s', async (name, key, xy) => {
    const { positions } = await preview(join(sharedData, 'formats', name));
    expect(positions?.unit).toBe(key.endsWith('um') ? 'micrometre' : 'pixel');
    expect([...positions!.xy.subarray(0, 2)]).toEqual(xy.map(Math.fround));
  });

  it('has a position for every spot of Visium, and its pictures', async () => {
    const found = await preview(join(sharedData, 'formats/folders/visium-seurat'));
    expect(found.positions?.xy).toHaveLength(2 * all['folders/visium-seurat']!.in_tissue!);
    expect(found.images.map(({ path }) => path.split('/').at(-1))).toEqual([
      'tissue_hires_image.png',
      'tissue_lowres_image.png',
    ]);
  });

  it('shows each of several genomes', async () => {
    const found = await preview(join(sharedData, 'formats/10x-h5/v2-two-genomes.h5'), {
      matrix: 'hg19_chr21',
    });
    expect(found.matrices.map(({ name }) => name)).toEqual(['hg19_chr21', 'another_genome']);
    expect([found.cells, found.genes]).toEqual([12, 343]);
  });

  it('refuses a file without any matrix', async () => {
    const path = join(sharedData, 'formats/h5ad/anndata-0.11.4-no-X.h5ad');
    await expect(preview(path)).rejects.toThrow(/no-X\.h5ad has no main matrix: it has no expression matrix/);
  });

  it('tells log values apart and points to the counts beside them', async () => {
    const path = join(sharedData, 'formats/h5ad/zellkonverter-dense-float.h5ad');
    const { warnings } = await preview(path, {}, 'reference');
    expect(warnings.find(({ code }) => code === 'log-values')?.message).toMatch(
      /choose layers\/counts if it/,
    );
    const counts = await preview(path, { matrix: 'layers/counts' }, 'reference');
    expect(codes(counts.warnings)).not.toContain('log-values');
    expect(counts.values).toBe('counts');
  });

  it('offers the tables beside a file', async () => {
    const pair = join(sharedData, 'pairs/merfish_moffitt');
    const spatial = await preview(join(pair, 'st_counts.csv.gz'));
    expect(spatial.tables).toEqual([join(pair, 'st_coords.csv.gz')]);
    expect(spatial.warnings.at(-1)?.message).toMatch(/choose st_coords\.csv\.gz beside it/);
    const reference = await preview(join(pair, 'sc_counts.csv.gz'), {}, 'reference');
    expect(reference.tables).toEqual([join(pair, 'sc_meta.csv.gz')]);
  });
});

describe('dataset:preview', () => {
  it('gives medians, sparsity and histograms of the values', async () => {
    const path = write('small.csv', 'cell,Sox9,Gad1,Plp1\na,1,0,0\nb,0,5,2\nc,300,1,1\nd,0,0,0\n');
    const found = await preview(path);
    expect(found).toMatchObject({ cells: 4, genes: 3, sparsity: 0.5, values: 'counts' });
    // Counts per cell 1, 7, 302, 0; genes per cell 1, 2, 3, 0.
    expect(found.medianCounts).toBe(4);
    expect(found.medianGenes).toBe(1.5);
    expect(found.genesPerCell).toEqual({ edges: [0, 1, 2, 3, 4], counts: [1, 1, 1, 1] });
    expect(found.countsPerCell.edges[0]).toBe(0);
    expect(found.countsPerCell.edges.at(-1)).toBe(302);
    expect(found.countsPerCell.counts.reduce((sum, count) => sum + count)).toBe(4);
    // Genes are seen in 2, 2 and 2 of 4 cells.
    expect(found.detectionPerGene.counts[20]).toBe(3);
    expect(codes(found.warnings)).toEqual(['few-genes', 'few-cells', 'cells-without-counts', 'no-positions']);
  });

  it('reports how far it is, and stops when it is told to', async () => {
    const path = write('long.csv.gz', tableOf(twelveGenes, 5000));
    const { call, events } = answering(folder);
    await call('dataset:preview', { role: 'reference', choice: { path }, ticket: 'mine' });
    const progress = events.filter(({ name }) => name === 'work:progress').map(({ payload }) => payload);
    expect(progress.at(-1)).toMatchObject({ ticket: 'mine', share: 1 });
    const stopped = call('dataset:preview', { role: 'reference', choice: { path }, ticket: 'other' });
    await call('work:cancel', { ticket: 'other' });
    await expect(stopped).rejects.toMatchObject({ kind: 'stopped' });
  });

  it('warns of cells and genes that are exchanged, of Ensembl ids and of repeated names', async () => {
    const turned = write(
      'turned.csv',
      'cell,AAACCTGAGAAACC-1,TTTCCTGAGAAACC-1\nSox9,1,2\nGad1,0,1\nPlp1,3,0\n',
    );
    expect(codes((await preview(turned)).warnings)).toContain('maybe-turned');
    const ids = Array.from({ length: 12 }, (_, i) => `ENSMUSG000000000${10 + i}`);
    expect(codes((await preview(write('ids.csv', tableOf(ids, 3)))).warnings)).toContain('ensembl-names');
    const twice = await preview(write('twice.csv', tableOf([...twelveGenes, 'SOX9'], 3)));
    expect(twice.warnings.find(({ code }) => code === 'duplicate-genes')?.message).toMatch(
      /1 gene names .*SOX9/,
    );
  });

  it('says which path is no data, and what was looked for', async () => {
    write('folder/notes.txt', 'x');
    await expect(preview(join(folder, 'folder'))).rejects.toThrow(
      /without a matrix that is read here; it holds notes/,
    );
    await expect(preview(join(folder, 'gone.csv'))).rejects.toThrow(/gone\.csv does not exist/);
    await expect(preview(write('bare.csv', 'cell,Sox9\n'))).rejects.toThrow(/has a header and no rows/);
    await expect(preview(write('u.csv', tableOf(twelveGenes, 2)), { section: 'slice' })).rejects.toThrow(
      /has no column "slice" about its cells; its columns are: none/,
    );
  });

  it('is refused for a path that was not picked, and for such a table of positions', async () => {
    const path = write('picked/counts.csv', tableOf(twelveGenes, 2));
    const coordinates = write('other/xy.csv', 'cell,x,y\ncell1,1,2\ncell2,3,4\n');
    const { call } = answering(join(folder, 'picked'));
    const ask = (choice: { path: string; coordinates?: string }) =>
      call('dataset:preview', { role: 'spatial', choice, ticket: 't' });
    await expect(ask({ path })).resolves.toMatchObject({ cells: 2 });
    await expect(ask({ path: coordinates })).rejects.toThrow(UserError);
    await expect(ask({ path, coordinates })).rejects.toThrow(UserError);
  });
});
