import { useEffect } from 'react';
import { Button } from '../../components/Button.tsx';
import { useEngine } from '../../engine/context.ts';
import { useProject } from '../../store/project.ts';
import { useApp } from '../../store/store.ts';
import { DatasetColumn } from './DatasetColumn.tsx';
import { readChoice } from './import-work.ts';
import { EMPTY, useImports } from './imports.ts';
import { nextStep, notReady } from './next-step.ts';
import { OverlapCard } from './OverlapCard.tsx';
import { recognised } from './published.ts';
import { PublishedData } from './PublishedData.tsx';
import { RecognisedNote } from './RecognisedNote.tsx';
import { useOverlap } from './use-overlap.ts';
import './import.css';

/** The first step: the two datasets, how they fit, and on to the model. */
export function ImportContainer() {
  const project = useProject()!;
  const folder = useImports((state) => state.folder);
  // What was chosen for another project is not for this one.
  useEffect(() => {
    if (useImports.getState().folder !== project.folder)
      useImports.setState({ ...EMPTY, folder: project.folder });
  }, [project.folder]);
  return folder === project.folder ? <Import /> : null;
}

function Import() {
  const project = useProject()!;
  const goTo = useApp((state) => state.goTo);
  const drafts = useImports((state) => state.drafts);
  const { overlap, again } = useOverlap(project);
  useWaitingFile();
  const step = nextStep(project, drafts);
  const known = recognised(project);
  const blocked = notReady(project, overlap?.value ?? null);
  const paths = (['spatial', 'reference'] as const).flatMap((role) => {
    const choice = drafts[role]?.choice ?? project[role]?.choice;
    return choice === undefined ? [] : [choice.path];
  });
  return (
    <div className="import">
      <header className="import-title">
        <div>
          <h1>Data</h1>
          <p className="muted">
            The tissue you measured, and single cells that show what the panel left out.
          </p>
        </div>
        <Button
          kind={step === 'model' && blocked === undefined ? 'primary' : 'plain'}
          blocked={blocked}
          onClick={() => goTo('model')}
        >
          Choose the model
        </Button>
      </header>
      {known && <RecognisedNote recognised={known} onPreset={(preset) => goTo('model', { preset })} />}
      <div className="import-columns">
        <DatasetColumn role="spatial" primary={step.endsWith('spatial')} />
        <DatasetColumn role="reference" primary={step.endsWith('reference')} />
      </div>
      <OverlapCard overlap={overlap} paths={paths} onAgain={again} />
      <PublishedData />
    </div>
  );
}

/** Reads a data file that was dropped or opened before there was a project, as what is still missing. */
function useWaitingFile(): void {
  const engine = useEngine();
  const file = useApp((state) => state.target?.file);
  useEffect(() => {
    const { project, takeTarget } = useApp.getState();
    if (file === undefined || project?.readOnly !== null) return;
    takeTarget();
    const role = project.spatial === null || project.reference !== null ? 'spatial' : 'reference';
    void readChoice(engine, role, { path: file });
  }, [engine, file]);
}
