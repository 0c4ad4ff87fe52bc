import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { countCells } from '../../../src-main/preprocess/density.ts';
import { variability } from '../../../src-main/preprocess/highly-variable.ts';
import { processDomain } from '../../../src-main/preprocess/pipeline.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { asDescribed, openOf, readCounts, rowsOf, shared } from './in-memory.ts';

const golden = path.join(shared, 'fixtures/preprocess.json');
const scanpy = path.resolve(import.meta.dirname, '../../reference/hvg-scanpy.json');

interface Numbers {
  shape: number[];
  data: number[];
}
interface Hvg {
  counts: Numbers;
  mean: Numbers;
  variance: Numbers;
  expected_variance: Numbers;
  clip_value: Numbers;
  normalised_variance: Numbers;
  rank: { data: number[] };
  selection_example: { n_top: number; shared: number[]; kept: number[] };
}

function relative(ours: Float64Array, { data }: Numbers): number {
  return data.reduce((most, value, i) => {
    const difference = Math.abs(ours[i]! - value);
    return Math.max(most, value === 0 ? difference : difference / Math.abs(value));
  }, 0);
}

/** Ranks from the largest value, ties by column, as the fixtures' item 8 has it. */
function ranksByColumn(values: readonly number[]): number[] {
  return values.map(
    (value, gene) =>
      values.filter((other, column) => other > value || (other === value && column < gene)).length,
  );
}

describe('the variance of standardised counts', () => {
  it('is that of the counts cut at the limit, whether some are above it or none', async () => {
    const random = new Random(4);
    const counts = Array.from({ length: 90 }, (_, cell) =>
      Array.from({ length: 60 }, (_, gene) => {
        // A few genes have one cell far above all others, which is what is cut.
        if (cell === gene && gene % 15 === 7) return 600;
        return random.uniform() < 0.4 ? 0 : random.below(3 + gene);
      }),
    );
    const { source } = openOf(counts, 20);
    const every = new Uint8Array(60).fill(1);
    // A cell with too few genes, so that not all rows take part.
    counts[80]!.fill(0);
    const cells = await countCells(source, every, new Uint8Array(60), 0.1);
    expect(cells.kept).toHaveLength(89);
    const found = await variability(source, cells.kept, Int32Array.from(every.keys()), cells.moments);
    let cut = 0;
    for (let gene = 0; gene < 60; gene++) {
      const limit = found.clipValue[gene]!;
      const squares = Array.from(cells.kept, (row) => {
        if (counts[row]![gene]! > limit) cut++;
        return (Math.min(counts[row]![gene]!, limit) - found.mean[gene]!) ** 2;
      });
      const expected = squares.reduce((sum, value) => sum + value, 0) / (88 * found.expectedVariance[gene]!);
      expect(found.normalisedVariance[gene]! / expected).toBeCloseTo(1, 10);
    }
    expect(cut).toBeGreaterThan(0);
    expect(cut).toBeLessThan(9);
  });
});

describe.skipIf(!existsSync(golden))(
  'seurat_v3 against the golden numbers (needs ../shared/fixtures)',
  () => {
    const read = (): Hvg => (JSON.parse(readFileSync(golden, 'utf8')) as { hvg: Hvg }).hvg;

    it('moments, trend, clip values, normalised variances and ranks', async () => {
      const hvg = read();
      const { source } = openOf(rowsOf(hvg.counts), 33);
      const every = new Uint8Array(300).fill(1);
      const cells = await countCells(source, every, new Uint8Array(300), 0);
      expect(cells.kept).toHaveLength(400);
      const columns = Int32Array.from(every.keys());
      const ours = await variability(source, cells.kept, columns, cells.moments);
      expect(relative(ours.mean, hvg.mean)).toBeLessThan(1e-10);
      expect(relative(ours.variance, hvg.variance)).toBeLessThan(1e-10);
      expect(relative(ours.expectedVariance, hvg.expected_variance)).toBeLessThan(1e-7);
      expect(relative(ours.clipValue, hvg.clip_value)).toBeLessThan(1e-7);
      expect(relative(ours.normalisedVariance, hvg.normalised_variance)).toBeLessThan(1e-7);
      expect([...ours.rank]).toEqual(ranksByColumn(hvg.normalised_variance.data));
      // The golden ranks themselves leave ties to the last bit of NumPy's sums, so they are compared elsewhere.
      const tied = (gene: number): boolean =>
        hvg.normalised_variance.data.filter((v) => v === hvg.normalised_variance.data[gene]).length > 1;
      const unique = columns.filter((gene) => !tied(gene));
      expect(unique.length).toBeGreaterThan(270);
      for (const gene of unique) expect(ours.rank[gene]).toBe(hvg.rank.data[gene]);
    });

    it('the pipeline keeps the union of the top and the shared genes', async () => {
      const hvg = read();
      const { n_top, shared: sharedColumns, kept } = hvg.selection_example;
      const settings = { ...asDescribed, geneDensity: 0, cellDensity: 0, hvgCount: n_top };
      const open = openOf(rowsOf(hvg.counts), 50);
      const domain = await processDomain(open, { ...settings, domain: 'reference', sharedColumns });
      expect([...domain.genes.columns]).toEqual(kept);
      const flagged = domain.genes.columns.filter((_, i) => domain.highlyVariable[i] === 1);
      expect([...flagged]).toEqual(kept.filter((column) => hvg.rank.data[column]! < n_top));
      expect(domain.report.genes).toMatchObject({ afterDensity: 300, ranked: 300, kept: kept.length });
    });
  },
);

interface Picks {
  top: number;
  matrices: Record<string, { file: string; all: number[]; filtered: number[]; filtered_shape: number[] }>;
}
const { matrices } = JSON.parse(readFileSync(scanpy, 'utf8')) as Picks;

describe.skipIf(!existsSync(path.join(shared, 'data/pairs')))(
  'seurat_v3 against Scanpy (needs ../shared/data)',
  () => {
    it.each(Object.keys(matrices))('picks at least 99 in 100 of its genes: %s', async (name) => {
      const { file, all, filtered, filtered_shape } = matrices[name]!;
      const open = readCounts(file);
      const options = { ...asDescribed, domain: 'reference', sharedColumns: [] } as const;
      const inCommon = (columns: Int32Array, theirs: number[]): number => {
        const picked = new Set(theirs);
        return columns.filter((column) => picked.has(column)).length;
      };
      const filter = await processDomain(open, options);
      expect([filter.report.cells.kept, filter.report.genes.afterDensity]).toEqual(filtered_shape);
      expect(filter.genes.columns).toHaveLength(2000);
      const common = { filtered: inCommon(filter.genes.columns, filtered), all: 0 };

      const whole = await processDomain(open, { ...options, geneDensity: 0, cellDensity: 0 });
      expect(whole.genes.columns).toHaveLength(2000);
      common.all = inCommon(whole.genes.columns, all);
      expect(common.filtered).toBeGreaterThanOrEqual(1980);
      expect(common.all).toBeGreaterThanOrEqual(1980);
    });
  },
);
