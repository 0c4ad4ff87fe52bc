import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../../src-shared/maths/random.ts';
import type { MatrixSource, RowBlock } from '../../../../src-main/matrix/csr.ts';
import { GeneColumns, type ColumnOptions } from '../../../../src-main/service/map/gene-columns.ts';
import { temporaryFolder } from '../../project/support.ts';

type Counted = MatrixSource & { passes: number };

/** A matrix in blocks of some cells; counts how often it is read through. Explicit zeros of `kept` stay entries. */
function source(rows: readonly (readonly number[])[], height = 2, kept = false): Counted {
  const columns = rows[0]!.length;
  return {
    ...{ file: 'cells.csv', element: 'table', rows: rows.length, columns, passes: 0 },
    // eslint-disable-next-line @typescript-eslint/require-await -- the interface is of files, which are awaited
    async *blocks(): AsyncGenerator<RowBlock> {
      this.passes++;
      for (let first = 0; first < rows.length; first += height) {
        const part = rows.slice(first, first + height);
        const entries = part.map((row) =>
          row.flatMap((value, column) =>
            value === 0 && !(kept && column % 2 === 0) ? [] : [{ column, value }],
          ),
        );
        const indptr = [0];
        for (const row of entries) indptr.push(indptr.at(-1)! + row.length);
        yield {
          ...{ firstRow: first, rows: part.length, columns },
          indptr: Float64Array.from(indptr),
          indices: Int32Array.from(entries.flat(), ({ column }) => column),
          values: Float32Array.from(entries.flat(), ({ value }) => value),
        };
      }
    },
  };
}

const ROWS = [
  [1, 0, 300],
  [0, 2.5, 0],
  [255, 0, 70_000],
  [0, -1, 0],
  [7, NaN, 1],
];
const column = (gene: number, rows: readonly (readonly number[])[] = ROWS) =>
  Float32Array.from(rows, (row) => row[gene]!);

/** Every kind of gene: empty, rare (gaps of three bytes), everywhere; counts of every width, fractions, no numbers. */
function wideMatrix(): number[][] {
  const random = new Random(5, 'columns');
  const draws: (() => number)[] = [
    () => 0,
    () => (random.uniform() < 0.3 ? 1 + Math.floor(random.uniform() * 255) : 0),
    () => (random.uniform() < 0.01 ? Math.floor(random.uniform() * 65_536) : 0),
    () => (random.uniform() < 0.5 ? Math.floor(random.uniform() * 16_777_216) : 0),
    () => random.uniform(),
    () => (random.uniform() < 0.2 ? -random.uniform() : 0),
    () => (random.uniform() < 0.1 ? NaN : random.uniform() < 0.1 ? Infinity : 0),
    () => 1,
  ];
  const rows = Array.from({ length: 40_000 }, () => [...draws.map((draw) => draw()), 0]);
  for (const cell of [0, 130, 17_000, 39_999]) rows[cell]![8] = cell + 1;
  return rows;
}
const WIDE = wideMatrix();

const home = temporaryFolder();
let made = 0;
/** A place for an index in a new project folder. */
function place(identity = 'a', path = join(home, String(made++), '.cache', 'genes.index')) {
  mkdirSync(join(path, '..', '..'), { recursive: true });
  return { path, identity, mayWrite: true };
}
const silent = (): undefined => undefined;
const read = (matrix: MatrixSource, options: ColumnOptions) =>
  GeneColumns.read(matrix, silent, undefined, { small: 0, ...options });
async function expectAll(genes: GeneColumns, rows: readonly (readonly number[])[]): Promise<void> {
  for (let gene = 0; gene < rows[0]!.length; gene++)
    expect(isSame(await genes.column(gene), column(gene, rows)), `gene ${gene}`).toBe(true);
}
/** Many times quicker than toEqual. */
const isSame = (one: Float32Array, other: Float32Array): boolean =>
  Buffer.from(one.buffer).equals(Buffer.from(other.buffer));

describe('GeneColumns', () => {
  it('gives every gene exactly, whatever its values, from one pass', async () => {
    const matrix = source(ROWS);
    const told: number[] = [];
    const genes = await GeneColumns.read(matrix, (share) => told.push(share));
    for (const gene of [0, 1, 2]) expect(await genes.column(gene)).toEqual(column(gene));
    expect(matrix.passes).toBe(1);
    expect(told).toEqual([0.4, 0.8, 1]);
  });

  it('knows mean and detection, values that are no numbers left out', async () => {
    const { statistics } = await GeneColumns.read(source(ROWS), () => undefined);
    expect([...statistics.mean]).toEqual([263 / 5, 1.5 / 5, 70_301 / 5].map(Math.fround));
    expect([...statistics.detected]).toEqual([3 / 5, 1 / 5, 3 / 5].map(Math.fround));
  });

  it('keeps nothing of a matrix beyond the limit, and gives the same genes', async () => {
    const matrix = source(ROWS);
    const genes = await GeneColumns.read(matrix, () => undefined, undefined, { limit: 40 });
    for (const gene of [0, 1, 2]) expect(await genes.column(gene)).toEqual(column(gene));
    expect(matrix.passes).toBe(4);
  });

  it('stops when it is told to', async () => {
    await expect(GeneColumns.read(source(ROWS), () => undefined, { aborted: true })).rejects.toThrow(
      'Stopped',
    );
  });
});

