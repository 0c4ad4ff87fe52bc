import { useEffect, useMemo } from 'react';
import type { RunRecord } from '../../../src-shared/domain/project.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState, Note, Waiting } from '../../components/feedback.tsx';
import { useCall } from '../../engine/use-call.ts';
import { useProject } from '../../store/project.ts';
import { useApp } from '../../store/store.ts';
import { useMapData, type MapData } from '../spatial/use-map-data.ts';
import { useSelection } from '../spatial/use-selection.ts';
import { Biology } from './Biology.tsx';
import { BiologyContext, type BiologyContextValue } from './biology-context.ts';
import { showAnalysis, useBiologyView } from './view-state.ts';
import './biology.css';

/** Analyses of a run's result; what is missing for one is said, with where to get it. */
export function BiologyContainer() {
  const project = useProject()!;
  const goTo = useApp((state) => state.goTo);
  const chosen = useBiologyView((view) => view.run);
  useTarget();
  const finished = useMemo(() => project.runs.filter(({ result }) => result !== null), [project.runs]);
  const run = finished.find(({ id }) => id === chosen) ?? finished.at(-1);
  const { spatial } = project;
  if (spatial === null || run === undefined) {
    return (
      <EmptyState
        icon="biology"
        title="No finished run yet"
        actions={
          <Button kind="primary" onClick={() => goTo('train')}>
            Go to Train
          </Button>
        }
      >
        Niches, neighbourhoods, trajectories and pathways are found in the result of a run.
      </EmptyState>
    );
  }
  if (spatial.unit === null) {
    return (
      <EmptyState
        icon="biology"
        title="These data have no positions"
        actions={
          <Button kind="primary" onClick={() => goTo('data')}>
            Import with positions
          </Button>
        }
      >
        {spatial.name} does not say where its cells lie, and every analysis here asks who is near whom. Import
        it again together with a table of positions (columns x and y).
      </EmptyState>
    );
  }
  return <Loader key={`${project.folder} ${spatial.imported}`} run={run} runs={finished} />;
}

interface LoaderProps {
  readonly run: RunRecord;
  readonly runs: readonly RunRecord[];
}

function Loader({ run, runs }: LoaderProps) {
  const data = useMapData(run.id);
  if (data.error !== null) {
    return (
      <div className="biology-failed">
        <Note
          kind="error"
          title="The cells cannot be read"
          actions={<Button onClick={data.again}>Try again</Button>}
        >
          {data.error}
        </Note>
      </div>
    );
  }
  const { cells, layout } = data;
  if (!cells || !layout) return <Waiting>Reading the positions of the cells</Waiting>;
  return <Loaded run={run} runs={runs} genes={data.genes} cells={cells} layout={layout} />;
}

type LoadedProps = LoaderProps & Pick<MapData, 'genes'> & Pick<BiologyContextValue, 'cells' | 'layout'>;

function Loaded({ run, runs, genes, cells, layout }: LoadedProps) {
  const { analyses, readOnly } = useProject()!;
  const labels = useCall('analysis:labels', { run: run.id });
  const selection = useSelection(cells.cells);
  const askLabels = labels.again;
  // A finished analysis brings labels of its own, and one that was taken away takes them along.
  const finished = analyses
    .filter(({ state }) => state === 'finished')
    .map(({ id }) => id)
    .join(' ');
  useEffect(() => askLabels(), [askLabels, finished]);
  const value = useMemo(
    (): BiologyContextValue => ({ run, cells, layout, genes, selection, labels, readOnly }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the answer is new at every drawing, its parts are not
    [run, cells, layout, genes, selection, labels.value, labels.error, labels.waiting, readOnly],
  );
  return (
    <BiologyContext value={value}>
      <Biology runs={runs} />
    </BiologyContext>
  );
}

/** Shows the analysis that another view asked for. */
function useTarget(): void {
  const target = useApp((state) => state.target);
  useEffect(() => {
    const { view, project, takeTarget } = useApp.getState();
    if (view !== 'biology' || target?.job === undefined) return;
    const asked = takeTarget()?.job;
    const analysis = project?.analyses.find(({ id }) => id === asked);
    if (analysis === undefined) return;
    useBiologyView.setState({ run: analysis.run });
    showAnalysis(analysis.parameters.kind, analysis.id);
  }, [target]);
}
