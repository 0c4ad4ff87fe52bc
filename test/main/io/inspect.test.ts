import { describe, expect, it } from 'vitest';
import { inspectPath } from '../../../src-main/io/inspect.ts';
import { temporary } from './temporary.ts';

const { write } = temporary();

describe('inspectPath', () => {
  it('tells what is in a file', async () => {
    const path = write('counts.csv', 'cell,Gad1,Sox9\nc1,1,0\nc2,4,0\n');
    expect(await inspectPath(path)).toMatchObject({
      path,
      format: 'csv',
      cells: 2,
      genes: 2,
      sum: 5,
      density: 0.5,
      units: 'counts',
      geneNames: 'symbols',
      coordinates: null,
      warnings: [],
    });
  });

  it.each([
    ['log.csv', '0.7,1.4', 'log'],
    ['cpm.csv', '700.5,14.2', 'normalised'],
    ['scaled.csv', '-0.3,1', 'scaled'],
    ['nan.csv', 'NaN,1', 'unknown'],
  ])('%s: units are recognised', async (name, values, units) => {
    expect((await inspectPath(write(name, `cell,Gad1,Sox9\nc1,${values}\nc2,1,2\n`))).units).toBe(units);
  });

  it('lists what is suspicious', async () => {
    const report = await inspectPath(write('bad.csv', 'cell,Gad1,GAD1\nc1,-1,NaN\nc1,0,2.5\n'));
    expect(report.warnings.map(({ code }) => code)).toEqual([
      'not-finite',
      'negative',
      'non-integer',
      'duplicate-genes',
      'duplicate-cells',
    ]);
  });
});
