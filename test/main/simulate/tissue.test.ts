import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src-shared/contract/errors.ts';
import type { Csr } from '../../../src-main/matrix/csr.ts';
import { panelMask, simulateTissue } from '../../../src-main/simulate/tissue.ts';
import { mean } from '../../../src-shared/maths/statistics.ts';
import { columnCorrelations, ridge } from './ridge.ts';

const options = { cells: 800, genes: 300, referenceCells: 600, seed: 7, panelGenes: 60 };
const tissue = simulateTissue(options);
const { genes, spatial, reference } = tissue;
const { cellTypes } = tissue.anatomy;
const layers = tissue.anatomy.regions.names;
const programs = tissue.anatomy.programs.map(({ name }) => name);

function dense(blocks: Iterable<Csr>): Float64Array[] {
  const rows: Float64Array[] = [];
  for (const block of blocks) {
    for (let r = 0; r < block.rows; r++) {
      const row = new Float64Array(block.columns);
      for (let i = block.indptr[r]!; i < block.indptr[r + 1]!; i++) row[block.indices[i]!] = block.values[i]!;
      rows.push(row);
    }
  }
  return rows;
}
const truth = [...tissue.truthBlocks(100)];
const drawn = dense(truth.map((block) => block.drawn));
const expected = truth.flatMap(({ expected: block }) =>
  Array.from({ length: block.length / 300 }, (_, r) => block.subarray(r * 300, (r + 1) * 300)),
);
const panel = dense(tissue.spatialBlocks(128));
const atlas = dense(tissue.referenceBlocks(128));

describe('reproducible', () => {
  test('the same seed gives the same tissue, whatever the block size', () => {
    const again = simulateTissue(options);
    expect(dense(again.spatialBlocks(33))).toEqual(panel);
    expect(dense(again.referenceBlocks(600))).toEqual(atlas);
    expect(again.spatial).toEqual(spatial);
    expect(again.genes).toEqual(genes);
  });

  test('another seed gives another tissue', () => {
    const other = simulateTissue({ ...options, seed: 8 });
    expect(dense(other.spatialBlocks(128))).not.toEqual(panel);
    expect(other.genes.panel).not.toEqual(genes.panel);
  });

  // Users compare results made with one version and another on the same simulated tissue.
  test('a cortex of a seed is the one it has always been', () => {
    expect([...genes.panel.subarray(0, 12)]).toEqual([3, 6, 16, 36, 55, 75, 85, 89, 91, 92, 93, 102]);
    expect([...spatial.type.subarray(0, 12)]).toEqual([4, 1, 7, 4, 0, 4, 3, 1, 4, 6, 5, 5]);
    expect([...reference.type.subarray(0, 12)]).toEqual([0, 1, 4, 7, 3, 3, 4, 5, 4, 0, 2, 6]);
    expect([...spatial.positions.subarray(0, 4)]).toEqual([72.14, 501.98, 114.14, 592.43]);
    const weighted = (rows: Float64Array[]): number =>
      rows.reduce((sum, row) => row.reduce((inner, count, g) => inner + count * (g + 1), sum), 0);
    expect([panel, atlas, drawn].map(weighted)).toEqual([1601254, 34498698, 29100071]);
  });

  test('the panel’s counts are those of the truth', () => {
    const columns = drawn.map((row) => Float64Array.from(genes.panel, (g) => row[g]!));
    expect(columns).toEqual(panel);
  });
});

describe('counts', () => {
  test('are whole, not negative, and their mean is the expected one', () => {
    expect(drawn.every((row) => row.every((value) => Number.isInteger(value) && value >= 0))).toBe(true);
    for (let g = 0; g < genes.count; g++) {
      const [counts, means] = [drawn.map((row) => row[g]!), expected.map((row) => row[g]!)];
      // Variance of a negative binomial count; dropout of 3 % adds at most 4 % of the square.
      const spread = means.map((m) => m + m * m * (1 / (3 * genes.size[g]!) + 0.04) + 1e-6);
      const error = Math.sqrt(mean(spread) / spatial.count);
      expect(Math.abs(mean(counts) - mean(means))).toBeLessThan(5 * error);
    }
  });

  test('scatter around their means as much as the negative binomial does', () => {
    let [excess, predicted] = [0, 0];
    for (let c = 0; c < spatial.count; c++) {
      for (let g = 0; g < genes.count; g++) {
        const m = expected[c]![g]!;
        excess += (drawn[c]![g]! - m) ** 2;
        const before = m / 0.97;
        predicted += 0.97 * (before + before ** 2 / (3 * genes.size[g]!)) + 0.97 * 0.03 * before ** 2;
      }
    }
    expect(excess / predicted).toBeGreaterThan(0.9);
    expect(excess / predicted).toBeLessThan(1.1);
  });

  test('the two assays capture genes differently', () => {
    const ratio = Array.from(genes.spatialEfficiency, (value, g) =>
      Math.log(value / genes.referenceEfficiency[g]!),
    );
    const spread = Math.sqrt(mean(ratio.map((value) => (value - mean(ratio)) ** 2)));
    expect(spread).toBeGreaterThan(0.45);
    expect(spread).toBeLessThan(0.75);
  });
});

