import { expect, it } from 'vitest';
import { unitsOf } from '../../../src-main/engine/evaluation-units.ts';
import { presetParameters, type RunConfig } from '../../../src-shared/domain/run-config.ts';

const config: RunConfig = {
  preset: 'recommended',
  seed: 1,
  genes: [],
  parameters: presetParameters('recommended'),
};
const units = (methods: string[], foldsAsked = [0]) => unitsOf({ methods, seeds: [1], foldsAsked, config });

it('keeps methods together that train the same networks, and the short ones', () => {
  const found = units(['ridge', 'spagene', 'knn', 'gimvi', 'spagene-network', 'spage']);
  expect(found.map(({ methods }) => methods)).toEqual([
    ['gimvi'],
    ['spagene', 'spagene-network'],
    ['spage', 'ridge', 'knn'],
  ]);
});

it('has every method of every fold in one unit', () => {
  const found = units(['spagene', 'ridge'], [0, 2]);
  expect(found.map(({ fold, methods }) => [fold, ...methods])).toEqual([
    [0, 'spagene'],
    [0, 'ridge'],
    [2, 'spagene'],
    [2, 'ridge'],
  ]);
});
