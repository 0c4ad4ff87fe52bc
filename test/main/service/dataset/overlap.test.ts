import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharedData } from '../../io/temporary.ts';
import { answering, tableOf, temporary, twelveGenes } from './support.ts';

const { folder, write } = temporary();

describe('dataset:overlap', () => {
  const upper = twelveGenes.map((name) => name.toUpperCase());
  const spatial = { path: write('spatial.csv', tableOf([...twelveGenes, 'OnlyHere'], 4)) };
  const reference = { path: write('reference.csv', tableOf(['Elsewhere', ...upper], 4)) };

  it('lists what matched, however it is written, and what did not', async () => {
    const { call } = answering(folder);
    const found = await call('dataset:overlap', { spatial, reference, ticket: 't' });
    const sorted = [...upper].sort();
    expect(found.shared.map(([, theirs]) => theirs)).toEqual(sorted);
    expect(found.shared.map(([ours]) => ours.toUpperCase())).toEqual(sorted);
    expect(found.onlySpatial).toEqual(['OnlyHere']);
    expect(found).toMatchObject({ referenceGenes: 13, problem: null });
    expect(found.warnings[0]).toMatchObject({ code: 'differently-written' });
  });

  it('says in one sentence why too few genes are a problem', async () => {
    const other = { path: write('other.csv', tableOf(['CD3D', 'CD4', ...twelveGenes.slice(0, 9)], 4)) };
    const { call } = answering(folder);
    const found = await call('dataset:overlap', { spatial, reference: other, ticket: 't' });
    expect(found.problem).toMatch(/^Only 9 of the 13 genes .* at least 10 are needed/);
    expect(found.onlySpatial).toHaveLength(13);
  });

  it('takes what is in the project where nothing is chosen', async () => {
    const { call } = answering(folder);
    await call('project:create', { folder: join(folder, 'project'), name: 'P' });
    await expect(call('dataset:overlap', { spatial: null, reference, ticket: 't' })).rejects.toThrow(
      /has no spatial dataset yet; import one first/,
    );
    await call('dataset:import', { role: 'spatial', choice: spatial, storage: 'linked', ticket: 'i' });
    const found = await call('dataset:overlap', { spatial: null, reference, ticket: 't' });
    expect(found.shared).toHaveLength(12);
  });

  it('holds 50,000 names', async () => {
    const names = Array.from({ length: 50_000 }, (_, i) => `Gene${i}`);
    const large = { path: write('large.csv', tableOf(names, 2)) };
    const { call } = answering(folder);
    const found = await call('dataset:overlap', { spatial: large, reference: large, ticket: 't' });
    expect(found.shared).toHaveLength(50_000);
  });
});

interface Pair {
  readonly name: string;
  readonly spatial_counts: string;
  readonly reference_counts: string;
  readonly shared_genes: number;
}
const list = join(sharedData, 'pairs/pairs.json');
describe.skipIf(!existsSync(list))('real pairs (needs ../shared/data)', () => {
  const pairs = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Pair[]) : [];
  it.each(pairs)('$name share $shared_genes genes', async (pair) => {
    const { call } = answering(sharedData);
    const [spatial, reference] = [pair.spatial_counts, pair.reference_counts].map((path) => ({
      path: join(sharedData, path),
    }));
    const found = await call('dataset:overlap', { spatial: spatial!, reference: reference!, ticket: 't' });
    expect(found.shared).toHaveLength(pair.shared_genes);
  });
});
