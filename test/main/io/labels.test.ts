import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLabels } from '../../../src-main/io/labels.ts';
import { sharedData, temporary } from './temporary.ts';

const { write } = temporary();

describe('readLabels', () => {
  it('takes the only column', async () => {
    const { column, labels } = await readLabels(write('one.csv', 'id,anything\na,glia\nb,neuron\n'));
    expect([column, [...labels]]).toEqual([
      'anything',
      [
        ['a', 'glia'],
        ['b', 'neuron'],
      ],
    ]);
  });

  it('takes the column that is called like labels among others', async () => {
    const path = write('named.tsv', 'id\tbatch\tcell_type\tdepth\na\tp\tglia\t3\nb\tq\tneuron\t4\n');
    expect((await readLabels(path)).column).toBe('cell_type');
    expect((await readLabels(path, 'batch')).labels.get('b')).toBe('q');
  });

  it('lists the columns when it is not clear, or when there is none of the name', async () => {
    const path = write('unclear.csv', 'id,batch,donor\na,p,x\nb,q,y\n');
    await expect(readLabels(path)).rejects.toThrow(
      'not clear which column holds the labels; its columns are batch, donor',
    );
    await expect(readLabels(path, 'type')).rejects.toThrow(
      'there is no column type; its columns are batch, donor',
    );
  });

  it.skipIf(!existsSync(sharedData))(
    'reads the cell types of the real references (needs ../shared/data)',
    async () => {
      const pairs = join(sharedData, 'pairs');
      const zeisel = await readLabels(join(pairs, 'reference_zeisel550/meta.csv.gz'));
      expect([zeisel.column, zeisel.labels.size]).toEqual(['class_label', 550]);
      expect(zeisel.labels.get('1772071035_H02')).toBe('Interneuron');
      expect((await readLabels(join(pairs, 'pdac/sc_meta.csv.gz'))).labels.get('Cell2')).toBe(
        'Ductal - terminal ductal like',
      );
      const osmfish = await readLabels(join(sharedData, 'formats/h5ad/osmfish-spatial.h5ad'), 'Region');
      expect(osmfish.labels.size).toBe(4839);
    },
  );
});
