import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packBlock, packedBytes, unpack } from '../../../src-main/matrix/packed.ts';
import type { PackedBlock } from '../../../src-main/matrix/packed.ts';
import { remembered } from '../../../src-main/preprocess/blocks.ts';
import { PackedStore } from '../../../src-main/preprocess/packed-store.ts';
import { processDomain } from '../../../src-main/preprocess/pipeline.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { temporary } from '../io/temporary.ts';
import { asDescribed, openOf, sourceOf } from './in-memory.ts';

const { folder } = temporary();

/** Counts, with a value above a byte in some rows and fractions in others. */
function rows(): number[][] {
  const random = new Random(11);
  return Array.from({ length: 60 }, (_, row) =>
    Array.from({ length: 25 }, () => {
      if (random.uniform() < 0.5) return 0;
      return row % 20 > 12 ? Math.fround(random.uniform()) : 1 + random.below(row % 5 ? 9 : 900);
    }),
  );
}

async function packedBlocks(): Promise<PackedBlock[]> {
  const blocks: PackedBlock[] = [];
  for await (const block of sourceOf(rows()).blocks()) blocks.push(packBlock(block));
  return blocks;
}

describe('PackedStore', () => {
  it('gives the same blocks from memory, from the disk and from both', async () => {
    const blocks = await packedBlocks();
    const whole = blocks.reduce((sum, block) => sum + packedBytes(block), 0);
    for (const limit of [whole, whole / 2, 0]) {
      const store = new PackedStore(limit, folder);
      for (const block of blocks) store.add(block);
      expect(store.bytesInMemory).toBeLessThanOrEqual(limit);
      expect(store.blocksOnDisk === 0).toBe(limit === whole);
      for (let pass = 0; pass < 2; pass++)
        expect([...store.blocks()].map((block) => unpack(block))).toEqual(
          blocks.map((block) => unpack(block)),
        );
      store.clear();
      expect([...store.blocks()]).toEqual([]);
    }
  });

  it.skipIf(process.platform === 'win32')('leaves no file behind, not even while it is used', async () => {
    const store = new PackedStore(0, folder);
    for (const block of await packedBlocks()) store.add(block);
    expect(store.blocksOnDisk).toBeGreaterThan(0);
    expect(readdirSync(folder)).toEqual([]);
    store.clear();
  });

  it('keeps nothing where the disk cannot be written to', async () => {
    const store = new PackedStore(0, join(folder, 'absent'));
    for (const block of await packedBlocks()) store.add(block);
    expect(store.full).toBe(true);
    expect([...store.blocks()]).toEqual([]);
  });
});

describe('processing with little memory', () => {
  it('gives what it gives with much, and reads the file once', async () => {
    const options = { ...asDescribed, domain: 'reference', sharedColumns: [], hvgCount: 10 } as const;
    const much = await processDomain(openOf(rows()), options);
    const open = openOf(rows());
    const little = await processDomain({ ...open, source: remembered(open.source, 2000) }, options);
    expect(little).toEqual(much);
    expect(open.source.passes).toBe(1);
  });
});
