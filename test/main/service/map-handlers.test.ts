import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { calls } from '../../../src-shared/contract/handlers.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';
import type { DatasetChoice } from '../../../src-shared/domain/project.ts';
import { createH5ad, type H5adContent } from '../../../src-main/io/h5ad-writer.ts';
import { mapHandlers } from '../../../src-main/service/map-handlers.ts';
import type { ColumnLimits } from '../../../src-main/service/map/spatial-data.ts';
import { geneIndexFile } from '../../../src-main/project/gene-index.ts';
import { FakeProject, FakeService } from '../../helpers/fake-service.ts';
import { readMatrix } from '../../helpers/matrix.ts';
import { runRecord } from '../../helpers/project-state.ts';
import { hasData, needsData, sharedFolder } from '../../helpers/shared-folder.ts';
import { temporaryFolder } from '../project/support.ts';
import { noProcess } from './support.ts';

/** 6 cells × 4 genes; cell c3 is lost to the filters of the run, and so is gene Rare. */
const COUNTS = [
  [1, 0, 4, 0],
  [0, 9, 0, 0],
  [4, 1, 0, 1],
  [0, 0, 0, 0],
  [16, 0, 1, 0],
  [25, 4, 9, 0],
];
const CELLS = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5'];
const KEPT = [0, 1, 2, 4, 5];
const IMPUTED = KEPT.map((cell) => [cell / 2, cell + 10, cell + 20]);
const home = temporaryFolder();
let service: FakeService;

async function writeH5ad(path: string, content: H5adContent, x: number[][], measured?: number[][]) {
  const writer = await createH5ad(path, content);
  writer.writeX(0, Float32Array.from(x.flat()));
  if (measured) writer.writeObsm('measured', 0, Float32Array.from(measured.flat()));
  await writer.finish();
}

const written = writeH5ad(
  join(home, 'spatial.h5ad'),
  {
    obsNames: CELLS,
    varNames: ['Gad1', 'Sst', 'Vip', 'Rare'],
    obs: [
      { name: 'layer', kind: 'category', categories: ['L1', 'L2'], codes: Int32Array.of(0, 1, 0, 1, -1, 1) },
      { name: 'section', kind: 'text', values: ['a', 'a', 'a', 'b', 'b', 'b'] },
      { name: 'area', kind: 'number', values: Float64Array.of(1.5, 2, 3, 4, NaN, 6) },
      { name: 'barcode', kind: 'text', values: CELLS.map((name) => `AA-${name}`) },
    ],
    obsm: {
      spatial: {
        columns: 2,
        type: 'float64',
        values: Float64Array.of(1e6, 10, 1e6 + 3, 10, 1e6 + 6, 10, 1e6, 14, 1e6 + 3, 14, 1e6 + 6, 14),
      },
    },
  },
  COUNTS,
);

async function open(
  choice: Partial<DatasetChoice> = {},
  path = join(home, 'spatial.h5ad'),
  limits: ColumnLimits = {},
) {
  await written;
  service = new FakeService(noProcess);
  const handlers = mapHandlers(service, limits);
  const project = new FakeProject(home, { spatial: '', reference: '' });
  project.state = {
    ...project.state,
    spatial: {
      role: 'spatial',
      name: 'cells',
      format: 'AnnData',
      choice: { path, ...choice },
      storage: 'linked',
      files: [],
      cells: 6,
      genes: 4,
      sparsity: 0.5,
      values: 'counts',
      unit: 'micrometre',
      preset: null,
      warnings: [],
      imported: '2026-01-01T00:00:00.000Z',
    },
    runs: [
      runRecord({ id: 'run-1', state: 'finished', result: { cells: 5, genes: 3 } }),
      runRecord({ id: 'run-2' }),
    ],
  };
  await service.open(project);
  return { handlers, project };
}

