import type { AnalysisKind } from '../../../src-shared/domain/analysis.ts';
import { IconButton } from '../../components/Button.tsx';
import { useEngine } from '../../engine/context.ts';
import { useAction } from '../../engine/use-call.ts';
import type { JobActions } from '../../frame/job-bar/use-job-actions.ts';
import { nameOf, stateOf } from '../../frame/job-bar/words.ts';
import { formatMoment } from '../../lib/moment.ts';
import { NotesField } from '../training/NotesField.tsx';
import { useBiology } from './biology-context.ts';
import { RenameField } from './RenameField.tsx';
import type { Analyses, AnalysisOf } from './use-analyses.ts';

interface AnalysisPickerProps<K extends AnalysisKind> {
  readonly analyses: Analyses<K>;
  readonly actions: Pick<JobActions, 'remove' | 'busy'>;
}

/** Analyses of one kind that were made of this run: choose, name, note, take away. */
export function AnalysisPicker<K extends AnalysisKind>({ analyses, actions }: AnalysisPickerProps<K>) {
  const { readOnly } = useBiology();
  const { all, shown, choose } = analyses;
  if (all.length === 0) return null;
  return (
    <section className="biology-saved" aria-label="Saved analyses">
      <h2>Saved</h2>
      <ul>
        {all.map((analysis) => (
          <li key={analysis.id} className={analysis.id === shown?.id ? 'is-chosen' : undefined}>
            <button
              type="button"
              aria-current={analysis.id === shown?.id ? 'true' : undefined}
              title={analysis.summary ?? undefined}
              onClick={() => choose(analysis.id)}
            >
              <span className="biology-saved-name">{shortName(analysis)}</span>
              <span className="muted small numeric">{aboutOf(analysis)}</span>
            </button>
            <IconButton
              icon="trash"
              label={`Remove ${nameOf(analysis)}`}
              disabled={readOnly !== null || actions.busy}
              onClick={() => actions.remove(analysis)}
            />
          </li>
        ))}
      </ul>
      {shown && <Details key={shown.id} analysis={shown} />}
    </section>
  );
}

/** All of them here are of one kind, so that one without a name goes by its moment. */
function shortName({ name, created }: AnalysisOf<AnalysisKind>): string {
  return name.trim() === '' ? formatMoment(created) : name;
}

/** Its state, and when it was made unless that is its name. */
function aboutOf(analysis: AnalysisOf<AnalysisKind>): string {
  const made = analysis.name.trim() === '' ? '' : ` · ${formatMoment(analysis.created)}`;
  return `${stateOf(analysis)}${made}${analysis.stale ? ' · data changed since' : ''}`;
}

function Details({ analysis }: { readonly analysis: AnalysisOf<AnalysisKind> }) {
  const engine = useEngine();
  const { readOnly } = useBiology();
  const change = useAction((part: { readonly name?: string; readonly notes?: string }) =>
    engine.call('job:change', { id: analysis.id, ...part }),
  );
  return (
    <details>
      <summary>Name and notes</summary>
      <div className="biology-details">
        <RenameField
          label="Name of the analysis"
          value={nameOf(analysis)}
          readOnly={readOnly !== null}
          onRename={(name) => change.run({ name })}
        />
        <NotesField notes={analysis.notes} readOnly={readOnly} onSave={(notes) => change.run({ notes })} />
      </div>
    </details>
  );
}
