import { describe, expect, test } from 'vitest';
import { writeGeneSets } from '../../../src-main/io/gmt.ts';
import { drawGeneSets } from '../../../src-main/simulate/gene-sets.ts';
import { simulateTissue } from '../../../src-main/simulate/tissue.ts';

describe.each([1, 2])('gene sets of seed %d', (seed) => {
  const { anatomy, genes } = simulateTissue({
    cells: 500,
    genes: 1500,
    referenceCells: 100,
    panelGenes: 200,
    seed,
    scenario: 'tumour',
  });
  const sets = drawGeneSets(anatomy, genes, seed);
  const indexOf = new Map(genes.names.map((name, g) => [name, g]));

  test('the planted set, markers of each type, 200 decoys; no name and no gene twice', () => {
    expect(sets.map(({ name }) => name).slice(0, 5)).toEqual([
      'PLANTED_IMMUNE_RESPONSE',
      'MARKERS_TUMOUR',
      'MARKERS_FIBROBLAST',
      'MARKERS_ENDOTHELIAL',
      'MARKERS_T_CELL',
    ]);
    expect(sets).toHaveLength(1 + 9 + 200);
    expect(new Set(sets.map(({ name }) => name)).size).toBe(sets.length);
    for (const set of sets) {
      expect(new Set(set.genes).size).toBe(set.genes.length);
      expect(set.genes.every((gene) => indexOf.has(gene))).toBe(true);
    }
    expect(sets[0]!.genes).toHaveLength(40);
  });

  test('no decoy holds more genes that follow, or more of the panel, than its share', () => {
    const panel = new Set(genes.panel);
    const follows = (g: number): boolean => genes.courseHeight[g] !== 0;
    const all = [...genes.names.keys()];
    for (const measured of [true, false]) {
      for (const following of [true, false]) {
        const belongs = (g: number): boolean => panel.has(g) === measured && follows(g) === following;
        const share = all.filter(belongs).length / genes.count;
        for (const decoy of sets.slice(10)) {
          const found = decoy.genes.filter((gene) => belongs(indexOf.get(gene)!)).length;
          // Each group is rounded up or down; the largest makes up for the other three.
          expect(Math.abs(found - share * decoy.genes.length)).toBeLessThan(share > 0.5 ? 3 : 1);
        }
      }
    }
  });

  test('decoys have 15 to 60 genes', () => {
    const counts = sets.slice(10).map((set) => set.genes.length);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(15);
    expect(Math.min(...counts)).toBeLessThan(20);
    expect(Math.max(...counts)).toBeLessThanOrEqual(60);
    expect(Math.max(...counts)).toBeGreaterThan(55);
  });

  test('the same seed gives the same sets', () => {
    expect(drawGeneSets(anatomy, genes, seed)).toEqual(sets);
    expect(drawGeneSets(anatomy, genes, seed + 10).slice(10)).not.toEqual(sets.slice(10));
  });

  test('a line of the file is the name, a description and the genes', () => {
    const [first] = sets;
    expect(writeGeneSets([first!])).toBe(`${first!.name}\tsimulated\t${first!.genes.join('\t')}\n`);
  });
});
