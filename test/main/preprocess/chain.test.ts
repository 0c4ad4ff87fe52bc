import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { clipLimits, clipped } from '../../../src-main/preprocess/clip.ts';
import { countCells, countGenes, keepGenes } from '../../../src-main/preprocess/density.ts';
import { extract } from '../../../src-main/preprocess/extract.ts';
import { maskOf, positionsOf } from '../../../src-main/preprocess/masks.ts';
import { processDomain } from '../../../src-main/preprocess/pipeline.ts';
import { asDescribed, openOf, rowsOf, shared } from './in-memory.ts';

const file = path.join(shared, 'fixtures/preprocess.json');

interface Numbers {
  shape: number[];
  data: number[];
}
interface Chain {
  counts: Numbers;
  shared: number[];
  gene_density: Numbers;
  genes_kept: number[];
  cell_density_over_kept_genes: Numbers;
  cells_kept: number[];
  clip_limit: { data: (number | null)[] };
  clipped: Numbers;
  sqrt: Numbers;
}

/** Largest difference, relative to 1 or to the golden number where that is larger. */
function worst(ours: ArrayLike<number>, theirs: readonly number[]): number {
  expect(ours).toHaveLength(theirs.length);
  return theirs.reduce(
    (most, value, i) => Math.max(most, Math.abs(ours[i]! - value) / Math.max(1, value)),
    0,
  );
}

/** The steps one by one over the golden counts. */
async function steps() {
  const { chain } = JSON.parse(readFileSync(file, 'utf8')) as { chain: Chain };
  const open = openOf(rowsOf(chain.counts));
  const none = new Uint8Array(80);
  const { density } = await countGenes(open, none);
  const kept = keepGenes(density, 0.05, maskOf(chain.shared, 80), none);
  const cells = await countCells(open.source, kept, none, 0.1);
  const columns = positionsOf(kept);
  const limits = clipLimits(cells.moments, columns, 2);
  const run = async (normalisation: 'sqrt' | 'none') => {
    const target = new Float64Array(cells.kept.length * columns.length);
    const plan = { rows: cells.kept, columns, limits, normalisation, sizeFactors: undefined };
    return { target, ...(await extract(open.source, plan, target)) };
  };
  return { chain, density, cells, columns, limits, run };
}

describe.skipIf(!existsSync(file))('the chain of steps in doubles (needs ../shared/fixtures)', () => {
  it('densities and kept indices; a density exactly at the threshold is kept', async () => {
    const { chain, density, cells, columns } = await steps();
    expect(worst(density, chain.gene_density.data)).toBeLessThan(1e-11);
    expect([...columns]).toEqual(chain.genes_kept);
    expect(worst(cells.density, chain.cell_density_over_kept_genes.data)).toBeLessThan(1e-11);
    expect([...cells.kept]).toEqual(chain.cells_kept);
  });

  it('clip limits; none without a positive value', async () => {
    const { chain, limits } = await steps();
    chain.clip_limit.data.forEach((limit, i) => {
      if (limit === null) expect(limits[i]).toBeNaN();
      else expect(Math.abs(limits[i]! - limit) / limit).toBeLessThan(1e-8);
    });
  });

  it('clipped and square-rooted values', async () => {
    const { chain, run } = await steps();
    expect(worst((await run('none')).target, chain.clipped.data)).toBeLessThan(1e-8);
    expect(worst((await run('sqrt')).target, chain.sqrt.data)).toBeLessThan(1e-8);
  });

  it('counts the values above their limit and gives mean and population sd', async () => {
    const { chain, run } = await steps();
    const { valuesClipped, mean, sd } = await run('sqrt');
    const counts = rowsOf(chain.counts);
    const above = chain.cells_kept.flatMap((row) =>
      chain.genes_kept.filter((column, i) => counts[row]![column]! > (chain.clip_limit.data[i] ?? Infinity)),
    );
    expect(valuesClipped).toBe(above.length);
    const rows = rowsOf(chain.sqrt);
    rows[0]!.forEach((_, gene) => {
      const profile = rows.map((row) => row[gene]!);
      const centre = profile.reduce((sum, value) => sum + value, 0) / rows.length;
      const spread = profile.reduce((sum, value) => sum + (value - centre) ** 2, 0) / rows.length;
      expect(mean[gene]).toBeCloseTo(centre, 7);
      expect(sd[gene]).toBeCloseTo(Math.sqrt(spread), 7);
    });
  });

  it('the pipeline does the same, in float32, whatever the size of the blocks', async () => {
    const { chain } = await steps();
    for (const blockRows of [1, 13, 60]) {
      const options = { ...asDescribed, domain: 'reference', sharedColumns: chain.shared } as const;
      const domain = await processDomain(openOf(rowsOf(chain.counts), blockRows), options);
      expect([...domain.genes.columns]).toEqual(chain.genes_kept);
      expect([...domain.cells.rows]).toEqual(chain.cells_kept);
      expect(domain.values.rows * domain.values.columns).toBe(domain.values.values.length);
      expect(worst(domain.values.values, chain.sqrt.data)).toBeLessThan(1e-7);
    }
  });
});

describe('clipping', () => {
  it('cuts down to the limit, and nothing where there is none', () => {
    expect(clipped(5, 3)).toBe(3);
    expect(clipped(2, 3)).toBe(2);
    expect(clipped(5, Number.NaN)).toBe(5);
  });
});
