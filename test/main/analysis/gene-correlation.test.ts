import { describe, expect, it } from 'vitest';
import { correlateGenes } from '../../../src-main/analysis/gene-correlation.ts';
import type { CorrelationInput, GeneCorrelations } from '../../../src-main/analysis/gene-correlation.ts';
import { passOver } from '../../../src-main/matrix/dense.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { largestError } from '../../helpers/statistics-reference.ts';
import { pathwaysReference } from '../../helpers/pathways-reference.ts';
import { scattered, smoothField } from '../../helpers/smooth-field.ts';

/** Blocks of some rows each. */
function* inBlocks(values: Float32Array, genes: number, step: number) {
  const cells = values.length / genes;
  for (let first = 0; first < cells; first += step) {
    const rows = Math.min(step, cells - first);
    yield { first, rows, values: values.slice(first * genes, (first + rows) * genes) };
  }
}

function allCells(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}

describe('correlations against SciPy', () => {
  const wanted = pathwaysReference.correlations;
  const x = Float64Array.from(wanted.x);
  for (const cell of wanted.missing) x[cell] = Number.NaN;
  const input = (step: number): CorrelationInput => ({
    basis: 'measured',
    genes: wanted.genes,
    blocks: inBlocks(Float32Array.from(wanted.values), wanted.genes, step),
    values: x,
    positions: { dimensions: 2, values: scattered(x.length, new Random(1)) },
    cells: Int32Array.from(wanted.cells),
  });

  it.each([1, 7, 1000])('in blocks of %d cells', async (step) => {
    const { r, cells } = await correlateGenes(input(step), { copies: 20 });
    expect(largestError(r, wanted.r)).toBeLessThan(1e-6);
    expect(cells).toBe(wanted.cells.filter((cell) => !wanted.missing.includes(cell)).length);
  });

  it('the same seed gives the same p-values, in any blocks', async () => {
    const [one, two, other] = await Promise.all([
      correlateGenes(input(1), { copies: 99, seed: 3 }),
      correlateGenes(input(60), { copies: 99, seed: 3 }),
      correlateGenes(input(60), { copies: 99, seed: 4 }),
    ]);
    expect(two.p).toEqual(one.p);
    expect(other.p).not.toEqual(one.p);
  });
});

const sectionsAs = [
  'one section',
  'four sections of other tissue',
  'four sections of the same tissue',
] as const;

/** Correlations of smooth fields of which none is made from the number. */
async function unrelated(
  seed: number,
  genes: number,
  sectionsAre: (typeof sectionsAs)[number],
): Promise<GeneCorrelations> {
  const cells = 500;
  const random = new Random(seed, 'unrelated');
  const points = scattered(cells, random);
  const sections = Int32Array.from({ length: cells }, (_, cell) =>
    sectionsAre === 'one section' ? 0 : cell % 4,
  );
  const field = (): Float64Array => {
    const fields = sectionsAre === 'four sections of other tissue' ? 4 : 1;
    const smooth = Array.from({ length: fields }, () => smoothField(points, 0.12, random));
    return smooth[0]!.map((_, cell) => smooth[cell % fields]![cell]! + 0.3 * random.normal());
  };
  const values = new Float32Array(cells * genes);
  for (let gene = 0; gene < genes; gene++) {
    field().forEach((value, cell) => (values[cell * genes + gene] = value));
  }
  const input: CorrelationInput = {
    basis: 'measured',
    genes,
    blocks: passOver({ rows: cells, columns: genes, values }),
    values: field(),
    positions: { dimensions: 2, values: points },
    sections,
    cells: allCells(cells),
  };
  return correlateGenes(input, { copies: 199, seed });
}