describe('an index of the genes', () => {
  it.each([
    ['held in memory', {}],
    ['spilled to the disk', { hold: 100_000 }],
  ])('agrees with the matrix in every value, %s while it is made', async (_, limits) => {
    const kept = place();
    const matrix = source(WIDE, 1000, true);
    const first = await read(matrix, { ...limits, place: kept });
    await expectAll(first, WIDE);
    expect(matrix.passes).toBe(1);
    expect(readdirSync(join(kept.path, '..'))).toEqual(['genes.index']);
    const inMemory = await GeneColumns.read(matrix, silent);
    expect(first.statistics).toEqual(inMemory.statistics);
    expect([...first.statistics.detected.slice(0, 1), first.statistics.detected[7]]).toEqual([0, 1]);
  });

  it('is opened by the next session, which reads nothing of the matrix', async () => {
    const kept = place();
    const { statistics } = await read(source(WIDE, 1000), { place: kept });
    const untouched: Counted = {
      ...source(WIDE),
      blocks: () => {
        throw new Error('the matrix was read');
      },
    };
    const told: number[] = [];
    const again = await GeneColumns.read(untouched, (share) => told.push(share), undefined, {
      place: { ...kept, mayWrite: false },
    });
    await expectAll(again, WIDE);
    expect(again.statistics).toEqual(statistics);
    expect(told).toEqual([1]);
  });

  it('is made anew for other data, another shape, or when it is cut off or damaged in its head', async () => {
    const kept = place();
    await read(source(ROWS), { place: kept });
    const whole = readFileSync(kept.path);
    const damaged = Buffer.from(whole);
    damaged[60]! ^= 1;
    const cases: [string, Buffer, string, number[][]][] = [
      ['other data', whole, 'b', ROWS],
      ['more cells', whole, 'a', [...ROWS, [1, 2, 3]]],
      ['cut off', whole.subarray(0, whole.length - 1), 'a', ROWS],
      ['hardly begun', whole.subarray(0, 5), 'a', ROWS],
      ['empty', Buffer.alloc(0), 'a', ROWS],
      ['damaged', damaged, 'a', ROWS],
    ];
    for (const [name, bytes, identity, rows] of cases) {
      writeFileSync(kept.path, bytes);
      const matrix = source(rows);
      await expectAll(await read(matrix, { place: { ...kept, identity } }), rows);
      expect(matrix.passes, name).toBe(1);
      expect(await read(matrix, { place: { ...kept, identity } }), name).toBeDefined();
      expect(matrix.passes, name).toBe(1);
    }
  });

  it('is made anew once when a gene in it is damaged, or when it goes while it is in use', async () => {
    const kept = place();
    const matrix = source(WIDE, 1000);
    const genes = await read(matrix, { place: kept });
    const bytes = readFileSync(kept.path);
    bytes[bytes.length - 9_000]! ^= 4;
    writeFileSync(kept.path, bytes);
    const last = WIDE[0]!.length - 2;
    const columns = await Promise.all([genes.column(last), genes.column(last), genes.column(1)]);
    expect(columns).toEqual([column(last, WIDE), column(last, WIDE), column(1, WIDE)]);
    expect(matrix.passes).toBe(2);
    truncateSync(kept.path, 1000);
    await expectAll(genes, WIDE);
    expect(matrix.passes).toBe(3);
    await expectAll(await read(matrix, { place: kept }), WIDE);
    expect(matrix.passes).toBe(3);
  });

  it('is not made of a small matrix, nor where nothing may be written', async () => {
    const [small, readOnly] = [place(), { ...place(), mayWrite: false }];
    await expectAll(await GeneColumns.read(source(ROWS), silent, undefined, { place: small }), ROWS);
    await expectAll(await read(source(ROWS), { place: readOnly }), ROWS);
    for (const { path } of [small, readOnly]) expect(existsSync(join(path, '..'))).toBe(false);
  });

  it('is done without, in a sentence, where its folder cannot be made', async () => {
    const kept = place();
    writeFileSync(join(kept.path, '..'), 'in the way');
    for (const limits of [{}, { hold: 0 }, { hold: 0, limit: 100_000 }]) {
      const said: string[] = [];
      const genes = await read(source(WIDE, 1000), {
        ...limits,
        place: kept,
        say: (text) => said.push(text),
      });
      await expectAll(genes, WIDE);
      expect(said).toHaveLength(1);
      expect(said[0]).toMatch(/a part of this path is a file.* The map goes on without an index/u);
    }
  });

  it.each([
    ['held', {}],
    ['spilled', { hold: 0 }],
    ['beyond memory', { hold: 0, limit: 100_000 }],
  ])('leaves a disk that is nearly full alone and says so (%s)', async (_, limits) => {
    const kept = place();
    const said: string[] = [];
    const options = { ...limits, place: kept, spare: 2 ** 60, say: (text: string) => said.push(text) };
    await expectAll(await read(source(WIDE, 1000), options), WIDE);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^The disk of .* is nearly full\. The map goes on/u);
    expect(readdirSync(join(kept.path, '..'))).toEqual([]);
  });

  it('does not bring back a project folder that was moved away', async () => {
    const kept = place('a', join(home, 'gone', 'project', '.cache', 'genes.index'));
    await expectAll(
      await read(source(ROWS), { place: { ...kept, path: join(home, 'nowhere', '.cache', 'genes.index') } }),
      ROWS,
    );
    expect(existsSync(join(home, 'nowhere'))).toBe(false);
  });

  it('leaves nothing behind when it is stopped, at whatever point', async () => {
    for (const stopAt of [0.2, 0.89, 0.9]) {
      const kept = place();
      const controller = new AbortController();
      const progress = (share: number) => share >= stopAt && controller.abort();
      const options = { place: kept, small: 0, hold: 100_000 };
      await expect(
        GeneColumns.read(source(WIDE, 1000), progress, controller.signal, options),
      ).rejects.toThrow('Stopped');
      expect(readdirSync(join(kept.path, '..'))).toEqual([]);
    }
  });
});
