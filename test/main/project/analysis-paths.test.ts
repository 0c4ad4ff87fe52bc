import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { analysisDefaults } from '../../../src-shared/domain/analysis.ts';
import { analysisOf, json, projectDesk, runOf } from './support.ts';

const { home, reopen, newProject } = projectDesk();

test('gene sets of the project move with it, others stay where they are', async () => {
  const project = await newProject();
  const outside = join(home, 'sets', 'reactome.gmt');
  const files = [join(project.folder, 'gene-sets', 'mine.gmt'), outside, 'C:\\sets\\a.gmt'];
  const parameters = { kind: 'pathways' as const, genes: 'g', ...analysisDefaults.pathways, files };
  await project.change((state) => ({
    ...state,
    runs: [runOf('one')],
    analyses: [analysisOf('a', 'one', { parameters })],
  }));
  expect(json(project.folder)['analyses']).toMatchObject([
    { parameters: { files: ['gene-sets/mine.gmt', outside, 'C:\\sets\\a.gmt'] } },
  ]);
  await project.close();
  const moved = join(home, 'moved');
  renameSync(project.folder, moved);
  const [analysis] = (await reopen(moved)).state.analyses;
  expect(analysis).toEqual(
    analysisOf('a', 'one', {
      parameters: {
        ...parameters,
        direction: 'both',
        files: [join(moved, 'gene-sets', 'mine.gmt'), outside, 'C:\\sets\\a.gmt'],
      },
    }),
  );
});
