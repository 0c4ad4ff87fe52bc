import { Suspense, lazy, useEffect, useState } from 'react';
import { Button } from './components/Button.tsx';
import { EmptyState, Note, Waiting } from './components/feedback.tsx';
import { FileBrowserHost } from './components/file-browser/FileBrowserHost.tsx';
import { useEngine } from './engine/context.ts';
import { CommandPalette } from './frame/CommandPalette.tsx';
import { ErrorBoundary } from './frame/ErrorBoundary.tsx';
import { JobBar } from './frame/JobBar.tsx';
import { Notices } from './frame/Notices.tsx';
import { Rail } from './frame/Rail.tsx';
import { ShortcutsSheet } from './frame/ShortcutsSheet.tsx';
import { steps } from './frame/steps.ts';
import { TopBar } from './frame/TopBar.tsx';
import { useShortcuts } from './frame/use-shortcuts.ts';
import type { ViewName } from './store/navigation.ts';
import { useProject } from './store/project.ts';
import { useApp } from './store/store.ts';
import { StartContainer } from './views/start/StartContainer.tsx';

const views = {
  data: lazy(async () => ({ default: (await import('./views/import/ImportContainer.tsx')).ImportContainer })),
  model: lazy(async () => ({ default: (await import('./views/model/ModelContainer.tsx')).ModelContainer })),
  train: lazy(async () => ({
    default: (await import('./views/training/TrainingContainer.tsx')).TrainingContainer,
  })),
  map: lazy(async () => ({
    default: (await import('./views/spatial/SpatialContainer.tsx')).SpatialContainer,
  })),
  quality: lazy(async () => ({
    default: (await import('./views/quality/QualityContainer.tsx')).QualityContainer,
  })),
  biology: lazy(async () => ({
    default: (await import('./views/biology/BiologyContainer.tsx')).BiologyContainer,
  })),
  export: lazy(async () => ({
    default: (await import('./views/export/ExportContainer.tsx')).ExportContainer,
  })),
} satisfies Record<ViewName, unknown>;

/** The frame: top bar, rail, the view, job bar. */
export function App() {
  useShortcuts();
  const project = useProject();
  const known = useApp((state) => state.projectKnown);
  const overlay = useApp((state) => state.overlay);
  const setOverlay = useApp((state) => state.setOverlay);
  return (
    <div className={project ? 'app has-project' : 'app'}>
      <TopBar />
      <ConnectionNote />
      {project && <Rail />}
      <main className="view" id="view">
        {!known && <Waiting>Connecting to the engine</Waiting>}
        {known && (project ? <CurrentView /> : <StartContainer />)}
      </main>
      {project && <JobBar />}
      <Notices />
      <FileBrowserHost />
      {overlay === 'commands' && <CommandPalette />}
      {overlay === 'shortcuts' && <ShortcutsSheet onClose={() => setOverlay(null)} />}
    </div>
  );
}

/** The view that the rail names, or what it waits for. */
function CurrentView() {
  const project = useProject()!;
  const name = useApp((state) => state.view);
  const goTo = useApp((state) => state.goTo);
  const step = steps.find(({ view }) => view === name)!;
  const waiting = step.waitsFor(project);
  if (waiting) {
    const where = steps.find(({ view }) => view === waiting.where)!;
    return (
      <EmptyState
        icon={step.icon}
        title={waiting.what}
        actions={
          <Button kind="primary" onClick={() => goTo(waiting.where)}>
            Go to {where.label}
          </Button>
        }
      >
        {step.label}: {step.about.toLowerCase()}.
      </EmptyState>
    );
  }
  const View = views[name];
  return (
    <ErrorBoundary key={name}>
      <Suspense fallback={<Waiting>Opening {step.label}</Waiting>}>
        <View />
      </Suspense>
    </ErrorBoundary>
  );
}

/** Says when the engine cannot be reached; nothing is lost meanwhile. */
function ConnectionNote() {
  const engine = useEngine();
  const [status, setStatus] = useState(engine.status);
  useEffect(() => engine.onStatus(setStatus), [engine]);
  if (status !== 'lost') return null;
  return (
    <div className="connection">
      <Note kind="warning" title="The connection to the engine is lost">
        Trying again. Jobs go on without this page; if SpaGene was closed, start it again and open the new
        address.
      </Note>
    </div>
  );
}