async function withRun() {
  const folder = join(home, 'runs', 'run-1');
  mkdirSync(folder, { recursive: true });
  await writeH5ad(
    join(folder, 'imputed.h5ad'),
    {
      obsNames: KEPT.map((cell) => CELLS[cell]!),
      varNames: ['GAD1', 'Pvalb', 'SST'],
      var: [{ name: 'expected_pcc', kind: 'number', values: Float64Array.of(0.62, 0.4, NaN) }],
      obsm: { measured: { columns: 3 } },
      uns: { measured_genes: ['Gad1', 'Sst', 'Vip'], spagene: { units: 'square root of counts' } },
    },
    IMPUTED,
    KEPT.map((cell) => COUNTS[cell]!.slice(0, 3).map(Math.sqrt)),
  );
  return open();
}

afterEach(() => service.close());

describe('the cells of the map', () => {
  it('come with sections, columns that sort cells, and positions that keep their precision', async () => {
    const { handlers } = await open();
    const cells = calls['map:cells'].result.parse(await handlers['map:cells']({}));
    expect(cells).toMatchObject({ cells: 6, unit: 'micrometre', images: [] });
    expect(cells.sections).toEqual([
      { name: 'a', cells: 3 },
      { name: 'b', cells: 3 },
    ]);
    expect(cells.columns).toEqual([
      { name: 'layer', kind: 'category', distinct: 2 },
      { name: 'section', kind: 'category', distinct: 2 },
      { name: 'area', kind: 'number', distinct: 6 },
      { name: 'barcode', kind: 'category', distinct: 6 },
    ]);
    const positions = calls['map:positions'].result.parse(await handlers['map:positions']({}));
    expect(positions.origin).toEqual([1e6, 10]);
    expect([...positions.xy]).toEqual([0, 0, 3, 0, 6, 0, 0, 4, 3, 4, 6, 4]);
    expect([...positions.sections!]).toEqual([0, 0, 0, 1, 1, 1]);
    expect(positions.spacing).toBe(3);
  });

  it('have columns as categories with 65,535 where there is none, or as numbers', async () => {
    const { handlers } = await open();
    expect(await handlers['map:column']({ name: 'layer' })).toEqual({
      kind: 'category',
      names: ['L1', 'L2'],
      codes: Uint16Array.of(0, 1, 0, 1, 65_535, 1),
    });
    expect(await handlers['map:column']({ name: 'area' })).toEqual({
      kind: 'number',
      values: Float32Array.of(1.5, 2, 3, 4, NaN, 6),
    });
    await expect(handlers['map:column']({ name: 'colour' })).rejects.toThrow(
      /no column "colour".*layer, section/u,
    );
  });

  it('have names, and no others', async () => {
    const { handlers } = await open();
    expect(await handlers['map:cell-names']({ cells: Uint32Array.of(5, 0) })).toEqual({
      names: ['c5', 'c0'],
    });
    await expect(handlers['map:cell-names']({ cells: Uint32Array.of(6) })).rejects.toBeInstanceOf(UserError);
  });

  it('are refused in one sentence without a dataset, without positions, or when the file is gone', async () => {
    const { handlers, project } = await open({}, join(home, 'gone.h5ad'));
    await expect(handlers['map:cells']({})).rejects.toThrow(/gone\.h5ad does not exist/u);
    project.state = { ...project.state, spatial: null };
    await expect(handlers['map:cells']({})).rejects.toThrow(
      'The project has no spatial data yet; import them first.',
    );
  });
});

describe('genes without a run', () => {
  it('are the panel, with means and detection over all cells', async () => {
    const { handlers } = await open();
    const genes = calls['map:genes'].result.parse(await handlers['map:genes']({ run: null }));
    expect(genes.names).toEqual(['Gad1', 'Sst', 'Vip', 'Rare']);
    expect([...genes.measured, ...genes.imputed]).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
    expect([...genes.mean]).toEqual([46 / 6, 14 / 6, 14 / 6, 1 / 6].map(Math.fround));
    expect([...genes.detected]).toEqual([4 / 6, 3 / 6, 3 / 6, 1 / 6].map(Math.fround));
    expect([...genes.expected]).toEqual([NaN, NaN, NaN, NaN]);
    expect(service.events.some(({ name }) => name === 'work:progress')).toBe(true);
  });

  it('give the counts of every cell; what is not there is said', async () => {
    const { handlers } = await open();
    expect(await handlers['map:gene']({ run: null, gene: 'Gad1', layer: 'measured' })).toEqual({
      values: Float32Array.of(1, 0, 4, 0, 16, 25),
      unit: 'counts',
    });
    await expect(handlers['map:gene']({ run: null, gene: 'Nope', layer: 'measured' })).rejects.toThrow(
      /no gene Nope/u,
    );
    await expect(handlers['map:gene']({ run: null, gene: 'Gad1', layer: 'imputed' })).rejects.toThrow(
      /before a run has finished/u,
    );
  });
});

