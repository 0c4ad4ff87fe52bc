import type { ReactNode } from 'react';
import type { AnalysisKind } from '../../../src-shared/domain/analysis.ts';
import type { AnalysisResult } from '../../../src-shared/domain/analysis-result.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState, Note, Waiting } from '../../components/feedback.tsx';
import { useJobActions } from '../../frame/job-bar/use-job-actions.ts';
import { basisInWords } from '../../lib/analysis-words.ts';
import { AnalysisPicker } from './AnalysisPicker.tsx';
import { AnalysisProgress } from './AnalysisProgress.tsx';
import { useBiology } from './biology-context.ts';
import { useResult, type Analyses, type AnalysisOf } from './use-analyses.ts';

/** The form of an analysis, as the shell has to know it. */
export interface ShellForm {
  /** The id that it has, and what its button says. */
  readonly id: string;
  readonly submit: string;
  readonly blocked?: string | undefined;
  /** What has to be done first, where it is blocked. */
  readonly first?: { readonly label: string; readonly run: () => void } | undefined;
}

interface AnalysisShellProps<K extends AnalysisKind> {
  readonly analyses: Analyses<K>;
  /** What it is, for those who have not done it yet. */
  readonly about: { readonly title: string; readonly text: ReactNode; readonly next: string };
  readonly form: ShellForm;
  /** Stands in place of the words on what it is, where there is something to see before any analysis. */
  readonly nothing?: ReactNode;
  /** The form. */
  readonly inspector: ReactNode;
  /** The finished result. */
  readonly children: (result: AnalysisResult, analysis: AnalysisOf<K>) => ReactNode;
}

/** An analysis: what is asked for at the left, what was found at the right. */
export function AnalysisShell<K extends AnalysisKind>(props: AnalysisShellProps<K>) {
  const { analyses, inspector } = props;
  const actions = useJobActions();
  return (
    <div className="biology-shell">
      <aside className="biology-side" aria-label="Settings">
        <AnalysisPicker analyses={analyses} actions={actions} />
        {inspector}
      </aside>
      <div className="biology-result">
        {analyses.shown === undefined ? (
          (props.nothing ?? <Nothing {...props} />)
        ) : analyses.shown.state === 'finished' ? (
          <Finished key={analyses.shown.id} analysis={analyses.shown}>
            {props.children}
          </Finished>
        ) : (
          <AnalysisProgress analyses={analyses} analysis={analyses.shown} actions={actions} />
        )}
      </div>
    </div>
  );
}

function Nothing<K extends AnalysisKind>({ about, form, analyses }: AnalysisShellProps<K>) {
  const { readOnly } = useBiology();
  return (
    <EmptyState
      icon="biology"
      title={about.title}
      actions={
        form.first ? (
          <Button kind="primary" onClick={form.first.run}>
            {form.first.label}
          </Button>
        ) : (
          <Button
            kind="primary"
            icon="play"
            type="submit"
            form={form.id}
            blocked={readOnly ?? form.blocked}
            disabled={analyses.starting}
          >
            {form.submit}
          </Button>
        )
      }
    >
      <p>{about.text}</p>
      <p className="biology-next">{form.blocked ?? about.next}</p>
    </EmptyState>
  );
}

interface FinishedProps<K extends AnalysisKind> {
  readonly analysis: AnalysisOf<K>;
  readonly children: AnalysisShellProps<K>['children'];
}

/** The finding first, what it rests on, how to read it, then the figures. */
function Finished<K extends AnalysisKind>({ analysis, children }: FinishedProps<K>) {
  const { result, error, again } = useResult(analysis.id);
  if (error !== null && result === null) {
    return (
      <Note
        kind="error"
        title="The result cannot be read"
        actions={<Button onClick={again}>Read it again</Button>}
      >
        {error}
      </Note>
    );
  }
  if (result === null) return <Waiting>Reading the result</Waiting>;
  const isFromImputed = result.basis === 'imputed' || result.basis === 'both';
  return (
    <>
      <section className="biology-finding" aria-label="Finding">
        <p className="biology-summary">{result.summary}</p>
        <p>
          <span className={isFromImputed ? 'biology-basis is-imputed' : 'biology-basis'}>
            {basisInWords(result.basis)}
          </span>
        </p>
        {result.notes.length > 0 && (
          <ul className="biology-notes" aria-label="How to read it">
            {result.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
      </section>
      {analysis.stale && (
        <Note kind="warning" title="The data have changed since">
          This analysis belongs to the data as they were; start it again to have it for those of now.
        </Note>
      )}
      {analysis.warnings.map(({ code, message }) => (
        <Note key={`${code} ${message}`} kind="warning">
          {message}
        </Note>
      ))}
      {children(result, analysis)}
    </>
  );
}
