import { describe, expect, it } from 'vitest';
import type { ProcessingOptions } from '../../../src-main/preprocess/processed-domain.ts';
import { processDomain } from '../../../src-main/preprocess/pipeline.ts';
import { StoppedError, UserError } from '../../../src-shared/contract/errors.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { mean, standardDeviation } from '../../../src-shared/maths/statistics.ts';
import { asDescribed, openOf } from './in-memory.ts';

/** 60 cells; genes 0–39 common, 40–49 in one cell of sixty each, gene 50 never seen. */
function counts(cells = 60): number[][] {
  const random = new Random(3, 'counts');
  return Array.from({ length: cells }, (_, cell) =>
    Array.from({ length: 51 }, (_, gene) => {
      if (gene === 50) return 0;
      if (gene >= 40) return cell === gene ? 5 : 0;
      return random.uniform() < 0.6 ? 1 + random.below(4 + gene) : 0;
    }),
  );
}

const reference = (more: Partial<ProcessingOptions> = {}): ProcessingOptions => ({
  ...asDescribed,
  domain: 'reference',
  sharedColumns: [],
  ...more,
});

const sentence = async (open: ReturnType<typeof openOf>, options: ProcessingOptions): Promise<string> => {
  const error: unknown = await processDomain(open, options).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
};

describe('which genes come out', () => {
  it('drops rare genes but never shared or named ones, and reports both', async () => {
    const options = reference({ sharedColumns: [2, 41], neverFilter: [45, 50] });
    const { genes, report } = await processDomain(openOf(counts()), options);
    expect([...genes.columns]).toEqual([...Array.from({ length: 40 }, (_, i) => i), 41, 45, 50]);
    expect(genes.names.slice(-3)).toEqual(['g41', 'g45', 'g50']);
    expect(report.genes).toEqual({
      inFile: 51,
      excluded: 0,
      exempt: 4,
      afterDensity: 43,
      ranked: 0,
      kept: 43,
    });
    expect(report.shared).toMatchObject({ matched: 2, exempt: true, kept: ['g2', 'g41'], lostToDensity: [] });
    expect(report.warnings.map(({ code }) => code)).toEqual(['gene-never-seen']);
    expect(report.warnings[0]!.message).toContain('g50');
  });

  it('filters and ranks shared genes like others where they are more than a thousand', async () => {
    const wide = counts().map((row) => [...row, ...new Array<number>(1000).fill(0)]);
    wide[0]![60] = 3;
    const all = Array.from({ length: 1051 }, (_, i) => i);
    const options = reference({ sharedColumns: all, hvgCount: 30 });
    const { report, genes } = await processDomain(openOf(wide), options);
    expect(genes.columns).toHaveLength(30);
    expect(report.shared).toMatchObject({ matched: 1051, exempt: false });
    expect(report.shared.lostToDensity).toContain('g60');
    expect(report.shared.lostToDensity).toHaveLength(1011);
    expect(report.shared.lostToVariability).toHaveLength(10);

    const fewer = reference({ sharedColumns: all.slice(0, 1000), hvgCount: 30 });
    expect((await processDomain(openOf(wide), { ...fewer, cellDensity: 0 })).genes.columns).toHaveLength(
      1000,
    );
  });

  it('cuts a spatial panel only above a thousand genes', async () => {
    const cut = reference({ hvgCount: 30 });
    const spatial = { ...cut, domain: 'spatial' } as const;
    expect((await processDomain(openOf(counts()), cut)).genes.columns).toHaveLength(30);
    expect((await processDomain(openOf(counts()), spatial)).genes.columns).toHaveLength(40);
    const wide = counts().map((row) => [...row, ...new Array<number>(950).fill(0)]);
    expect((await processDomain(openOf(wide), spatial)).genes.columns).toHaveLength(30);
    const held = { ...spatial, genesExcluded: [1000] };
    expect((await processDomain(openOf(wide), held)).genes.columns).toHaveLength(40);
  });

  it('"all" keeps what passes the density filter and still tells the most variable ones', async () => {
    const options = reference({ hvgCount: 30, allGenes: true });
    const { genes, highlyVariable, report } = await processDomain(openOf(counts()), options);
    expect(genes.columns).toHaveLength(40);
    expect(highlyVariable.reduce((a, b) => a + b, 0)).toBe(30);
    expect(report.genes).toMatchObject({ ranked: 40, kept: 40 });
  });

  it('shared and named genes come on top of the most variable', async () => {
    const plain = await processDomain(openOf(counts()), reference({ hvgCount: 10 }));
    const others = Array.from({ length: 40 }, (_, i) => i).filter((c) => !plain.genes.columns.includes(c));
    const options = reference({ hvgCount: 10, sharedColumns: [others[0]!], neverFilter: [others[1]!] });
    const { genes, highlyVariable } = await processDomain(openOf(counts()), options);
    expect(new Set(genes.columns)).toEqual(new Set([...plain.genes.columns, others[0]!, others[1]!]));
    expect(highlyVariable[genes.columns.indexOf(others[0]!)]).toBe(0);
  });
});

describe('cells that are dropped', () => {
  it('influence neither the ranking nor the limits: as good as deleted from the file', async () => {
    const good = counts();
    // One gene each, so that they fall to the cell filter, with counts that would make that gene the most variable.
    const poor = Array.from({ length: 30 }, (_, i) =>
      good[0]!.map((_, gene) => (gene === i % 15 ? 9000 + i : 0)),
    );
    const mixed = good.flatMap((row, i) => (i < 30 ? [row, poor[i]!] : [row]));
    const options = reference({ geneDensity: 0.1, hvgCount: 12 });
    const ours = await processDomain(openOf(mixed), options);
    const theirs = await processDomain(openOf(good), options);
    expect(ours.values.rows).toBe(60);
    expect([...ours.genes.columns]).toEqual([...theirs.genes.columns]);
    expect([...ours.clipLimits]).toEqual([...theirs.clipLimits]);
    expect(ours.values.values).toEqual(theirs.values.values);
  });
});