describe('the index of the genes', () => {
  const path = join(home, 'indexed.h5ad');
  const gad1 = { run: null, gene: 'Gad1', layer: 'measured' } as const;

  it('serves the next session without the matrix, and is made anew when the file has changed', async () => {
    await written;
    writeFileSync(path, readFileSync(join(home, 'spatial.h5ad')));
    utimesSync(path, 1e9, 1e9);
    const first = await open({}, path, { small: 0 });
    const genes = await first.handlers['map:genes']({ run: null });
    const { values } = await first.handlers['map:gene'](gad1);
    expect([...values]).toEqual([1, 0, 4, 0, 16, 25]);
    expect(statSync(geneIndexFile(home)).size).toBeGreaterThan(0);
    await service.close();

    // Other counts of the same size at the same time, which only who reads the matrix would see.
    const bytes = readFileSync(path);
    const row = Buffer.from(Float32Array.from(COUNTS.flat()).buffer);
    const at = bytes.indexOf(row);
    expect(at).toBeGreaterThan(0);
    bytes.writeFloatLE(99, at);
    writeFileSync(path, bytes);
    utimesSync(path, 1e9, 1e9);
    const second = await open({}, path, { small: 0 });
    expect(await second.handlers['map:genes']({ run: null })).toEqual(genes);
    expect((await second.handlers['map:gene'](gad1)).values).toEqual(values);
    await service.close();

    utimesSync(path, 1e9, 1e9 + 1);
    const third = await open({}, path, { small: 0 });
    expect((await third.handlers['map:gene'](gad1)).values[0]).toBe(99);
    rmSync(join(geneIndexFile(home), '..'), { recursive: true });
    expect((await third.handlers['map:gene'](gad1)).values[0]).toBe(99);
  });

  it('is not written to a project that may only be looked at', async () => {
    const { handlers, project } = await open({}, undefined, { small: 0 });
    project.state = { ...project.state, readOnly: 'Another window holds it.' };
    rmSync(join(geneIndexFile(home), '..'), { recursive: true, force: true });
    expect((await handlers['map:gene'](gad1)).values[0]).toBe(1);
    expect(() => statSync(geneIndexFile(home))).toThrow(/ENOENT/u);
  });

  it('tells the page in a sentence when there can be none', async () => {
    const folder = join(geneIndexFile(home), '..');
    rmSync(folder, { recursive: true, force: true });
    writeFileSync(folder, 'in the way');
    const { handlers } = await open({}, undefined, { small: 0 });
    expect((await handlers['map:gene'](gad1)).values[0]).toBe(1);
    const said = service.events.map(({ payload }) => (payload as { stage?: string }).stage ?? '');
    expect(said.filter((stage) => stage.includes('goes on without an index'))).toHaveLength(1);
    rmSync(folder);
  });
});

