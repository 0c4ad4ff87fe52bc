import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { EmptyState, Note, Waiting } from '../../components/feedback.tsx';
import { useEngine } from '../../engine/context.ts';
import { useProject } from '../../store/project.ts';
import { useApp } from '../../store/store.ts';
import { SpatialView } from './SpatialView.tsx';
import { useSpatialSettings } from './spatial-state.ts';
import { useMapData } from './use-map-data.ts';
import './spatial.css';

/** The map of the open project; what is missing for one is said, with where to get it. */
export function SpatialContainer() {
  const project = useProject();
  const goTo = useApp((state) => state.goTo);
  const spatial = project?.spatial;
  if (!spatial) {
    return (
      <EmptyState
        icon="map"
        title="No spatial data yet"
        actions={
          <Button kind="primary" onClick={() => goTo('data')}>
            Import spatial data
          </Button>
        }
      >
        The map shows measured and imputed genes on the tissue. Import a spatial dataset first.
      </EmptyState>
    );
  }
  if (spatial.unit === null) {
    return (
      <EmptyState
        icon="map"
        title="These data have no positions"
        actions={
          <Button kind="primary" onClick={() => goTo('data')}>
            Import with positions
          </Button>
        }
      >
        {spatial.name} says how much each cell expresses, but not where the cells lie. Import it again
        together with a table of positions (columns x and y).
      </EmptyState>
    );
  }
  // Another dataset is another map: nothing of the one before fits it.
  return <SpatialLoader key={`${project.folder} ${spatial.imported}`} />;
}

function SpatialLoader() {
  const engine = useEngine();
  const project = useProject()!;
  const [settings, change] = useSpatialSettings();
  const finished = project.runs.filter(({ result }) => result !== null);
  // The newest result, unless another was chosen that is still there.
  const run = finished.find(({ id }) => id === settings.run)?.id ?? finished.at(-1)?.id ?? null;
  const data = useMapData(run);
  const [engineOf] = useState(() => engine);
  if (data.error !== null) {
    return (
      <div className="spatial-failed">
        <Note
          kind="error"
          title="The map cannot be shown"
          actions={<Button onClick={data.again}>Try again</Button>}
        >
          {data.error}
        </Note>
      </div>
    );
  }
  const { cells, layout, genes, isFresh } = data;
  if (!cells || !layout) return <Waiting>Reading the positions of the cells</Waiting>;
  return (
    <SpatialView
      engine={engineOf}
      run={run}
      runs={finished}
      {...{ cells, layout, genes, isFresh, settings, change }}
    />
  );
}
