import { describe, expect, it } from 'vitest';
import {
  freeName,
  nameProblem,
  saveProblem,
  withNewSet,
  withoutSet,
  withSet,
  withSetAgain,
  type Draft,
} from '../../../../../src-renderer/views/biology/gene-sets/drafts.ts';
import {
  knownCount,
  knownGenes,
  recognised,
  recognisedWords,
} from '../../../../../src-renderer/views/biology/gene-sets/known-genes.ts';

const set = (name: string, ...genes: string[]) => ({ name, description: '', genes });
const draft: Draft = { name: 'Mine', sets: [set('A', 'Actb'), set('B', 'Vip')], isChanged: false, notes: [] };

describe('drafts', () => {
  it('change one set and are then not saved', () => {
    const next = withSet(draft, 1, { genes: ['Sst'] });
    expect(next.sets.map(({ genes }) => genes)).toEqual([['Actb'], ['Sst']]);
    expect(next.isChanged).toBe(true);
    expect(draft.sets[1]!.genes).toEqual(['Vip']);
  });

  it('bring a removed set back to its place', () => {
    const without = withoutSet(draft, 0);
    expect(without.sets.map(({ name }) => name)).toEqual(['B']);
    expect(withSetAgain(without, 0, draft.sets[0]!).sets.map(({ name }) => name)).toEqual(['A', 'B']);
  });

  it('give new sets names of their own', () => {
    const twice = withNewSet(withNewSet(draft));
    expect(twice.sets.map(({ name }) => name)).toEqual(['A', 'B', 'New set', 'New set 2']);
    expect(freeName(['x', 'x 2'], 'x')).toBe('x 3');
  });

  it('refuse a name that is empty, taken or cannot stand in a .gmt file', () => {
    expect(nameProblem(draft.sets, 0, ' ')).toBeDefined();
    expect(nameProblem(draft.sets, 0, 'B')).toMatch(/no other set/u);
    expect(nameProblem(draft.sets, 0, 'a\tb')).toMatch(/tabs/u);
    expect(nameProblem(draft.sets, 0, 'A')).toBeUndefined();
  });

  it('say what is missing before they can be saved', () => {
    expect(saveProblem(draft)).toMatch(/Nothing has been changed/u);
    const changed = { ...draft, isChanged: true };
    expect(saveProblem(changed)).toBeUndefined();
    expect(saveProblem({ ...changed, name: ' ' })).toMatch(/name/u);
    expect(saveProblem(withNewSet(changed))).toBe('The set New set has no genes yet.');
  });
});

describe('genes that a result knows', () => {
  const known = knownGenes(['Actb', 'Vip']);

  it('are told by exact name, by another case, and what is missing', () => {
    const about = recognised(['Actb', 'VIP', 'Foxp3'], known);
    expect(about).toEqual({ found: ['Actb'], otherCase: [{ gene: 'VIP', as: 'Vip' }], missing: ['Foxp3'] });
    expect(recognisedWords(about)).toEqual([
      '2 of 3 genes are in the result.',
      '1 of them in another case: VIP as Vip.',
      'Not in the result: Foxp3.',
    ]);
    expect(knownCount(['ACTB', 'Foxp3'], known)).toBe(1);
  });

  it('are none of an empty set', () => {
    expect(recognisedWords(recognised([], known))).toEqual(['No genes yet.']);
  });
});