describe('genes of a run', () => {
  it('join panel and result without regard to case, with what to expect of them', async () => {
    const { handlers } = await withRun();
    const genes = calls['map:genes'].result.parse(await handlers['map:genes']({ run: 'run-1' }));
    expect(genes.names).toEqual(['Gad1', 'Sst', 'Vip', 'Rare', 'Pvalb']);
    expect([...genes.measured]).toEqual([1, 1, 1, 1, 0]);
    expect([...genes.imputed]).toEqual([1, 1, 0, 0, 1]);
    expect([...genes.expected]).toEqual([Math.fround(0.62), NaN, NaN, NaN, Math.fround(0.4)]);
    // Measured means are of processed values over the kept cells; a gene without a measurement has its imputed mean.
    expect([...genes.mean]).toEqual([12 / 5, 6 / 5, 6 / 5, 1 / 6, 62 / 5].map(Math.fround));
  });

  it('have a value for the cells that were kept, in processed units, and none for the others', async () => {
    const { handlers } = await withRun();
    const at = (layer: 'measured' | 'imputed' | 'difference', gene = 'Gad1') =>
      handlers['map:gene']({ run: 'run-1', gene, layer });
    expect(await at('measured')).toEqual({
      values: Float32Array.of(1, 0, 2, NaN, 4, 5),
      unit: 'square root of counts',
    });
    expect((await at('imputed')).values).toEqual(Float32Array.of(0, 0.5, 1, NaN, 2, 2.5));
    expect((await at('difference')).values).toEqual(Float32Array.of(-1, 0.5, -1, NaN, -2, -2.5));
    expect((await at('imputed', 'Pvalb')).values).toEqual(Float32Array.of(10, 11, 12, NaN, 14, 15));
  });

  it('show counts of a measured gene that the filters left out, and say what cannot be compared', async () => {
    const { handlers } = await withRun();
    const at = (gene: string, layer: 'measured' | 'imputed' | 'difference') =>
      handlers['map:gene']({ run: 'run-1', gene, layer });
    expect(await at('Rare', 'measured')).toEqual({
      values: Float32Array.of(0, 0, 1, 0, 0, 0),
      unit: 'counts',
    });
    await expect(at('Pvalb', 'measured')).rejects.toThrow(/Pvalb was not measured/u);
    await expect(at('Pvalb', 'difference')).rejects.toThrow(/Pvalb was not measured/u);
    await expect(at('Vip', 'imputed')).rejects.toThrow(/did not impute Vip/u);
  });

  it('are refused for a run without a result, and for one that is not there', async () => {
    const { handlers } = await withRun();
    await expect(handlers['map:genes']({ run: 'run-2' })).rejects.toThrow(/has no result yet/u);
    await expect(handlers['map:genes']({ run: 'run-9' })).rejects.toThrow(/no run run-9/u);
  });
});

describe.skipIf(!hasData)(`real data ${needsData}`, () => {
  it('osmFISH: every gene is its column of the file', async () => {
    const pair = join(sharedFolder, 'data', 'pairs', 'osmfish_zeisel');
    const path = join(pair, 'st_counts.csv.gz');
    const { handlers } = await open({ coordinates: join(pair, 'st_coords.csv.gz') }, path);
    const { values, columns, rows, genes } = await readMatrix(path);
    for (const gene of [0, Math.floor(columns / 2), columns - 1]) {
      const shown = await handlers['map:gene']({ run: null, gene: genes[gene]!, layer: 'measured' });
      expect(shown.values).toEqual(
        Float32Array.from({ length: rows }, (_, cell) => values[cell * columns + gene]!),
      );
    }
    const { xy, spacing } = await handlers['map:positions']({});
    expect(xy).toHaveLength(2 * rows);
    expect(spacing).toBeGreaterThan(0);
  });

  it('Visium: the picture of the tissue lies under the spots', async () => {
    const { handlers } = await open({}, join(sharedFolder, 'data', 'formats', 'folders', 'visium-seurat'));
    const { images } = await handlers['map:cells']({});
    expect(images.length).toBeGreaterThan(0);
    const { xy, origin } = await handlers['map:positions']({});
    const [a, , , d, e, f] = images[0]!.toUnits;
    for (let i = 0; i < xy.length; i += 2) {
      const [x, y] = [(xy[i]! + origin[0] - e) / a, (xy[i + 1]! + origin[1] - f) / d];
      expect(x > 0 && y > 0 && x < images[0]!.width && y < images[0]!.height).toBe(true);
    }
    const { type, bytes } = await handlers['map:image']({ id: images[0]!.id });
    expect([type, bytes.length > 1000]).toEqual(['image/png', true]);
  });
});
