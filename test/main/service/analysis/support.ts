import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeAnalysis } from '../../../../src-main/engine/analyse/analysis-files.ts';
import { createH5ad, type H5adContent } from '../../../../src-main/io/h5ad-writer.ts';
import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import type { AnalysisRecord } from '../../../../src-shared/domain/project.ts';
import { FakeProject } from '../../../helpers/fake-service.ts';
import { analysisRecord, runRecord } from '../../../helpers/project-state.ts';

/** Cells of the dataset; the run's filters left c1 and c4 out. */
export const CELLS = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5'];
export const KEPT = ['c0', 'c2', 'c3', 'c5'];
const NONE = 65_535;

/** What an analysis of niches found, over the cells of the run. */
export function nichesFound(changes: Partial<AnalysisResult> = {}): AnalysisResult {
  return {
    format: 'spagene-analysis',
    formatVersion: 1,
    parameters: analysisRecord().parameters,
    basis: 'positions',
    summary: '2 niches of 3 cells, the largest being Tumour (67 %).',
    notes: ['Niches rest on positions and labels alone.'],
    vectors: [
      {
        name: 'niche',
        title: 'Niche',
        kind: 'category',
        names: ['Tumour', 'Stroma'],
        codes: Uint16Array.of(0, 1, 0, NONE),
      },
      { name: 'depth', title: 'Depth', kind: 'number', values: Float32Array.of(1.5, NaN, 3, 4) },
    ],
    embeddings: [
      {
        name: 'umap',
        title: 'UMAP',
        columns: ['x', 'y'],
        values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
      },
    ],
    tables: [
      {
        name: 'niches',
        title: 'Niches',
        columns: [
          { name: 'niche', kind: 'text', values: ['Tumour', 'Stroma'] },
          { name: 'suggested', kind: 'text', values: ['Tumour', 'Stroma'] },
          { name: 'cells', kind: 'number', values: [2, 1] },
        ],
      },
    ],
    matrices: [
      {
        name: 'niche_composition',
        title: 'Composition',
        rows: ['Tumour', 'Stroma'],
        columns: ['Tumour', 'Stroma'],
        values: Float32Array.of(1, 0, 0.5, 0.5),
      },
    ],
    ...changes,
  };
}

async function writeH5ad(path: string, content: Omit<H5adContent, 'x'>): Promise<void> {
  const writer = await createH5ad(path, { ...content, x: { layout: 'dense' } });
  writer.writeX(0, new Float32Array(content.obsNames.length * content.varNames.length));
  await writer.finish();
}

/** A project of six cells with the result of a run, and with these analyses of it, finished on disk where they are so. */
export async function analysedProject(
  folder: string,
  analyses: readonly AnalysisRecord[] = [],
  found: AnalysisResult = nichesFound(),
): Promise<FakeProject> {
  const project = new FakeProject(folder, { spatial: '', reference: '' });
  const run = project.folderOf('runs', 'run-1');
  mkdirSync(run, { recursive: true });
  const spatial = join(folder, 'spatial.h5ad');
  await writeH5ad(spatial, { obsNames: CELLS, varNames: ['Gad1'] });
  await writeH5ad(join(run, 'imputed.h5ad'), {
    obsNames: KEPT,
    varNames: ['Gad1', 'Sst'],
    obs: [
      {
        name: 'cell_type',
        kind: 'category',
        categories: ['T', 'B', 'NK'],
        codes: Int32Array.of(0, 1, 0, -1),
      },
      { name: 'slice', kind: 'number', values: Float64Array.of(7, 7, 9, 9) },
      { name: 'area', kind: 'number', values: Float64Array.of(1.5, 2, 3, 4) },
    ],
    uns: { section_column: 'slice' },
  });
  for (const { id, state } of analyses) {
    if (state === 'finished')
      await writeAnalysis(project.folderOf('analyses', id), KEPT, found, { version: '1.2.3', warnings: [] });
  }
  project.state = {
    ...project.state,
    spatial: {
      role: 'spatial',
      name: 'tissue',
      format: 'AnnData',
      choice: { path: spatial },
      storage: 'linked',
      files: [],
      cells: CELLS.length,
      genes: 1,
      sparsity: 0,
      values: 'counts',
      unit: 'micrometre',
      preset: null,
      warnings: [],
      imported: '2026-01-01T00:00:00.000Z',
    },
    runs: [
      runRecord({ state: 'finished', result: { cells: KEPT.length, genes: 2 } }),
      runRecord({ id: 'run-2', name: 'Second run' }),
    ],
    analyses: [...analyses],
  };
  return project;
}
