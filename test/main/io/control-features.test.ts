import { describe, expect, it } from 'vitest';
import { isControlFeature } from '../../../src-main/io/control-features.ts';
import { openDataset } from '../../../src-main/io/registry.ts';
import { rowsOf, temporary } from './temporary.ts';
import { writeH5 } from './write-h5.ts';

const { folder, write } = temporary();

describe('isControlFeature', () => {
  it.each([
    'Blank-1',
    'Blank_5',
    'BLANK_0006',
    'NegPrb10',
    'Negative3',
    'SystemControl12',
    'FalseCode7',
    'NegControlProbe_00042',
    'NegControlCodeword_0500',
    'UnassignedCodeword_0001',
    'DeprecatedCodeword_0321',
    'antisense_PROKR2',
  ])('%s is one', (name) => expect(isControlFeature(name)).toBe(true));

  it.each(['Nego1', 'NEGR1', 'Sox9', 'BLNK', 'ENSG00000141510', 'Fals1', 'Gene1', 'Neg'])(
    '%s is a gene',
    (name) => expect(isControlFeature(name)).toBe(false),
  );
});

describe('control features', () => {
  it('are left out of a table and counted', async () => {
    const dataset = await openDataset(
      write('cell_by_gene.csv', 'cell,Blank-1,Sox9,Gad1,Blank-2,Plp1\na,9,1,0,8,2\nb,7,0,3,6,0\n'),
    );
    const matrix = await dataset.open();
    expect(matrix.genes).toEqual(['Sox9', 'Gad1', 'Plp1']);
    expect(await rowsOf(matrix.source)).toEqual([
      [1, 0, 2],
      [0, 3, 0],
    ]);
    expect(dataset.matrices[0]?.genes).toBe(3);
    expect(dataset.warnings.map(({ message }) => message).join()).toMatch(
      /2 features that check the assay and are no genes are left out \(Blank-1, Blank-2\)/,
    );
  });

  it('are left out of an AnnData file together with what it knows about them', async () => {
    const path = `${folder}/controls.h5ad`;
    await writeH5(path, {
      X: { data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] },
      obs: { '@': { _index: 'id' }, id: ['a', 'b'] },
      var: { '@': { _index: 'id' }, id: ['Sox9', 'NegPrb1', 'Gad1'], length: Float64Array.of(10, 20, 30) },
    });
    const dataset = await openDataset(path);
    const matrix = await dataset.open();
    expect(dataset.genes).toEqual(['Sox9', 'Gad1']);
    expect(dataset.var).toEqual([{ name: 'length', kind: 'number', values: Float64Array.of(10, 30) }]);
    expect(await rowsOf(matrix.source)).toEqual([
      [1, 3],
      [4, 6],
    ]);
    await dataset.close();
  });
});
