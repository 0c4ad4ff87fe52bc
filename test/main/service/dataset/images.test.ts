import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { hiddenImagesOf, imageFilesOf, imagesOf } from '../../../../src-main/service/dataset/images.ts';
import { sharedData } from '../../io/temporary.ts';
import { temporary } from './support.ts';

const { folder, write } = temporary();

function writeImage(name: string, width: number, height: number): string {
  const path = write(name, '');
  writeFileSync(path, encode({ width, height, data: new Uint8Array(width * height), channels: 1 }));
  return path;
}

describe('imagesOf', () => {
  it('ties a picture to the positions by its scale factor', async () => {
    const path = writeImage('run/spatial/tissue_hires_image.png', 8, 6);
    const factors = write('run/spatial/scalefactors_json.json', '{"tissue_hires_scalef": 0.25}');
    const run = { path: join(folder, 'run') };
    expect(await imagesOf(run)).toEqual([
      {
        id: 'hires',
        name: 'Tissue, high resolution',
        path,
        type: 'image/png',
        width: 8,
        height: 6,
        toUnits: [4, 0, 0, 4, 0, 0],
      },
    ]);
    expect(await imageFilesOf(run)).toEqual([factors, path]);
    // The file of counts itself, with the table of positions named.
    const table = join(folder, 'run/spatial/tissue_positions.csv');
    expect(await imagesOf({ path: join(folder, 'run/counts.h5'), coordinates: table })).toHaveLength(1);
    // Positions of another origin lie elsewhere.
    expect(await imagesOf({ ...run, coordinates: join(folder, 'xy.csv') })).toEqual([]);
  });

  it('has none without scale factors, and for a file', async () => {
    writeImage('plain/spatial/tissue_hires_image.png', 2, 2);
    expect(await imagesOf({ path: join(folder, 'plain') })).toEqual([]);
    expect(await imagesOf({ path: write('counts.csv', 'x') })).toEqual([]);
  });

  it('names a damaged picture or file of scale factors', async () => {
    write('bad/spatial/tissue_hires_image.png', 'no picture');
    const factors = write('bad/spatial/scalefactors_json.json', '{"tissue_hires_scalef": 1}');
    await expect(imagesOf({ path: join(folder, 'bad') })).rejects.toThrow(
      /tissue_hires_image\.png is no PNG/,
    );
    writeFileSync(factors, '{');
    await expect(imagesOf({ path: join(folder, 'bad') })).rejects.toThrow(
      /scalefactors_json\.json cannot be read/,
    );
  });

  it('lists pictures that cannot be shown', () => {
    write('xenium/morphology.ome.tif', 'x');
    write('xenium/morphology_focus/morphology_focus_0000.ome.tif', 'x');
    write('merscope/images/mosaic_DAPI_z3.tif', 'x');
    const names = (name: string) => hiddenImagesOf({ path: join(folder, name) }).map((image) => image.name);
    expect(names('xenium')).toEqual(['morphology.ome.tif', 'morphology_focus_0000.ome.tif']);
    expect(names('merscope')).toEqual(['mosaic_DAPI_z3.tif']);
  });
});

const real = join(sharedData, 'formats/folders');
describe.skipIf(!existsSync(real))('pictures of real folders (needs ../shared/data)', () => {
  it('cover the spots of Visium', async () => {
    const [hires, lowres] = await imagesOf({ path: join(real, 'visium-seurat') });
    expect([hires!.width, hires!.height, lowres!.width, lowres!.height]).toEqual([2000, 1998, 600, 599]);
    // Both pictures span the same stretch of full-resolution pixels, to a pixel of the coarser one.
    const span = ({ width, toUnits }: { width: number; toUnits: readonly number[] }) => width * toUnits[0]!;
    expect(Math.abs(span(hires!) - span(lowres!))).toBeLessThan(lowres!.toUnits[0]);
    // The first spot of the tissue at (8501, 7475) lies inside.
    expect(span(hires!)).toBeGreaterThan(8501);
  });

  it('are found from the folder above the bins of Visium HD', async () => {
    const bin = join(folder, 'hd/binned_outputs/square_008um/spatial');
    mkdirSync(bin, { recursive: true });
    for (const name of ['scalefactors_json.json', 'tissue_lowres_image.png'])
      copyFileSync(join(real, 'visium-hd-016um/spatial', name), join(bin, name));
    const [lowres] = await imagesOf({ path: join(folder, 'hd') });
    expect(lowres).toMatchObject({ id: 'lowres', width: 600, height: 558 });
    expect(lowres!.toUnits[0]).toBeCloseTo(1 / 0.025404353, 9);
  });
});