describe('anatomy', () => {
  test('every type has markers: highest in its own cells, in both assays', () => {
    for (let t = 0; t < cellTypes.length; t++) {
      const markers = [...genes.marks.keys()].filter((g) => genes.marks[g] === t);
      expect(markers.length).toBeGreaterThanOrEqual(8);
      const level = (rows: Float64Array[], types: Int32Array, type: number): number =>
        mean(rows.filter((_, c) => types[c] === type).map((row) => mean(markers.map((g) => row[g]!))));
      for (const [rows, types] of [
        [drawn, spatial.type],
        [atlas, reference.type],
      ] as const) {
        const others = cellTypes.map((_, other) => (other === t ? 0 : level(rows, types, other)));
        expect(level(rows, types, t)).toBeGreaterThan(1.5 * Math.max(...others));
      }
    }
  });

  test('layers follow one another in depth and each has its own cells', () => {
    const depths = layers.map((_, layer) =>
      [...spatial.coordinate].filter((_depth, c) => spatial.region[c] === layer),
    );
    for (let layer = 1; layer < layers.length; layer++) {
      expect(Math.min(...depths[layer]!)).toBeGreaterThan(Math.max(...depths[layer - 1]!));
    }
    const dominant = layers.map((_, layer) => {
      const types = [...spatial.type].filter((_type, c) => spatial.region[c] === layer);
      const counts = cellTypes.map((_type, t) => types.filter((type) => type === t).length);
      return cellTypes[counts.indexOf(Math.max(...counts))];
    });
    expect(dominant.slice(1)).toEqual([
      'Excitatory L2/3',
      'Excitatory L4',
      'Excitatory L5',
      'Excitatory L6',
      'Oligodendrocyte',
    ]);
  });

  test('the second coordinate grows with depth, about 1.2 mm in all', () => {
    for (let c = 0; c < spatial.count; c++) {
      expect(Math.abs(spatial.positions[2 * c + 1]! - 1200 * spatial.coordinate[c]!)).toBeLessThanOrEqual(
        60.01,
      );
    }
  });

  test('gene names are unique; the panel is sorted and draws on every program', () => {
    expect(new Set(genes.names).size).toBe(300);
    expect(genes.names.filter((name) => !/^Sim\d{4}$/.test(name))).toHaveLength(cellTypes.length);
    expect(genes.panel).toHaveLength(60);
    expect([...genes.panel]).toEqual([...new Set(genes.panel)].sort((a, b) => a - b));
    expect(new Set(Array.from(genes.panel, (g) => genes.program[g])).size).toBe(programs.length);
    expect(panelMask(genes).reduce((sum, value) => sum + value, 0)).toBe(60);
  });
});

test('hidden genes can be predicted from the panel, but not trivially', () => {
  const mask = panelMask(genes);
  const hidden = [...genes.names.keys()].filter((g) => mask[g] === 0);
  const root = (rows: Float64Array[], list: Iterable<number>): number[][] =>
    rows.map((row) => Array.from(list, (g) => Math.sqrt(row[g]!)));
  const predicted = ridge(root(atlas, genes.panel), root(atlas, hidden), root(drawn, genes.panel), 50);
  const perGene = columnCorrelations(predicted, root(drawn, hidden));
  const of = (program: string): number =>
    mean(perGene.filter((_, i) => programs[genes.program[hidden[i]!]!] === program));
  expect(mean(perGene)).toBeGreaterThan(0.25);
  expect(mean(perGene)).toBeLessThan(0.6);
  expect(of('marker')).toBeGreaterThan(0.5);
  expect(of('marker')).toBeLessThan(0.9);
  expect(of('noise')).toBeLessThan(0.2);
});

test.each([
  [{ cells: 5 }, /cells to be a whole number from 10/],
  [{ genes: 1.5 }, /genes/],
  [{ panelGenes: 300 }, /panelGenes to be a whole number from 10 to 299, not 300/],
  [{ seed: -1 }, /seed/],
  [{ scenario: 'lung' as never }, /no scenario "lung"; choose one of cortex, tumour/],
  [{ pathway: false }, /Only the scenario tumour has a planted pathway/],
  [{ scenario: 'tumour' as const, cells: 499 }, /cells to be a whole number from 500/],
  [
    { scenario: 'tumour' as const, panelGenes: 273 },
    /panelGenes to be a whole number from 10 to 272, not 273/,
  ],
])('%o is refused', (change, message) => {
  expect(() => simulateTissue({ ...options, ...change })).toThrow(UserError);
  expect(() => simulateTissue({ ...options, ...change })).toThrow(message);
});