describe('smooth but unrelated fields', () => {
  const share = (values: readonly number[], limit: number): number =>
    values.filter((value) => value <= limit).length / values.length;

  it.each(sectionsAs)('p is about uniform where cells taken as independent mislead: %s', async (sections) => {
    const p: number[] = [];
    const standardErrors: number[] = [];
    for (let seed = 0; seed < 50; seed++) {
      const found = await unrelated(seed, 12, sections);
      p.push(...found.p);
      standardErrors.push(...found.r.map((r) => Math.abs(r) * Math.sqrt(500)));
    }
    expect(p).toHaveLength(600);
    expect(share(p, 0.05)).toBeGreaterThan(0.02);
    expect(share(p, 0.05)).toBeLessThan(0.09);
    for (const limit of [0.25, 0.5, 0.75]) expect(Math.abs(share(p, limit) - limit)).toBeLessThan(0.1);
    expect(1 - share(standardErrors, 1.96)).toBeGreaterThan(0.25);
  });
});

describe('related genes', () => {
  const cells = 600;
  const random = new Random(8);
  const points = scattered(cells, random);
  const number = smoothField(points, 0.08, random);
  const genes = 4;
  const values = new Float32Array(cells * genes);
  number.forEach((x, cell) => {
    values.set([x + 0.5 * random.normal(), 3 - x + random.normal(), random.normal(), 7], cell * genes);
  });
  const input = (): CorrelationInput => ({
    basis: 'imputed',
    genes,
    blocks: inBlocks(values, genes, 100),
    values: number,
    positions: { dimensions: 2, values: points },
    cells: allCells(cells),
  });

  it('are found, with p below what copies alone can say', async () => {
    const { r, p, q, exact, exceeding, basis } = await correlateGenes(input());
    expect(basis).toBe('imputed');
    expect(r[0]).toBeGreaterThan(0.8);
    expect(r[1]).toBeLessThan(-0.6);
    expect([exceeding[0], exact[0]]).toEqual([0, 0]);
    expect(p[0]).toBeLessThan(1e-6);
    expect(q[1]).toBeLessThan(1e-4);
    expect(exact[2]).toBe(1);
    expect(p[2]).toBeGreaterThan(0.05);
  });

  it('a constant gene has no correlation and does not count', async () => {
    const { r, p, q } = await correlateGenes(input(), { copies: 99 });
    expect([r[3], p[3], q[3]]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(q[2]).toBeCloseTo(p[2]!, 12);
  });

  it('other cells of the matrix play no part', async () => {
    const niche = allCells(300).map((i) => 2 * i + 1);
    const spoiled = values.map((value, i) => (Math.floor(i / genes) % 2 === 0 ? 1e6 : value));
    const blanked = number.map((x, i) => (i % 2 === 0 ? -50 : x));
    const clean = await correlateGenes({ ...input(), cells: niche }, { copies: 99 });
    const found = await correlateGenes(
      { ...input(), cells: niche, blocks: inBlocks(spoiled, genes, 64), values: blanked },
      { copies: 99 },
    );
    expect(found).toEqual(clean);
  });

  it('is stopped and tells how far it is', async () => {
    const shares: number[] = [];
    await correlateGenes(input(), { copies: 9, progress: (share) => shares.push(share) });
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    await expect(correlateGenes(input(), { stop: { aborted: true } })).rejects.toMatchObject({
      kind: 'stopped',
    });
  });

  it('says what is wrong', async () => {
    const few = correlateGenes({ ...input(), cells: allCells(19) });
    await expect(few).rejects.toThrow(/Only 19 cells .* choose a larger niche/u);
    await expect(few).rejects.toBeInstanceOf(UserError);
    const constant = correlateGenes({ ...input(), values: new Float64Array(cells) });
    await expect(constant).rejects.toThrow(/is 0 in all 600 cells/u);
    const unsorted = correlateGenes({ ...input(), cells: Int32Array.of(3, 2) });
    await expect(unsorted).rejects.toThrow(RangeError);
    const short = correlateGenes({ ...input(), blocks: inBlocks(values.slice(0, 80), genes, 10) });
    await expect(short).rejects.toThrow(/ends before cell 20/u);
  });
});
