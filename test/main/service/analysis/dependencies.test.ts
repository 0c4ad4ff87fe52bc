import { expect, it } from 'vitest';
import {
  columnsOf,
  neededBy,
  readerOf,
  renamedSources,
} from '../../../../src-main/service/analysis/dependencies.ts';
import { analysisDefaults, analysisParameters } from '../../../../src-shared/domain/analysis.ts';
import { analysisRecord, emptyProject } from '../../../helpers/project-state.ts';

const pseudotime = analysisParameters.parse({
  kind: 'pseudotime',
  ...analysisDefaults.pseudotime,
  within: { labels: { analysis: 'niches-1' }, names: ['analysis'] },
  start: { labels: { column: 'state' }, names: ['low'] },
  neighbourhood: { labels: { analysis: 'types-1' }, types: ['column'], graph: { kind: 'nearest', k: 5 } },
});
const pathways = analysisParameters.parse({
  kind: 'pathways',
  ...analysisDefaults.pathways,
  genes: 'genes-1',
});
const byName = analysisParameters.parse({
  kind: 'pseudotime',
  ...analysisDefaults.pseudotime,
  start: { cells: ['analysis', 'column'] },
});

it('finds every analysis and column that parameters name, and nothing that is only called so', () => {
  expect(neededBy(pseudotime)).toEqual({ labels: ['niches-1', 'types-1'], genes: null });
  expect(columnsOf(pseudotime)).toEqual(['state']);
  expect(neededBy(pathways)).toEqual({ labels: [], genes: 'genes-1' });
  expect(neededBy(byName)).toEqual({ labels: [], genes: null });
  expect(columnsOf(byName)).toEqual([]);
});

it('puts folders in place of ids and leaves the rest', () => {
  const folders = (id: string) => `/p/analyses/${id}`;
  const named = renamedSources(pseudotime, folders);
  expect(named).toEqual({
    ...pseudotime,
    within: { labels: { analysis: '/p/analyses/niches-1' }, names: ['analysis'] },
    neighbourhood: {
      labels: { analysis: '/p/analyses/types-1' },
      types: ['column'],
      graph: { kind: 'nearest', k: 5 },
    },
  });
  expect(renamedSources(pathways, folders)).toEqual({ ...pathways, genes: '/p/analyses/genes-1' });
  expect(renamedSources(byName, folders)).toEqual(byName);
});

it('tells which running analysis reads the result of a job', () => {
  const running = analysisRecord({ state: 'running', parameters: pseudotime });
  const state = emptyProject('/p', { analyses: [analysisRecord({ id: 'a', run: 'run-2' }), running] });
  for (const id of ['run-1', 'niches-1', 'types-1']) expect(readerOf(state, id)).toBe(running);
  for (const id of ['run-2', 'genes-1', 'analysis-1']) expect(readerOf(state, id)).toBeUndefined();
});
