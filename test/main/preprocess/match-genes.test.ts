import { describe, expect, it } from 'vitest';
import { geneKey, locateGenes, namingStyle } from '../../../src-main/preprocess/gene-names.ts';
import { matchGenes } from '../../../src-main/preprocess/match-genes.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';

const symbols = ['Vip', 'Gad1', 'Gad2', 'Sst', 'Rorb', 'Crh', 'Syt6', 'Tbr1', 'Plp1', 'Aldoc', 'Apln', 'Ttr'];
const ids = symbols.map((_, i) => `ENSMUSG000000${10_000 + i}`);
const file = (name: string, names: readonly string[], second?: readonly string[]) =>
  second === undefined ? { file: name, names } : { file: name, names, ids: second };

describe('names', () => {
  it('are compared in upper case, Ensembl ids without their version', () => {
    expect(geneKey(' Gad1')).toBe('GAD1');
    expect(geneKey('ensmusg00000070880.12')).toBe('ENSMUSG00000070880');
    expect(geneKey('ENSG00000182378.14_PAR_Y')).toBe('ENSG00000182378_PAR_Y');
    expect(geneKey('FBgn0000008.1')).toBe('FBGN0000008');
    // A clone's name ends in a number of its own.
    expect(geneKey('RP11-34P13.7')).toBe('RP11-34P13.7');
    expect(geneKey('ENSA.2')).toBe('ENSA.2');
  });

  it('are Ensembl ids if most of them are', () => {
    expect(namingStyle(ids)).toBe('Ensembl ids');
    expect(namingStyle(symbols)).toBe('symbols');
    expect(namingStyle(['ENSA', ...ids])).toBe('Ensembl ids');
    expect(namingStyle([])).toBe('symbols');
  });

  it('are found by name, or else by second name, each once', () => {
    const genes = file('a.h5ad', symbols, ids);
    const found = locateGenes(genes, ['gad2', 'GAD2', ids[0]!, 'Nope', `${ids[4]!}.3`]);
    expect([...found.columns]).toEqual([2, 0, 4]);
    expect(found.missing).toEqual(['Nope']);
  });
});

describe('genes that two files share', () => {
  it('are matched whatever the case and sorted as folds go by, in the spatial file’s spelling', () => {
    const reference = ['Xkr4', ...symbols.map((name) => name.toUpperCase()).reverse()];
    const matches = matchGenes(file('st.csv', symbols), file('sc.csv', reference));
    expect(matches.names).toEqual([...symbols].sort());
    matches.names.forEach((name, i) => {
      expect(symbols[matches.spatial[i]!]).toBe(name);
      expect(reference[matches.reference[i]!]).toBe(name.toUpperCase());
    });
    expect(matches.report).toMatchObject({ shared: 12, differentlyWritten: 12 });
    expect(matches.warnings).toEqual([]);
  });

  it('are those spelled alike where case tells genes apart, as in the fly', () => {
    const reference = ['vip', 'sst', ...symbols];
    const matches = matchGenes(file('st.csv', symbols), file('sc.csv', reference));
    const partner = (name: string) => reference[matches.reference[matches.names.indexOf(name)]!];
    expect([partner('Vip'), partner('Sst'), partner('Gad1')]).toEqual(['Vip', 'Sst', 'Gad1']);
    expect(matches.report.reference.duplicates).toBe(2);
  });

  it('go by second names where one file speaks Ensembl and the other symbols', () => {
    const versioned = ids.map((id) => `${id}.2`);
    const one = matchGenes(file('st.csv', symbols), file('sc.h5', versioned, [...symbols]));
    expect(one.report.reference).toMatchObject({ by: 'ids', style: 'symbols' });
    expect([...one.spatial]).toEqual([...one.reference]);
    const other = matchGenes(file('st.h5', symbols, ids), file('sc.csv', versioned));
    expect(other.report.spatial).toMatchObject({ by: 'ids', style: 'Ensembl ids' });
    expect(other.names).toEqual([...symbols].sort());
    const both = matchGenes(file('st.h5', symbols, ids), file('sc.h5', symbols, versioned));
    expect(both.report.spatial.by).toBe('names');
  });

  it('stay with the main names where both files use the same kind, even if second names agree on more', () => {
    const renamed = ['Pvalb', 'Htr3a', ...symbols.slice(2)];
    const matches = matchGenes(file('st.h5', symbols, ids), file('sc.h5', renamed, ids));
    expect(matches.report).toMatchObject({
      shared: 10,
      spatial: { by: 'names' },
      reference: { by: 'names' },
    });
    // Crosswise both pairings would do; the spatial file's main names go first.
    const crosswise = matchGenes(file('st.h5', symbols, ids), file('sc.h5', ids, symbols));
    expect(crosswise.report).toMatchObject({ spatial: { by: 'names' }, reference: { by: 'ids' } });
  });

  it('of equal names the first column counts, with a warning', () => {
    const doubled = ['GAD1', 'gad1', ...symbols.filter((name) => name !== 'Gad1'), 'vip', '', ''];
    const matches = matchGenes(file('st.csv', symbols), file('sc.csv', doubled));
    expect(matches.reference[matches.names.indexOf('Gad1')]).toBe(0);
    expect(matches.reference[matches.names.indexOf('Vip')]).toBe(2);
    expect(matches.warnings).toHaveLength(1);
    expect(matches.warnings[0]).toMatchObject({ code: 'duplicate-genes', place: { file: 'sc.csv' } });
    expect(matches.warnings[0]!.message).toContain(
      '2 columns repeat the name of an earlier one (for example gad1, vip)',
    );
  });

  it('fewer than ten are an error that shows how both files name them', () => {
    const match = () => matchGenes(file('st.csv', [...symbols.slice(0, 9), 'Only']), file('sc.csv', symbols));
    expect(match).toThrow(UserError);
    expect(match).toThrow(/Only 9 of the 10 genes in st\.csv .* 12 in sc\.csv .* at least 10/);
    const foreign = () => matchGenes(file('st.csv', symbols), file('sc.csv', ids));
    expect(foreign).toThrow(
      /symbols such as Vip, Gad1, Gad2.*Ensembl ids such as ENSMUSG00000010000, ENSMUSG00000010001/,
    );
  });

  it('ten are enough', () => {
    expect(matchGenes(file('a', symbols.slice(2)), file('b', symbols)).names).toHaveLength(10);
  });
});
