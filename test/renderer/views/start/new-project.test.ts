import { describe, expect, it } from 'vitest';
import { looksLikeData } from '../../../../src-renderer/views/start/looks-like-data.ts';
import { defaultPlace, folderName, projectFolder } from '../../../../src-renderer/views/start/new-project.ts';

describe('the folder of a new project', () => {
  it('lies below the home folder, on both kinds of system', () => {
    expect(projectFolder(defaultPlace('/home/ann'), 'Cortex 1')).toBe('/home/ann/SpaGene projects/Cortex 1');
    expect(projectFolder(defaultPlace('C:\\Users\\ann'), 'Cortex 1')).toBe(
      'C:\\Users\\ann\\SpaGene projects\\Cortex 1',
    );
  });

  it('has a name that every system takes', () => {
    expect(folderName('mouse/cortex: day 3?')).toBe('mouse-cortex- day 3');
    expect(folderName('  .hidden. ')).toBe('hidden');
    expect(folderName('../..')).toBe('project');
    expect(folderName('CON')).toBe('project');
    expect(folderName('a\u0007b')).toBe('a-b');
    expect(folderName('x'.repeat(300))).toHaveLength(80);
    expect(folderName('Großhirn 脳')).toBe('Großhirn 脳');
  });
});

describe('looksLikeData', () => {
  it('knows files of counts from folders and projects', () => {
    for (const path of ['/a/b.h5ad', '/a/b.csv.gz', 'C:\\x\\Y.LOOM', '/a/matrix.mtx.gz']) {
      expect(looksLikeData(path)).toBe(true);
    }
    for (const path of ['/a/project.json', '/a/outs', '/a/csv']) expect(looksLikeData(path)).toBe(false);
  });
});
