import { configure, render, screen, waitFor, type RenderResult } from '@testing-library/react';
import type { AnalysisResult } from '../../../src-shared/domain/analysis-result.ts';
import type { AnalysisRecord, ProjectState } from '../../../src-shared/domain/project.ts';
import { EngineContext } from '../../../src-renderer/engine/context.ts';
import { useApp } from '../../../src-renderer/store/store.ts';
import { BiologyContainer } from '../../../src-renderer/views/biology/BiologyContainer.tsx';
import { results } from '../../../src-renderer/views/biology/result-cache.ts';
import { useBiologyView, type BiologyTab } from '../../../src-renderer/views/biology/view-state.ts';
import { TYPES, blocks } from './analyses.ts';
import { fakeEngine, type FakeEngine } from './fake-engine.ts';
import { aFinishedRun, anAnalysis, aProject } from './records.ts';

// Each view is loaded when it is first opened.
configure({ defaultHidden: true, asyncUtilTimeout: 20_000 });

/** Cells of the made-up tissue: ten columns of three, 10 apart, from (10, 110) on. */
export const CELLS = 30;

export function aFinishedAnalysis(
  result: AnalysisResult,
  part: Partial<AnalysisRecord> = {},
): AnalysisRecord {
  return anAnalysis({
    state: 'finished',
    parameters: result.parameters,
    basis: result.basis,
    summary: result.summary,
    ...part,
  });
}

interface Opened {
  readonly engine: FakeEngine;
  readonly view: RenderResult;
}

interface Opening {
  readonly tab: BiologyTab;
  readonly analyses?: readonly AnalysisRecord[];
  readonly results?: Readonly<Record<string, AnalysisResult>>;
  readonly labelled?: boolean;
  readonly answers?: Parameters<typeof fakeEngine>[0];
  readonly project?: Partial<ProjectState>;
}

/** Opens the step Biology of a project with one finished run, and waits until it stands. */
export async function openBiology(opening: Opening): Promise<Opened> {
  const codes = blocks(CELLS, 3);
  const engine = fakeEngine({
    'map:cells': () => ({
      cells: CELLS,
      unit: 'micrometre',
      sections: [{ name: '', cells: CELLS }],
      columns: [{ name: 'cell_type', kind: 'category', distinct: 3 }],
      images: [],
    }),
    'map:positions': () => ({
      xy: Float32Array.from({ length: 2 * CELLS }, (_, i) =>
        i % 2 === 0 ? 10 * Math.floor(i / 6) : 10 * (Math.floor(i / 2) % 3),
      ),
      origin: [10, 110],
      sections: null,
      spacing: 10,
    }),
    'map:genes': () => ({
      names: ['Gad1'],
      measured: Uint8Array.of(1),
      imputed: Uint8Array.of(1),
      expected: Float32Array.of(0.5),
      mean: Float32Array.of(1),
      detected: Float32Array.of(0.5),
    }),
    'map:column': () => ({ kind: 'category', names: [...TYPES], codes }),
    'analysis:labels': () =>
      opening.labelled === false
        ? []
        : [
            {
              source: { column: 'cell_type' },
              title: 'cell_type',
              types: TYPES.map((name) => ({ name, cells: 10 })),
            },
          ],
    'analysis:result': ({ id }) => ({ result: opening.results![id]! }),
    'analysis:start': () => ({ id: 'analysis-9' }),
    'analysis:rename': () => ({}),
    'group:save': () => ({ id: 'group-1' }),
    'project:save-view': () => ({}),
    ...opening.answers,
  });
  results.clear();
  useBiologyView.setState({ tab: opening.tab, run: null, chosen: {} });
  useApp.setState({ view: 'biology', target: null, notices: [], progress: {} });
  useApp
    .getState()
    .setProject(
      aProject({ runs: [aFinishedRun()], analyses: [...(opening.analyses ?? [])], ...opening.project }),
    );
  const view = render(
    <EngineContext value={engine.client}>
      <BiologyContainer />
    </EngineContext>,
  );
  const opens =
    opening.answers?.['analysis:labels'] === undefined
      ? /^(?:Opening|Reading the|Looking for)/u
      : /^(?:Opening|Reading the)/u;
  await waitFor(() => {
    if (screen.queryByText(opens)) throw new Error('The view is not open yet.');
  });
  return { engine, view };
}
