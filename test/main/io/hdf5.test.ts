import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { File, ready } from 'h5wasm/node';
import { afterEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { Hdf5File } from '../../../src-main/io/hdf5.ts';
import { temporary } from './temporary.ts';
import { writeH5 } from './write-h5.ts';

const { folder } = temporary();
const open: Hdf5File[] = [];
afterEach(() => Promise.all(open.splice(0).map((file) => file.close())));

async function reopened(path: string): Promise<Hdf5File> {
  const file = await Hdf5File.open(path);
  open.push(file);
  return file;
}

describe('Hdf5File', () => {
  it('tells groups, datasets and what is absent', async () => {
    const path = join(folder, 'kinds.h5');
    await writeH5(path, {
      g: { '@': { note: 'hello', shape: Int32Array.of(2, 3) }, d: Float32Array.of(1, 2) },
    });
    const file = await reopened(path);
    expect(await file.node('/g')).toEqual({
      kind: 'group',
      keys: ['d'],
      attributes: { note: 'hello', shape: [2, 3] },
    });
    expect(await file.node('/g/d')).toMatchObject({ kind: 'dataset', shape: [2], type: { name: 'float32' } });
    expect(await file.node('/g/absent')).toBeUndefined();
    expect(await file.group('/g/d')).toBeUndefined();
    expect(await file.dataset('/g')).toBeUndefined();
  });

  it('reads every width of number, 64-bit integers as doubles, and boxes', async () => {
    const path = join(folder, 'numbers.h5');
    await ready;
    const written = new File(path, 'w');
    const big = [-(2n ** 53n), -1n, 0n, 2n ** 32n + 5n];
    written.create_dataset({ name: 'int64', data: BigInt64Array.from(big) });
    written.create_dataset({ name: 'int8', data: Int8Array.of(-128, 127) });
    written.create_dataset({ name: 'uint16', data: Uint16Array.of(65535) });
    written.create_dataset({
      name: 'box',
      data: Float64Array.from({ length: 12 }, (_, i) => i),
      shape: [3, 4],
    });
    written.close();
    const file = await reopened(path);
    expect([...(await file.numbers('/int64'))]).toEqual(big.map(Number));
    expect([...(await file.numbers('/int8'))]).toEqual([-128, 127]);
    expect([...(await file.numbers('/uint16'))]).toEqual([65535]);
    expect([...(await file.slice('/box', [1, 1], [3, 3]))]).toEqual([5, 6, 9, 10]);
    expect(await file.strings('/int8')).toEqual(['-128', '127']);
  });

  it('refuses a size that no file of this length can hold, before anything is allocated', async () => {
    const path = join(folder, 'huge.h5');
    await ready;
    const written = new File(path, 'w');
    const list = written.create_dataset({
      name: 'list',
      data: Float32Array.of(1),
      shape: [1],
      maxshape: [null],
      chunks: [1],
    });
    list.resize([2 ** 40]);
    written.close();
    const file = await reopened(path);
    await expect(file.numbers('/list')).rejects.toThrow(
      '/list says it has 1099511627776 values, more than a file of this size',
    );
  });

  it('refuses what is damaged in one sentence, and the next file is read as before', async () => {
    const path = join(folder, 'damaged.h5');
    writeFileSync(path, Buffer.concat([Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'), Buffer.alloc(4096, 7)]));
    const error: unknown = await Hdf5File.open(path).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toBe(
      `${path} cannot be read: the HDF5 file is truncated or damaged; copy or download it again.`,
    );
    const sound = join(folder, 'sound.h5');
    await writeH5(sound, { d: Float32Array.of(4) });
    expect([...(await (await reopened(sound)).numbers('/d'))]).toEqual([4]);
  });

  it.each([
    ['blosc', 32001, [2, 2, 4, 4000, 5, 1, 1]],
    ['lzf', 32000, [4, 261, 4000]],
    ['gzip', 1, [6]],
  ])('reads data packed with %s', async (name, compression, options) => {
    const path = join(folder, `${name}.h5`);
    const library = await ready;
    const plugins = fileURLToPath(new URL('./plugins', import.meta.resolve('h5wasm-plugins')));
    if (!library.get_plugin_search_paths().includes(plugins)) library.insert_plugin_search_path(plugins, 0);
    const data = Int32Array.from({ length: 5000 }, (_, i) => (i * i) % 97);
    const written = new File(path, 'w');
    written.create_dataset({ name: 'd', data, chunks: [1000], compression, compression_opts: options });
    written.close();
    const file = await reopened(path);
    expect((await file.dataset('/d'))?.filters.length).toBe(1);
    expect(await file.slice('/d', [990], [2010])).toEqual(data.slice(990, 2010));
  });

  it('reads several files side by side', async () => {
    const files = await Promise.all(
      [1, 2, 3].map(async (value) => {
        const path = join(folder, `side${value}.h5`);
        await writeH5(path, { d: Float32Array.of(value) });
        return reopened(path);
      }),
    );
    expect(await Promise.all(files.map(async (file) => (await file.numbers('/d'))[0]))).toEqual([1, 2, 3]);
  });
});
