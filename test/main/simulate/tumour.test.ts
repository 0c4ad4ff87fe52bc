import { describe, expect, test } from 'vitest';
import type { Csr } from '../../../src-main/matrix/csr.ts';
import { simulateTissue, type Tissue } from '../../../src-main/simulate/tissue.ts';
import { pearson } from '../../../src-shared/maths/metrics.ts';
import { mean } from '../../../src-shared/maths/statistics.ts';

const options = { cells: 3000, genes: 400, referenceCells: 800, panelGenes: 80, scenario: 'tumour' } as const;

/** Indices of tumour cells in the infiltrated tumour. */
function follower({ anatomy, spatial }: Tissue): number[] {
  const [niche, type] = [
    anatomy.regions.names.indexOf('Infiltrated tumour'),
    anatomy.cellTypes.indexOf('Tumour'),
  ];
  return [...spatial.type.keys()].filter((c) => spatial.type[c] === type && spatial.region[c] === niche);
}

/** Correlation of each gene's log expected count with a number a cell, over these cells. */
function geneCorrelations(tissue: Tissue, cells: readonly number[], number: Float64Array): number[] {
  const { count } = tissue.genes;
  const [block] = [...tissue.truthBlocks(tissue.spatial.count)];
  const numbers = cells.map((c) => number[c]!);
  return Array.from({ length: count }, (_, g) =>
    pearson(
      cells.map((c) => Math.log1p(block!.expected[c * count + g]!)),
      numbers,
    ),
  );
}

const absolute = (values: readonly number[]): number[] => values.map(Math.abs);
const programOf = ({ anatomy, genes }: Tissue, g: number): string =>
  anatomy.programs[genes.program[g]!]!.name;

