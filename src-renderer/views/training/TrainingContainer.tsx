import { useEffect } from 'react';
import type { RunRecord } from '../../../src-shared/domain/project.ts';
import { useEngine } from '../../engine/context.ts';
import { useAction } from '../../engine/use-call.ts';
import { inOrder } from '../../frame/job-bar/QueueList.tsx';
import { useJobActions, type JobActions } from '../../frame/job-bar/use-job-actions.ts';
import { useLog } from '../../frame/job-bar/use-log.ts';
import { nameOf } from '../../frame/job-bar/words.ts';
import { saveView } from '../../lib/save-view.ts';
import { useLosses, useLossStore, type LossStore } from '../../store/losses.ts';
import { jobsOf, useProject } from '../../store/project.ts';
import { useApp } from '../../store/store.ts';
import { fromRun, newDraft } from '../model/draft.ts';
import { lossCsv } from './loss-csv.ts';
import type { TrainingPlace } from './RunHeader.tsx';
import { listed, shownRun } from './runs.ts';
import { stageTitle, type TermChart } from './terms.ts';
import { NoRuns, Training } from './Training.tsx';
import { MOST_COMPARED, toggleCompared, useTrainingView } from './view-state.ts';
import './training.css';

/** The runs of the project and how they train. */
export function TrainingContainer() {
  const project = useProject()!;
  const goTo = useApp((state) => state.goTo);
  const chosen = useTrainingView((state) => state.chosen);
  const target = useApp((state) => state.target);
  useEffect(() => {
    if (useApp.getState().view !== 'train') return;
    const asked = useApp.getState().takeTarget()?.job;
    if (asked !== undefined) useTrainingView.setState({ chosen: asked, member: null });
  }, [target]);
  const run = shownRun(project.runs, chosen);
  if (run === undefined) return <NoRuns onModel={() => goTo('model')} />;
  return <ShownRun run={run} />;
}

function ShownRun({ run }: { readonly run: RunRecord }) {
  const engine = useEngine();
  const project = useProject()!;
  const goTo = useApp((state) => state.goTo);
  const progress = useApp((state) => state.progress);
  const view = useTrainingView();
  const actions = useJobActions();
  const drawn = drawnRuns(project.runs, run, view.compared);
  const store = useLossStore(drawn.map(({ id }) => id));
  const lossError = useLosses(store, () => store.errorOf(run.id));
  const place = usePlace(store, run.id);
  const log = useLog(run.id);
  usePauseKey(run, actions, project.readOnly);
  const change = useAction((part: { readonly name?: string; readonly notes?: string }) =>
    engine.call('job:change', { id: run.id, ...part }),
  );
  const csv = async (chart: TermChart) => {
    const answers = await Promise.all(drawn.map(({ id }) => engine.call('run:losses', { id })));
    return lossCsv(
      chart,
      answers.map(({ points }, i) => ({ name: nameOf(drawn[i]!), points })),
    );
  };
  return (
    <Training
      runs={listed(project)}
      run={run}
      drawn={drawn}
      waiting={inOrder(jobsOf(project), project.queue)}
      progress={progress}
      place={place}
      store={store}
      lossError={lossError}
      view={view}
      member={view.member ?? place?.member ?? 0}
      log={log}
      actions={actions}
      readOnly={project.readOnly}
      csv={csv}
      onShow={(id) => useTrainingView.setState({ chosen: id, member: null })}
      onCompare={toggleCompared}
      onView={(part) => useTrainingView.setState(part)}
      onChange={(part) => change.run(part)}
      onMap={() => goTo('map', { job: run.id })}
      onSameSettings={() => {
        saveView(engine, 'model', fromRun(newDraft(run.preset), run));
        goTo('model', { job: run.id });
      }}
    />
  );
}

function drawnRuns(runs: readonly RunRecord[], shown: RunRecord, compared: readonly string[]): RunRecord[] {
  const others = compared.flatMap((id) => runs.find((run) => run.id === id && id !== shown.id) ?? []);
  return [shown, ...others].slice(0, MOST_COMPARED);
}

/** Where the training of a run is, by its newest point. */
function usePlace(store: LossStore, id: string): TrainingPlace | null {
  const read = (): string => {
    const last = store.of(id)?.last;
    if (last == null) return '';
    return JSON.stringify({
      member: last.member,
      stage: stageTitle(last.stage),
      epoch: last.epoch,
      step: last.step,
      steps: last.steps,
    } satisfies TrainingPlace);
  };
  const text = useLosses(store, read);
  return text === '' ? null : (JSON.parse(text) as TrainingPlace);
}

/** Space pauses and resumes the shown run, unless something that takes a space has the focus. */
function usePauseKey(
  { id, state }: RunRecord,
  { pause, resume, busy }: JobActions,
  readOnly: string | null,
): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      const taken =
        target?.closest('button, a, input, select, textarea, summary, dialog, [tabindex]') != null;
      if (event.key !== ' ' || taken || busy || readOnly !== null) return;
      if (state !== 'running' && state !== 'paused') return;
      event.preventDefault();
      if (state === 'running') pause(id);
      else resume(id);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  });
}
