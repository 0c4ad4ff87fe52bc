import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import h5wasm, { type Dataset, type File, type Group } from 'h5wasm/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StoppedError, UserError } from '../../../src-shared/contract/errors.ts';
import { simulateTissue } from '../../../src-main/simulate/tissue.ts';
import { writeSimulation } from '../../../src-main/simulate/write.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spagene-simulate-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sizes = { cells: 1500, genes: 60, referenceCells: 40, seed: 3 };
const use = async <T>(path: string, look: (file: File) => T): Promise<T> => {
  await h5wasm.ready;
  const file = new h5wasm.File(path, 'r');
  try {
    return look(file);
  } finally {
    file.close();
  }
};
const value = (file: File, name: string): unknown => (file.get(name) as Dataset).value;

test('three files: the panel, the reference, the truth, as the tissue has them', async () => {
  const written = await writeSimulation(join(folder, 'new', 'out'), sizes);
  const tissue = simulateTissue(sizes);
  expect(written.options).toEqual({ ...sizes, panelGenes: 10, scenario: 'cortex', pathway: false });
  expect(written.geneSets).toBeUndefined();
  const panelNames = Array.from(tissue.genes.panel, (g) => tissue.genes.names[g]);
  await use(written.spatial, (file) => {
    expect(value(file, 'var/_index')).toEqual(panelNames);
    expect(value(file, 'obsm/spatial')).toEqual(tissue.spatial.positions);
    expect(value(file, 'obs/layer')).toEqual(Int8Array.from(tissue.spatial.region));
    const blocks = [...tissue.spatialBlocks(400)];
    expect(value(file, 'X/data')).toEqual(Float32Array.from(blocks.flatMap((block) => [...block.values])));
    expect(value(file, 'X/indices')).toEqual(Int32Array.from(blocks.flatMap((block) => [...block.indices])));
  });
  await use(written.reference, (file) => {
    expect(value(file, 'var/_index')).toEqual(tissue.genes.names);
    expect((value(file, 'obs/_index') as string[]).length).toBe(40);
    expect(value(file, 'obs/cell_type')).toEqual(Int8Array.from(tissue.reference.type));
  });
  await use(written.truth!, (file) => {
    const means = [...tissue.truthBlocks(1500)][0]!;
    expect(value(file, 'layers/expected')).toEqual(means.expected);
    expect(value(file, 'X/data')).toEqual(means.drawn.values);
    const measured = (file.get('var/measured') as Dataset).json_value as boolean[];
    expect(tissue.genes.names.filter((_, g) => measured[g])).toEqual(panelNames);
  });
});

test('the same seed gives the same values, with and without the truth', async () => {
  const first = await writeSimulation(join(folder, 'a'), sizes);
  const second = await writeSimulation(join(folder, 'b'), { ...sizes, truth: false });
  expect(second.truth).toBeUndefined();
  expect(readdirSync(join(folder, 'b')).sort()).toEqual(['reference.h5ad', 'spatial.h5ad']);
  // Not the bytes: HDF5 keeps the time at which a dataset was made.
  const all = (path: string): Promise<unknown[]> =>
    use(path, (file) =>
      file
        .paths()
        .map((name) => file.get(name))
        .filter((element) => element instanceof h5wasm.Dataset)
        .map((element) => element.value),
    );
  expect(await all(second.spatial)).toEqual(await all(first.spatial));
  expect(await all(second.reference)).toEqual(await all(first.reference));
});

test('a tumour: the truth alone tells niches, pseudotime and planted genes; gene sets lie beside', async () => {
  const tumour = { cells: 600, genes: 320, referenceCells: 150, seed: 4, scenario: 'tumour' } as const;
  const written = await writeSimulation(folder, tumour);
  const { spatial, genes, options, anatomy } = simulateTissue(tumour);
  expect(readdirSync(folder).sort()).toEqual([
    'gene_sets.gmt',
    'reference.h5ad',
    'spatial.h5ad',
    'truth.h5ad',
  ]);
  await use(written.spatial, (file) => {
    expect((file.get('obs') as Group).keys().sort()).toEqual(['__categories', '_index', 'cell_type']);
    expect(value(file, 'uns/simulation/scenario')).toBe('tumour');
    expect(value(file, 'uns/simulation/panelGenes')).toBe(options.panelGenes);
  });
  await use(written.reference, (file) => {
    expect((file.get('obs') as Group).keys().sort()).toEqual(['__categories', '_index', 'cell_type']);
  });
  await use(written.truth!, (file) => {
    expect(value(file, 'obs/niche')).toEqual(Int8Array.from(spatial.region));
    expect(value(file, 'obs/__categories/niche')).toEqual(anatomy.regions.names);
    for (const name of ['pseudotime', 'infiltration', 'lymphocyte_proportion']) {
      expect(value(file, `obs/${name}`)).toEqual(spatial.known[name]);
    }
    const planted = (file.get('var/planted') as Dataset).json_value as boolean[];
    expect([...planted.keys()].filter((g) => planted[g])).toEqual([...genes.members]);
    expect((file.get('uns/simulation/pathway') as Dataset).json_value).toBe(true);
  });
  const first = readFileSync(written.geneSets!, 'utf8').split('\n')[0]!.split('\t');
  const members = Array.from(genes.members, (g) => genes.names[g]!);
  expect(first).toEqual(['PLANTED_IMMUNE_RESPONSE', 'simulated', ...members]);
});

test('a tumour has sizes of its own where none are given', async () => {
  const given = { cells: 500, referenceCells: 100, scenario: 'tumour', truth: false } as const;
  const { options } = await writeSimulation(folder, given);
  expect(options).toMatchObject({ genes: 1500, panelGenes: 200, seed: 1, pathway: true });
});

test('a stop leaves no half-written file', async () => {
  await expect(writeSimulation(folder, sizes, { aborted: true })).rejects.toThrow(StoppedError);
  expect(readdirSync(folder)).toEqual([]);
});

test('a file where the folder should be is one clear sentence', async () => {
  writeFileSync(join(folder, 'f'), '');
  const attempt = writeSimulation(join(folder, 'f', 'out'), sizes);
  await expect(attempt).rejects.toThrow(UserError);
  await expect(attempt).rejects.toThrow('is a file, not a folder');
});
