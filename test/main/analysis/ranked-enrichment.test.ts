import { describe, expect, it } from 'vitest';
import { rankedEnrichment } from '../../../src-main/analysis/ranked-enrichment.ts';
import type { RankedTerm } from '../../../src-main/analysis/ranked-enrichment.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { matchedSets } from '../../helpers/matched-sets.ts';
import { pathwaysReference } from '../../helpers/pathways-reference.ts';
import { largestError } from '../../helpers/statistics-reference.ts';

describe('preranked enrichment against GSEApy with 20,000 permutations', () => {
  const wanted = pathwaysReference.enrichment;
  const sets = matchedSets(wanted.sets, wanted.scores.length);
  const compute = async (permutations: number, seed = 1): Promise<RankedTerm[]> => {
    const found = await rankedEnrichment(wanted.scores, sets, 'measured', { permutations, seed });
    return wanted.sets.map((_, i) => found.find(({ term }) => term === `s${i}`)!);
  };

  it('enrichment scores and leading edges', async () => {
    const terms = await compute(50);
    expect(
      largestError(
        terms.map(({ es }) => es),
        wanted.es,
      ),
    ).toBeLessThan(1e-6);
    for (const [i, { leadingEdge }] of terms.entries()) {
      expect([...leadingEdge].sort((a, b) => a - b)).toEqual(wanted.leading[i]);
    }
  });

  it('normalised scores, p and false discovery rates within Monte Carlo error', async () => {
    const terms = await compute(20_000);
    for (const [i, { nes, p, q }] of terms.entries()) {
      expect(Math.abs(nes / wanted.nes[i]! - 1), `nes of s${i}`).toBeLessThan(0.02);
      expect(Math.abs(p - wanted.p[i]!), `p of s${i}`).toBeLessThan(0.02);
      expect(Math.abs(q - wanted.q[i]!), `q of s${i}`).toBeLessThan(0.02);
    }
  });

  it('the leading edge starts with the strongest gene', async () => {
    for (const { es, leadingEdge } of await compute(50)) {
      const strength = Array.from(leadingEdge, (gene) => wanted.scores[gene]! * Math.sign(es));
      expect(strength).toEqual([...strength].sort((a, b) => b - a));
    }
  });

  it('the same seed gives the same result', async () => {
    const [one, same, other] = [await compute(200), await compute(200), await compute(200, 2)];
    expect(same).toEqual(one);
    expect(other.map(({ nes }) => nes)).not.toEqual(one.map(({ nes }) => nes));
  });
});

describe('preranked enrichment of random sets', () => {
  it('p is uniform, few rates are small', async () => {
    const random = new Random(4);
    const genes = 2000;
    const scores = Float64Array.from({ length: genes }, () => random.normal());
    const sets = Array.from({ length: 600 }, () => {
      return [...random.permutation(genes).slice(0, 5 + random.below(100))].sort((a, b) => a - b);
    });
    const terms = await rankedEnrichment(scores, matchedSets(sets, genes), 'measured', { permutations: 500 });
    for (const limit of [0.05, 0.25, 0.5, 0.75]) {
      expect(Math.abs(terms.filter(({ p }) => p <= limit).length / 600 - limit)).toBeLessThan(0.05);
    }
    expect(terms.filter(({ q }) => q < 0.05).length).toBeLessThan(6);
  });
});

describe('the ranking', () => {
  it('is the background; other genes play no part', async () => {
    const scores = [Number.NaN, 3, 2, 1, -1, -2, 50];
    const sets = { ...matchedSets([[1, 2]], 7), background: Int32Array.of(1, 2, 3, 4, 5) };
    const [term] = await rankedEnrichment(scores, sets, 'imputed', { permutations: 100 });
    expect(term!.es).toBeCloseTo(1, 14);
    expect([...term!.leadingEdge]).toEqual([1, 2]);
    expect(term!.basis).toBe('imputed');
    // One of the ten pairs has this score, and few have a larger one.
    expect(term!.p).toBeGreaterThan(0.05);
    await expect(rankedEnrichment(scores, matchedSets([[1]], 7), 'imputed')).rejects.toThrow(
      /score of gene 0 is NaN/u,
    );
  });

  it('is stopped', async () => {
    const sets = matchedSets([[1, 2]], 5);
    const run = rankedEnrichment([1, 2, 3, 4, 5], sets, 'imputed', {
      permutations: 1e7,
      stop: { aborted: true },
    });
    await expect(run).rejects.toMatchObject({ kind: 'stopped' });
  });

  it('no sets', async () =>
    expect(await rankedEnrichment([1, 2], matchedSets([], 2), 'imputed')).toEqual([]));
});