describe.each([1, 2])('a tumour of seed %d', (seed) => {
  const tissue = simulateTissue({ ...options, seed });
  const { anatomy, spatial, reference, genes } = tissue;
  const { lymphocyte_proportion: lymphocytes, pseudotime, infiltration } = spatial.known;
  const inside = follower(tissue);
  const correlations = geneCorrelations(tissue, inside, lymphocytes!);
  const members = new Set(genes.members);

  test('each niche has its cells', () => {
    const share = (niche: string, ...types: string[]): number => {
      const cells = [...spatial.region.keys()].filter(
        (c) => anatomy.regions.names[spatial.region[c]!] === niche,
      );
      return mean(cells.map((c) => Number(types.includes(anatomy.cellTypes[spatial.type[c]!]!))));
    };
    expect(share('Tumour core', 'Tumour')).toBeGreaterThan(0.9);
    expect(share('Infiltrated tumour', 'Macrophage', 'Dendritic cell')).toBeGreaterThan(0.22);
    expect(share('Infiltrated tumour', 'Tumour')).toBeGreaterThan(0.25);
    expect(share('Stroma', 'Fibroblast')).toBeGreaterThan(0.5);
    expect(share('Lymphoid aggregate', 'T cell', 'B cell')).toBeGreaterThan(0.75);
    expect(share('Lymphoid aggregate', 'B cell')).toBeGreaterThan(0.4);
    expect(share('Normal epithelium', 'Normal epithelium')).toBeGreaterThan(0.7);
  });

  test('lymphocytes rise from none to seven tenths of the infiltrated tumour', () => {
    const fifths = Array.from({ length: 5 }, (_, fifth) =>
      [...infiltration!.keys()].filter((c) => Math.min(4, Math.floor(5 * infiltration![c]!)) === fifth),
    );
    const [t, b] = [anatomy.cellTypes.indexOf('T cell'), anatomy.cellTypes.indexOf('B cell')];
    const shares = fifths.map((cells) =>
      mean(cells.map((c) => Number(spatial.type[c] === t || spatial.type[c] === b))),
    );
    for (let i = 1; i < 5; i++) expect(shares[i]!).toBeGreaterThan(shares[i - 1]! + 0.05);
    // In the middle of the first and the last fifth, 0.7 times 0.1 and 0.9.
    expect(Math.abs(shares[0]! - 0.07)).toBeLessThan(0.05);
    expect(Math.abs(shares[4]! - 0.63)).toBeLessThan(0.08);
  });

  test('the lymphocyte proportion is that of the twenty nearest others', () => {
    const [t, b] = [anatomy.cellTypes.indexOf('T cell'), anatomy.cellTypes.indexOf('B cell')];
    for (let c = 0; c < spatial.count; c += 300) {
      const distance = (other: number): number =>
        Math.hypot(
          ...[0, 1].map((axis) => spatial.positions[2 * c + axis]! - spatial.positions[2 * other + axis]!),
        );
      const nearest = [...spatial.type.keys()]
        .filter((other) => other !== c)
        .sort((p, q) => distance(p) - distance(q))
        .slice(0, 20);
      const found = nearest.filter((other) => [t, b].includes(spatial.type[other]!)).length;
      expect(lymphocytes![c]).toBe(found / 20);
    }
  });

  test('pseudotime is there for the tumour cells that lymphocytes reach, and follows them', () => {
    const known = [...pseudotime!.keys()].filter((c) => !Number.isNaN(pseudotime![c]!));
    expect(known).toEqual(inside);
    const values = known.map((c) => pseudotime![c]!);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
    const of = (numbers: Float64Array): number =>
      pearson(
        values,
        known.map((c) => numbers[c]!),
      );
    expect(of(infiltration!)).toBeGreaterThan(0.9);
    expect(of(lymphocytes!)).toBeGreaterThan(0.85);
    const core = anatomy.regions.names.indexOf('Tumour core');
    const before = [...spatial.region.keys()].filter((c) => spatial.region[c] === core);
    expect(mean(before.map((c) => spatial.coordinate[c]!))).toBeLessThan(0.1);
  });

  test('early genes fall, late and planted genes rise, the others do not follow', () => {
    const of = (name: string): number[] => correlations.filter((_, g) => programOf(tissue, g) === name);
    expect(Math.max(...of('early'))).toBeLessThan(-0.4);
    expect(Math.min(...of('late'))).toBeGreaterThan(0.4);
    expect(of('pathway')).toHaveLength(40);
    expect(Math.min(...of('pathway'))).toBeGreaterThan(0.4);
    // The standard error of a correlation of nothing is 1/√300 ≈ 0.06.
    for (const name of ['marker', 'state', 'housekeeping', 'noise']) {
      expect(Math.max(...absolute(of(name)))).toBeLessThan(0.25);
    }
  });

  test('the panel holds two planted genes, and early and late ones by their share', () => {
    const panel = [...genes.panel];
    expect(panel.filter((g) => members.has(g))).toHaveLength(2);
    const share = (name: string): number =>
      panel.filter((g) => programOf(tissue, g) === name).length / panel.length;
    expect([share('early'), share('late')]).toEqual([0.075, 0.075]);
  });

  test('the reference’s tumour cells are at every stage', () => {
    const type = anatomy.cellTypes.indexOf('Tumour');
    const stages = [...reference.coordinate].filter((_stage, c) => reference.type[c] === type);
    const sorted = stages.sort((a, b) => a - b);
    [0.1, 0.3, 0.5, 0.7, 0.9].forEach((q) => {
      const quantile = sorted[Math.floor(q * sorted.length)]!;
      expect(Math.abs(quantile - (0.08 + 0.84 * q))).toBeLessThan(0.1);
    });
  });

  test('in the control the set is the same, but its genes do not follow; all else is as it was', () => {
    const control = simulateTissue({ ...options, seed, pathway: false });
    expect(control.genes.members).toEqual(genes.members);
    expect(control.genes.panel).toEqual(genes.panel);
    expect(control.spatial).toEqual(spatial);
    const found = geneCorrelations(control, inside, lymphocytes!);
    const planted = found.filter((_, g) => members.has(g));
    expect(Math.max(...absolute(planted))).toBeLessThan(0.25);
    expect(found.filter((_, g) => !members.has(g))).toEqual(correlations.filter((_, g) => !members.has(g)));
  });
});

test('the same seed gives the same tumour, whatever the block size; another seed another', () => {
  const small = { ...options, cells: 600, genes: 300, referenceCells: 100, panelGenes: 40, seed: 5 };
  const values = (blocks: Iterable<Csr>): number[] => [...blocks].flatMap((block) => [...block.values]);
  const [one, two] = [simulateTissue(small), simulateTissue(small)];
  expect(values(one.spatialBlocks(100))).toEqual(values(two.spatialBlocks(77)));
  expect(values(one.referenceBlocks(100))).toEqual(values(two.referenceBlocks(9)));
  expect(one.spatial).toEqual(two.spatial);
  expect(one.genes).toEqual(two.genes);
  const other = simulateTissue({ ...small, seed: 6 });
  expect(other.spatial.region).not.toEqual(one.spatial.region);
});

test('every type has markers with the symbols that are known for it', () => {
  const { genes, anatomy } = simulateTissue({ ...options, seed: 1 });
  for (const [type, name] of [
    ['Tumour', 'EPCAM'],
    ['T cell', 'CD3D'],
    ['B cell', 'MS4A1'],
    ['Macrophage', 'CD68'],
  ]) {
    expect(anatomy.cellTypes[genes.marks[genes.names.indexOf(name!)]!]).toBe(type);
  }
  expect(new Set(genes.names).size).toBe(genes.count);
});
