import { describe, expect, it } from 'vitest';
import { formatSmall, genesIn } from '../../../../../src-renderer/views/biology/genes/tables.ts';

describe('genesIn', () => {
  it('reads a field whatever separates its genes, once each', () => {
    expect(genesIn('Actb;Gapdh, Vip|Sst  Actb')).toEqual(['Actb', 'Gapdh', 'Vip', 'Sst']);
    expect(genesIn('')).toEqual([]);
  });

  it('keeps names with dashes and dots whole', () => {
    expect(genesIn('HLA-DRA;AC1.2')).toEqual(['HLA-DRA', 'AC1.2']);
  });
});

describe('formatSmall', () => {
  it.each([
    [0.0412, '0.0412'],
    [0.000012, '1.2e−5'],
    [0, '0'],
    [1, '1.0000'],
  ])('writes %d as %s', (p, words) => {
    expect(formatSmall(p)).toBe(words);
  });
});
