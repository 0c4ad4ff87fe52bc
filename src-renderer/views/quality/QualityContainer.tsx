import { useEffect, useMemo, type ReactNode } from 'react';
import type { EvaluationRequest } from '../../../src-shared/contract/calls/job.ts';
import { evaluationReport } from '../../../src-shared/domain/evaluation-report-schema.ts';
import type { EvaluationRecord } from '../../../src-shared/domain/project.ts';
import { Button } from '../../components/Button.tsx';
import { Note, Waiting } from '../../components/feedback.tsx';
import { useEngine } from '../../engine/context.ts';
import { useAction, useCall } from '../../engine/use-call.ts';
import { useJobActions } from '../../frame/job-bar/use-job-actions.ts';
import { newTicket } from '../../lib/ticket.ts';
import { useProject } from '../../store/project.ts';
import { useApp } from '../../store/store.ts';
import { Explain } from './Explain.tsx';
import { Head } from './Head.tsx';
import { Report } from './Report.tsx';
import { StartForm, type MethodOffer } from './StartForm.tsx';
import { useQualityView } from './view-state.ts';
import { Watch } from './Watch.tsx';
import './quality.css';

/** Evaluations: started, watched and read. */
export function QualityContainer() {
  const project = useProject()!;
  const view = useQualityView();
  const target = useApp((state) => state.target);
  const methods = useCall('evaluation:methods', {});
  useEffect(() => {
    if (useApp.getState().view !== 'quality') return;
    const asked = useApp.getState().takeTarget()?.job;
    if (asked !== undefined) useQualityView.setState({ chosen: asked, form: false });
  }, [target]);
  const newest = [...project.evaluations].sort((a, b) => b.created.localeCompare(a.created));
  const shown =
    newest.find(({ id }) => id === view.chosen) ??
    newest.find(({ state }) => state === 'running') ??
    newest[0];
  const offers = methods.value ?? [];
  if (shown === undefined || view.form) {
    return (
      <div className="quality">
        <Explain />
        <Start
          methods={offers}
          error={methods.error}
          onAgain={methods.again}
          canCancel={shown !== undefined}
        />
      </div>
    );
  }
  return (
    <div className="quality">
      <Shown key={shown.id} evaluation={shown} all={newest} methods={offers} />
    </div>
  );
}

interface StartProps {
  readonly methods: readonly MethodOffer[];
  readonly error: string | null;
  readonly onAgain: () => void;
  readonly canCancel: boolean;
}

function Start({ methods, error, onAgain, canCancel }: StartProps) {
  const engine = useEngine();
  const project = useProject()!;
  const backend = useApp((state) => state.settings.backend);
  const start = useAction(async (request: EvaluationRequest) => {
    const { id } = await engine.call('evaluation:start', request);
    useQualityView.setState({ chosen: id, form: false });
  });
  if (error !== null) {
    return (
      <Note kind="error" actions={<Button onClick={onAgain}>Ask again</Button>}>
        {error}
      </Note>
    );
  }
  if (methods.length === 0) return <Waiting>Asking which methods there are</Waiting>;
  return (
    <StartForm
      methods={methods}
      preset={project.spatial?.preset ?? 'recommended'}
      backend={backend}
      sharedGenes={project.sharedGenes}
      readOnly={project.readOnly}
      busy={start.busy}
      onStart={(request) => start.run(request)}
      onCancel={canCancel ? () => useQualityView.setState({ form: false }) : undefined}
    />
  );
}

interface ShownProps {
  readonly evaluation: EvaluationRecord;
  readonly all: readonly EvaluationRecord[];
  readonly methods: readonly MethodOffer[];
}

function Shown({ evaluation, all, methods }: ShownProps) {
  const engine = useEngine();
  const readOnly = useProject()!.readOnly;
  const progress = useApp((state) => state.progress[evaluation.id]);
  const notify = useApp((state) => state.notify);
  const actions = useJobActions();
  const download = useAction(async () => {
    const { path } = await engine.call('export:write', {
      format: 'report',
      id: evaluation.id,
      ticket: newTicket('report'),
    });
    notify({ kind: 'ok', message: `The report is in ${path}.` });
  });
  const done = evaluation.state === 'finished';
  return (
    <>
      <Head
        evaluation={evaluation}
        all={all}
        readOnly={readOnly}
        onChoose={(id) => useQualityView.setState({ chosen: id })}
        onNew={() => useQualityView.setState({ form: true })}
        onRemove={() => actions.remove(evaluation)}
        onReport={done ? () => download.run() : undefined}
        busy={actions.busy || download.busy}
      />
      {evaluation.stale && (
        <Note kind="warning" title="The data have changed since">
          This evaluation belongs to the data as they were.
        </Note>
      )}
      {done ? (
        <FinishedReport id={evaluation.id} />
      ) : (
        <Watch
          evaluation={evaluation}
          methods={methods}
          progress={progress}
          actions={actions}
          readOnly={readOnly}
        />
      )}
    </>
  );
}

/** Reads the report of a finished evaluation. */
function FinishedReport({ id }: { readonly id: string }): ReactNode {
  const view = useQualityView();
  const goTo = useApp((state) => state.goTo);
  const answer = useCall('evaluation:report', { id });
  const parsed = useMemo(
    () => (answer.value === null ? null : evaluationReport.safeParse(answer.value.report)),
    [answer.value],
  );
  const onGene = useMemo(() => (gene: string) => goTo('map', { gene }), [goTo]);
  if (answer.error !== null) {
    return (
      <Note kind="error" actions={<Button onClick={answer.again}>Read it again</Button>}>
        {answer.error}
      </Note>
    );
  }
  if (answer.value === null || parsed === null) return <Waiting>Reading the report</Waiting>;
  if (!parsed.success) {
    return (
      <Note kind="error" title="This report cannot be read">
        It was written by another version of SpaGene, or was changed since. Start a new evaluation to have one
        that can.
      </Note>
    );
  }
  return (
    <Report
      report={parsed.data}
      scores={answer.value.scores}
      view={view}
      onView={(part) => useQualityView.setState(part)}
      onGene={onGene}
    />
  );
}
