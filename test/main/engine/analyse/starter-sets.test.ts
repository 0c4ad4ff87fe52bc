import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { matchGeneSets } from '../../../../src-main/analysis/gene-set-matching.ts';
import { parseGeneSets } from '../../../../src-main/io/gmt.ts';
import { categoryOfTerm } from '../../../../src-main/analysis/pathway-figure.ts';
import { root } from '../../../helpers/spagene.ts';

describe('the starter sets', () => {
  const folder = join(root, 'assets', 'gene-sets');
  const text = readFileSync(join(folder, 'spagene-starter-sets.gmt'), 'utf8');
  const sets = parseGeneSets(text);

  it('are named by two categories and described', () => {
    expect(new Set(sets.map(({ name }) => categoryOfTerm(name)))).toEqual(new Set(['CELLS', 'PROCESS']));
    expect(sets.filter(({ description }) => description === '')).toEqual([]);
  });

  it('have as many sets and genes as the README says, each gene once, in capitals', () => {
    const sizes = sets.map(({ genes }) => genes.length);
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    expect(readme).toContain(`${sets.length} small gene sets`);
    expect(readme).toContain(`${Math.min(...sizes)} to ${Math.max(...sizes)} genes each`);
    for (const { name, genes } of sets) {
      expect(
        genes.filter((gene) => !/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)?$/u.test(gene)),
        name,
      ).toEqual([]);
    }
    const fields = text
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t').length - 2);
    expect(fields).toEqual(sizes);
  });

  it('are found in mouse data, with a warning', () => {
    const mouse = [...new Set(sets.flatMap(({ genes }) => genes))].map(
      (gene) => gene[0]! + gene.slice(1).toLowerCase(),
    );
    const { warnings, unknown, sets: found } = matchGeneSets(sets, mouse);
    expect(found).toHaveLength(sets.length);
    expect(unknown).toBe(0);
    expect(warnings).toHaveLength(1);
  });
});
