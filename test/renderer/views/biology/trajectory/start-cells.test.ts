import { describe, expect, it } from 'vitest';
import {
  evenSpacing,
  placesOf,
  startDraft,
  startProblem,
} from '../../../../../src-renderer/views/biology/trajectory/start-cells.ts';
import { pseudotimeParameters } from '../parameters.ts';
import { aResult } from '../result.ts';

const none = { selected: 0, grouped: null };

describe('startDraft', () => {
  it('takes up labels or cells of an earlier analysis', () => {
    expect(startDraft({ labels: { column: 'a' }, names: ['x'] })).toMatchObject({
      from: 'labels',
      names: ['x'],
    });
    expect(startDraft({ cells: ['c1'] })).toMatchObject({ from: 'earlier', earlier: ['c1'] });
  });
});

describe('startProblem', () => {
  const draft = startDraft(undefined);

  it('asks for labels, then for names', () => {
    expect(startProblem(draft, none)).toMatch(/labels/u);
    expect(startProblem({ ...draft, labels: { column: 'a' } }, none)).toMatch(/Tick/u);
    expect(startProblem({ ...draft, labels: { column: 'a' }, names: ['x'] }, none)).toBeUndefined();
  });

  it('asks for a selection or a group that is there', () => {
    expect(startProblem({ ...draft, from: 'selection' }, none)).toMatch(/Draw/u);
    expect(startProblem({ ...draft, from: 'selection' }, { ...none, selected: 5 })).toBeUndefined();
    expect(startProblem({ ...draft, from: 'group' }, none)).toMatch(/group/u);
    expect(startProblem({ ...draft, from: 'group' }, { ...none, grouped: 3 })).toBeUndefined();
  });

  it('refuses more cells than an analysis takes', () => {
    expect(startProblem({ ...draft, from: 'selection' }, { ...none, selected: 100_001 })).toMatch(
      /too many/u,
    );
  });
});

describe('places of an embedding', () => {
  const result = aResult(pseudotimeParameters, {
    embeddings: [
      { name: 'umap', title: 'UMAP', columns: ['1', '2'], values: Float32Array.of(1, 2, NaN, NaN, 3, -4) },
    ],
  });

  it('have y growing downwards and keep what is missing', () => {
    expect([...placesOf(result, 'umap')!]).toEqual([1, -2, NaN, NaN, 3, 4]);
    expect(placesOf(result, 'pca')).toBeUndefined();
  });

  it('have a spacing that leaves out what is missing', () => {
    expect(evenSpacing(placesOf(result, 'umap')!)).toBeCloseTo(0.5 * Math.sqrt((2 * 6) / 2));
    expect(evenSpacing(new Float32Array(0))).toBe(1);
  });
});
