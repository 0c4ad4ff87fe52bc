import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import type { AnalysisRecord, ProjectState } from '../../../../src-shared/domain/project.ts';
import { EngineContext } from '../../../../src-renderer/engine/context.ts';
import { useCall } from '../../../../src-renderer/engine/use-call.ts';
import { useApp } from '../../../../src-renderer/store/store.ts';
import { BiologyContext } from '../../../../src-renderer/views/biology/biology-context.ts';
import { results } from '../../../../src-renderer/views/biology/result-cache.ts';
import { useBiologyView } from '../../../../src-renderer/views/biology/view-state.ts';
import { readGenes } from '../../../../src-renderer/views/spatial/genes.ts';
import { useSelection } from '../../../../src-renderer/views/spatial/use-selection.ts';
import { fakeEngine, type FakeEngine } from '../../helpers/fake-engine.ts';
import { aFinishedRun, anAnalysis, aProject } from '../../helpers/records.ts';

const CELLS = 4;
const GENES = ['Actb', 'Vip', 'Sst'];
const ones = new Uint8Array(GENES.length).fill(1);
const numbers = new Float32Array(GENES.length).fill(0.5);
const geneList = {
  names: GENES,
  measured: ones,
  imputed: ones,
  expected: numbers,
  mean: numbers,
  detected: numbers,
};
const run = aFinishedRun();
const cells = {
  cells: CELLS,
  unit: 'micrometre' as const,
  sections: [{ name: '', cells: CELLS }],
  columns: [],
  images: [],
};
const xy = new Float32Array(2 * CELLS);
const layout = { xy, filed: xy, origin: [0, 0] as const, sections: null, spacing: 1, isMoved: false };

export const labelOffers = [
  {
    source: { column: 'cell_type' },
    title: 'cell_type',
    types: [
      { name: 'Tumour', cells: 3 },
      { name: 'Stroma', cells: 1 },
    ],
  },
];

interface Shown {
  /** Finished analyses with their results, or unfinished ones. */
  readonly analyses?: readonly (Partial<AnalysisRecord> & { readonly result?: AnalysisResult })[];
  readonly project?: Partial<ProjectState>;
  readonly engine?: Parameters<typeof fakeEngine>[0];
}

/** A tab of the biology step with a run of four cells. */
export function showTab(
  tab: ReactNode,
  { analyses = [], project = {}, engine: answers = {} }: Shown,
): FakeEngine {
  results.clear();
  useBiologyView.setState({ tab: 'niches', run: null, chosen: {} });
  const records = analyses.map(({ result, ...part }) =>
    anAnalysis({
      run: run.id,
      state: 'finished',
      ...(result && { parameters: result.parameters, summary: result.summary, basis: result.basis }),
      ...part,
    }),
  );
  useApp.getState().setProject(aProject({ runs: [run], analyses: records, ...project }));
  const engine = fakeEngine({
    'analysis:labels': () => labelOffers,
    'analysis:result': ({ id }) => ({ result: analyses.find((each) => each.id === id)!.result! }),
    'analysis:start': () => ({ id: 'analysis-9' }),
    'gene-sets:list': () => [],
    'map:genes': () => geneList,
    ...answers,
  });
  render(
    <EngineContext value={engine.client}>
      <Provider>{tab}</Provider>
    </EngineContext>,
  );
  return engine;
}

function Provider({ children }: { readonly children: ReactNode }) {
  const labels = useCall('analysis:labels', { run: run.id });
  const selection = useSelection(CELLS);
  const readOnly = useApp((state) => state.project!.readOnly);
  const value = { run, cells, layout, genes: readGenes(geneList), selection, labels, readOnly };
  return <BiologyContext.Provider value={value}>{children}</BiologyContext.Provider>;
}
