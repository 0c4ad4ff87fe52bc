import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ColumnIndex } from '../../../../src-main/io/column-index.ts';
import { bundled, temporaryFolder } from '../../project/support.ts';

const home = temporaryFolder();

test('a process that is killed while it makes an index leaves nothing that is taken for one', async () => {
  // Tells how far it is, and at the named step goes no further.
  const program = await bundled(
    `import { GeneColumns } from './src-main/service/map/gene-columns.ts';
     const [path, stop] = process.argv.slice(2);
     const [rows, columns, height] = [20_000, 7, 1000];
     const source = {
       file: 'f', element: 'X', rows, columns,
       async *blocks() {
         for (let firstRow = 0; firstRow < rows; firstRow += height) {
           const indptr = Float64Array.from({ length: height + 1 }, (_, i) => i * columns);
           const indices = Int32Array.from({ length: height * columns }, (_, i) => i % columns);
           yield { firstRow, rows: height, columns, indptr, indices, values: new Float32Array(height * columns).fill(2) };
         }
       },
     };
     const tell = (share) => {
       if (share < Number(stop)) return;
       process.send(share);
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
     };
     const place = { path, identity: 'a', mayWrite: true };
     await GeneColumns.read(source, tell, undefined, { place, small: 0, hold: Number(process.argv[4]) });`,
    home,
    'maker',
  );
  const folder = join(home, '.cache');
  mkdirSync(folder);
  const path = join(folder, 'genes.index');
  const matrix = { identity: 'a', rows: 20_000, columns: 7 };
  const run = async (stop: string, hold: string): Promise<void> => {
    const child = fork(program, [path, stop, hold]);
    const ended = once(child, 'exit');
    await Promise.race([once(child, 'message'), ended]);
    child.kill('SIGKILL');
    await ended;
  };
  for (const [stop, hold] of [
    ['0.5', '50000'],
    ['0.9', '1000000'],
  ] as const) {
    await run(stop, hold);
    expect(readdirSync(folder).filter((name) => name === 'genes.index')).toEqual([]);
    expect(await ColumnIndex.open(path, matrix)).toBeUndefined();
  }
  // The next one clears up after those before it.
  await run('2', '50000');
  expect(readdirSync(folder)).toEqual(['genes.index']);
  expect((await (await ColumnIndex.open(path, matrix))!.column(6)).every((value) => value === 2)).toBe(true);
});
