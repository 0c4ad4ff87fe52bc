import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encode } from 'fast-png';
import { imageSize } from '../../../src-main/io/image-size.ts';
import { sharedData, temporary } from './temporary.ts';

const { folder, write } = temporary();
const real = join(sharedData, 'formats/folders/visium-seurat/spatial/tissue_lowres_image.png');

function put(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

describe('imageSize', () => {
  it('reads width and height of a PNG', async () => {
    const image = encode({ width: 3, height: 5, data: new Uint8Array(45), channels: 3 });
    expect(await imageSize(put('a.png', image))).toEqual({ type: 'image/png', width: 3, height: 5 });
  });

  it('reads those of a JPEG behind other segments', async () => {
    const jpeg = [
      0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc4, 0, 3, 9, 0xff, 0xc2, 0, 11, 8, 1, 0x2c, 2, 0x58,
    ];
    const path = put('a.jpg', Uint8Array.from([...jpeg, 1, 1, 17, 0]));
    expect(await imageSize(path)).toEqual({ type: 'image/jpeg', width: 600, height: 300 });
  });

  it.each(['II*\u0000 a TIFF', 'text'])('refuses %j', async (text) => {
    await expect(imageSize(write('a.tif', text))).rejects.toThrow(/a\.tif is no PNG or JPEG picture/);
  });

  it.skipIf(!existsSync(real))('reads a real picture (needs ../shared/data)', async () => {
    expect(await imageSize(real)).toEqual({ type: 'image/png', width: 600, height: 599 });
  });
});