describe('genes that are left out', () => {
  it('are as good as deleted from the file', async () => {
    const excluded = [0, 3, 17, 44];
    const kept = Array.from({ length: 51 }, (_, i) => i).filter((column) => !excluded.includes(column));
    const deleted = counts().map((row) => kept.map((column) => row[column]!));
    // Values that would be an error, and that would change every library size.
    const tainted = counts().map((row) => row.map((value, c) => (excluded.includes(c) ? Number.NaN : value)));
    const more = { hvgCount: 20, cellDensity: 0.5, normalisation: 'library-sqrt' } as const;
    const theirs = await processDomain(openOf(deleted), reference({ ...more, sharedColumns: [4, 42] }));
    const options = {
      ...more,
      genesExcluded: excluded,
      sharedColumns: [0, kept[4]!, kept[42]!],
      neverFilter: [3],
    };
    const ours = await processDomain(openOf(tainted), reference(options));
    expect(theirs.cells.rows.length).toBeLessThan(60);
    expect([...ours.cells.rows]).toEqual([...theirs.cells.rows]);
    expect([...ours.genes.columns]).toEqual([...theirs.genes.columns].map((column) => kept[column]!));
    expect(ours.values.values).toEqual(theirs.values.values);
    expect(ours.sizeFactors).toEqual(theirs.sizeFactors);
    expect(ours.report.genes.excluded).toBe(4);
    expect(ours.report.shared.matched).toBe(2);
  });
});

describe('values', () => {
  it('come with mean and population sd per gene, cells and genes by name', async () => {
    const domain = await processDomain(openOf(counts(), 11), reference());
    const { rows, columns, values } = domain.values;
    expect([rows, columns]).toEqual([domain.cells.names.length, domain.genes.names.length]);
    const third = Array.from({ length: rows }, (_, r) => values[r * columns + 3]!);
    expect(domain.mean[3]).toBeCloseTo(mean(third), 6);
    expect(domain.sd[3]).toBeCloseTo(standardDeviation(third), 6);
    expect(domain.cells.names[5]).toBe(`c${domain.cells.rows[5]!}`);
    expect(domain.sizeFactors).toBeUndefined();
  });

  it('without clipping and normalisation are the counts', async () => {
    const options = reference({ clipSd: null, normalisation: 'none' });
    const { values, cells, genes, clipLimits, report } = await processDomain(openOf(counts()), options);
    const table = counts();
    const expected = Array.from(cells.rows).flatMap((row) =>
      Array.from(genes.columns, (column) => table[row]![column]!),
    );
    expect([...values.values]).toEqual(expected);
    expect(clipLimits.every(Number.isNaN)).toBe(true);
    expect(report).toMatchObject({
      units: 'as in the file',
      clipping: { genesWithLimit: 0, valuesClipped: 0 },
    });
  });

  it('library size: clipped counts times median total over the total of the cell', async () => {
    const rows = [
      [4, 4, 2],
      [10, 6, 4],
      [10, 20, 10],
    ];
    const options = reference({ clipSd: null, normalisation: 'library-sqrt' });
    const { values, sizeFactors } = await processDomain(openOf(rows), options);
    expect([...sizeFactors!]).toEqual([2, 1, 0.5]);
    const expected = [8, 8, 4, 10, 6, 4, 5, 10, 5].map((value) => Math.fround(Math.sqrt(value)));
    expect([...values.values]).toEqual(expected);
    const fixed = await processDomain(openOf(rows), { ...options, libraryTarget: 1e4 });
    expect([...fixed.sizeFactors!]).toEqual([1000, 500, 250]);
  });
});

describe('what is wrong is said in one sentence', () => {
  it.each([
    [-3, 'cell c8 (row 9), gene g2 holds -3'],
    [Number.NaN, 'cell c8 (row 9), gene g2 holds NaN'],
    [Infinity, 'cell c8 (row 9), gene g2 holds Infinity'],
  ])('a value of %s, with its place', async (value, place) => {
    const rows = counts();
    rows[8]![2] = value;
    const message = await sentence(openOf(rows), reference());
    expect(message).toContain('counts.csv (matrix)');
    expect(message).toContain(place);
  });

  it('no gene is left', async () => {
    const message = await sentence(openOf(counts()), reference({ geneDensity: 0.99 }));
    expect(message).toMatch(/none of its 51 genes .* 99 % of the 60 cells \(the most frequent one in \d/);
  });

  it('no cell is left', async () => {
    const message = await sentence(openOf(counts()), reference({ cellDensity: 1 }));
    expect(message).toMatch(/0 of its 60 cells show at least 100 % of the 40 kept genes \(the best one \d/);
  });

  it('an empty matrix', async () => {
    expect(await sentence(openOf([]), reference())).toContain('is empty: 0 cells × 0 genes');
  });

  it('values that are no counts and a file that loses most cells are suspicious only', async () => {
    const rows = counts();
    rows[0]![0] = 0.5;
    const { report } = await processDomain(openOf(rows), reference({ cellDensity: 0.65 }));
    expect(report.cells.kept).toBeLessThan(30);
    expect(report.warnings.map(({ code }) => code)).toEqual(['not-counts', 'many-cells-dropped']);
    expect(report.warnings[0]!.message).toContain('1 values are not whole numbers');
  });

  it('stops when told', async () => {
    const controller = new AbortController();
    controller.abort();
    const options = reference({ signal: controller.signal });
    await expect(processDomain(openOf(counts()), options)).rejects.toThrow(StoppedError);
  });
});
