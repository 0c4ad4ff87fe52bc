import { describe, expect, it } from 'vitest';
import { alignDomains } from '../../../src-main/preprocess/align.ts';
import { matchGenes } from '../../../src-main/preprocess/match-genes.ts';
import { processDomain } from '../../../src-main/preprocess/pipeline.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { asDescribed, openOf } from './in-memory.ts';

const random = new Random(6);
const table = (cells: number, genes: number): number[][] =>
  Array.from({ length: cells }, () => Array.from({ length: genes }, () => random.below(4)));

/** Spatial g0 … g13, reference the same in reverse order and other case after three of its own. */
const spatial = openOf(table(40, 14));
const reference = {
  ...openOf(table(50, 17)),
  genes: ['x', 'y', 'z', ...[...spatial.genes].reverse().map((name) => name.toUpperCase())],
};

describe('aligning two processed files', () => {
  const matches = matchGenes(
    { file: 'st.csv', names: spatial.genes },
    { file: 'sc.csv', names: reference.genes },
  );

  it('gives each surviving gene its column in both', async () => {
    const columns = { st: matches.spatial, sc: matches.reference };
    const st = await processDomain(spatial, {
      ...asDescribed,
      domain: 'spatial',
      sharedColumns: columns.st,
      genesExcluded: [3, 5],
    });
    const sc = await processDomain(reference, {
      ...asDescribed,
      domain: 'reference',
      sharedColumns: columns.sc,
    });
    const aligned = alignDomains(st, sc, matches);
    expect(aligned.names).toEqual([
      'g0',
      'g1',
      'g10',
      'g11',
      'g12',
      'g13',
      'g2',
      'g4',
      'g6',
      'g7',
      'g8',
      'g9',
    ]);
    aligned.names.forEach((name, i) => {
      expect(st.genes.names[aligned.spatial[i]!]).toBe(name);
      expect(sc.genes.names[aligned.reference[i]!]).toBe(name.toUpperCase());
    });
  });

  it('says how many each step took when fewer than ten are left', async () => {
    const options = { ...asDescribed, domain: 'spatial', genesExcluded: [0, 1, 2, 3, 4] } as const;
    const st = await processDomain(spatial, { ...options, sharedColumns: matches.spatial });
    const sc = await processDomain(reference, {
      ...asDescribed,
      domain: 'reference',
      sharedColumns: [],
      hvgCount: 5,
    });
    expect(() => alignDomains(st, sc, matches)).toThrow(
      /Of 14 shared genes only \d survive .* at least 10 are needed: .*keeps 9 of them/,
    );
  });
});
