import { describe, expect, it } from 'vitest';
import {
  choosing,
  labelOptions,
  positionOptions,
  sectionOptions,
  suggestedName,
} from '../../../../src-renderer/views/import/choice.ts';
import { labelSourceOf, labelsOf } from '../../../../src-renderer/views/import/labels.ts';
import { remedyOf, withoutPath } from '../../../../src-renderer/views/import/remedies.ts';
import type { DatasetPreview } from '../../../../src-shared/domain/preview.ts';
import { aPreview } from '../../helpers/preview.ts';

describe('the source of cell types', () => {
  it('is a column, a table, or a table and its column, on both kinds of system', () => {
    expect(labelSourceOf(undefined)).toEqual({ kind: 'none' });
    expect(labelSourceOf('cell_type')).toEqual({ kind: 'column', column: 'cell_type' });
    expect(labelSourceOf('/d/meta.csv')).toEqual({ kind: 'table', file: '/d/meta.csv', column: '' });
    expect(labelSourceOf('/d/a:b/meta.csv:type')).toEqual({
      kind: 'table',
      file: '/d/a:b/meta.csv',
      column: 'type',
    });
    expect(labelSourceOf('C:\\d\\meta.csv:type')).toEqual({
      kind: 'table',
      file: 'C:\\d\\meta.csv',
      column: 'type',
    });
  });

  it('is written as it is read', () => {
    for (const labels of [undefined, 'cell_type', '/d/meta.csv', 'C:\\d\\meta.csv:type']) {
      expect(labelsOf(labelSourceOf(labels))).toBe(labels);
    }
    expect(labelsOf({ kind: 'table', file: '/d/m.csv', column: '  ' })).toBe('/d/m.csv');
  });
});

describe('choosing', () => {
  it('sets one part and leaves it out again', () => {
    const choice = choosing({ path: '/d/x.h5ad', matrix: 'X' }, 'coordinates', '/d/xy.csv');
    expect(choice).toEqual({ path: '/d/x.h5ad', matrix: 'X', coordinates: '/d/xy.csv' });
    expect(choosing(choice, 'coordinates', undefined)).toEqual({ path: '/d/x.h5ad', matrix: 'X' });
  });
});

describe('what can be chosen', () => {
  const columns: DatasetPreview['columns'] = [
    { name: 'sample', kind: 'category', distinct: 4, examples: ['a'] },
    { name: 'area', kind: 'number', distinct: 2900, examples: ['1'] },
    { name: 'barcode', kind: 'text', distinct: 3000, examples: ['x'] },
    { name: 'fov', kind: 'number', distinct: 20, examples: ['1'] },
    { name: 'same', kind: 'category', distinct: 1, examples: ['a'] },
  ];
  const preview = aPreview({ columns, tables: ['/data/meta.csv'] });

  it('leaves out columns that tell no sections or types apart', () => {
    expect(sectionOptions(preview).map(({ value }) => value)).toEqual(['', 'sample', 'fov']);
    expect(labelOptions(preview, undefined).map(({ value }) => value)).toEqual([
      '',
      'column:sample',
      'table:/data/meta.csv',
    ]);
  });

  it('offers no measure, count or place of a cell as a section', () => {
    const names =
      'array_row array_col Area CenterX_local_px transcript_counts cell_area volume x y_centroid n_counts ' +
      'nCount_RNA total_counts cell_id pxl_row_in_fullres section Sample fov yard zone x1_batch country';
    const some = names
      .split(' ')
      .map((name) => ({ name, kind: 'number' as const, distinct: 40, examples: [] }));
    const many = [
      { name: 'leiden', kind: 'number' as const, distinct: 51, examples: [] },
      { name: 'donor', kind: 'category' as const, distinct: 51, examples: [] },
    ];
    expect(sectionOptions(aPreview({ columns: [...some, ...many] })).map(({ value }) => value)).toEqual([
      '',
      'section',
      'Sample',
      'fov',
      'yard',
      'zone',
      'x1_batch',
      'country',
      'donor',
    ]);
  });

  it('keeps a table that was chosen elsewhere', () => {
    const choice = { path: preview.path, coordinates: '/elsewhere/xy.csv' };
    const values = positionOptions(preview, choice).map(({ value }) => value);
    expect(values).toEqual(['', '/elsewhere/xy.csv', '/data/meta.csv']);
  });
});

describe('suggestedName', () => {
  it('takes the folder where the name of the file says nothing', () => {
    expect(suggestedName({ name: 'st_counts', path: '/d/osmfish_zeisel/st_counts.csv.gz' })).toBe(
      'osmfish_zeisel',
    );
    expect(suggestedName({ name: 'outs', path: '/d/slide 4/outs' })).toBe('slide 4');
    expect(suggestedName({ name: 'cortex', path: '/d/x/cortex.h5ad' })).toBe('cortex');
    expect(suggestedName({ name: 'counts', path: '/counts.csv' })).toBe('counts');
  });
});

describe('warnings', () => {
  it('have a remedy where the user can do something here', () => {
    expect(remedyOf('normalised-values')).toBe('matrix');
    expect(remedyOf('no-positions')).toBe('positions');
    expect(remedyOf('few-cells')).toBeUndefined();
  });

  it('do not repeat the path that stands above them', () => {
    const paths = ['/d/x.h5ad'];
    expect(withoutPath('/d/x.h5ad: there are no positions.', paths)).toBe('There are no positions.');
    expect(withoutPath('/d/x.h5ad (X): 3 values are negative.', paths)).toBe('3 values are negative.');
    expect(withoutPath('Only 1 of 33 genes in /d/x.h5ad is known.', paths)).toBe(
      'Only 1 of 33 genes in x.h5ad is known.',
    );
  });
});
