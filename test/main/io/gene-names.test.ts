import { describe, expect, it } from 'vitest';
import { geneNaming, looksLikeCell, looksLikeGene } from '../../../src-main/io/gene-names.ts';

describe('names', () => {
  it.each([
    'Gad1',
    'SOX9',
    'HLA-DRB1',
    'mt-Co1',
    '2310042E22Rik',
    'C3',
    'C1qa',
    'ENSMUSG00000051951',
    'AC012345.1',
    'XIST',
    'Gene12',
  ])('%s is a gene', (name) => {
    expect([looksLikeGene(name), looksLikeCell(name)]).toEqual([true, false]);
  });

  it.each([
    'AAACCTGAGTCA-1',
    'c778',
    '10x13',
    'Cell1',
    '15589',
    'f4e9c023-f3db-4f6d-9212-72b4dc77a3e3',
    '1772071035_H02',
    'S1_AAACCTGAGTCAGTTT-1',
  ])('%s is a cell', (name) => {
    expect([looksLikeCell(name), looksLikeGene(name)]).toEqual([true, false]);
  });

  it('tells symbols, Ensembl ids and mixtures apart', () => {
    const ids = ['ENSG00000279493', 'ENSG00000277117.3'];
    expect(geneNaming(['Gad1', 'Sox9', 'Ttr'])).toBe('symbols');
    expect(geneNaming(ids)).toBe('ensembl');
    expect(geneNaming([...ids, 'GAD1', 'SOX9'])).toBe('mixed');
    expect(geneNaming(['1', '2', '3'])).toBe('unknown');
  });
});
