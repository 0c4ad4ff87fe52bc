import { expect, it } from 'vitest';
import { falseDiscoveryRates } from '../../../src-main/analysis/enrichment-fdr.ts';

it('false discovery rates by hand: random sets count as often as sets have their size', () => {
  // Normalised: 0.5 and 1.5 once; 0.5, 0.5 and 2 twice; below 0, −1 once.
  const nulls = new Map([
    [5, { scores: Float64Array.of(-0.3, 0.2, 0.6), positiveMean: 0.4, negativeMean: -0.3 }],
    [10, { scores: Float64Array.of(0.1, 0.1, 0.4), positiveMean: 0.2, negativeMean: Number.NaN }],
  ]);
  const terms = [
    { size: 5, nes: 1 },
    { size: 10, nes: 1.8 },
    { size: 10, nes: 0.4 },
    { size: 5, nes: -1.2 },
    { size: 10, nes: Number.NaN },
  ];
  const rates = falseDiscoveryRates(terms.slice(0, 3), nulls);
  expect([...rates]).toEqual([expect.closeTo(3 / 8 / (2 / 3), 12), expect.closeTo(2 / 8 / (1 / 3), 12), 1]);
  // Two more sets: 2 of size 5 and 3 of size 10, so 3 · 1 of 2 · 2 + 3 · 3 random scores reach 1.8.
  const more = falseDiscoveryRates(terms, nulls);
  expect([...more].slice(1)).toEqual([expect.closeTo(3 / 13 / (1 / 3), 12), 1, 0, Number.NaN]);
});
