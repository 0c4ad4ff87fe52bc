import type { Estimate } from '../../../src-shared/contract/calls/job.ts';
import type { ProjectState } from '../../../src-shared/domain/project.ts';
import { presetParameters, type HyperparameterName } from '../../../src-shared/domain/run-config.ts';
import { Button } from '../../components/Button.tsx';
import { Note } from '../../components/feedback.tsx';
import { namesIn } from '../../lib/names-in.ts';
import { bytes, counted, duration, whole } from '../../lib/words.ts';
import { parametersOf, type Draft } from './draft.ts';
import { parameterTitle, presetWords } from './titles.ts';

interface SummaryProps {
  readonly project: ProjectState;
  readonly draft: Draft;
  readonly estimate: {
    readonly value: Estimate | null;
    readonly error: string | null;
    readonly waiting: boolean;
  };
  /** Why it cannot be started; undefined when it can. */
  readonly blocked: string | undefined;
  readonly starting: boolean;
  readonly onStart: () => void;
  readonly onReset: () => void;
}

/** What will happen, how long it takes here, and the button that starts it. */
export function Summary({ project, draft, estimate, blocked, starting, onStart, onReset }: SummaryProps) {
  const changes = Object.keys(draft.changes) as HyperparameterName[];
  const preset = presetParameters(draft.preset);
  return (
    <aside className="model-summary" aria-label="What will happen">
      <section className="card stack">
        <h2>This run</h2>
        <p>{outcome(project, draft)}</p>
        <EstimateRows estimate={estimate} />
        {blocked !== undefined && <Note kind="warning">{blocked}</Note>}
        <Button kind="primary" icon="play" blocked={blocked} disabled={starting} onClick={onStart}>
          Start training
        </Button>
      </section>
      <section className="card stack">
        <div className="model-changes-head">
          <h3>Changed from “{presetWords[draft.preset].title}”</h3>
          {changes.length > 0 && (
            <Button kind="quiet" icon="reset" onClick={onReset}>
              Reset all
            </Button>
          )}
        </div>
        {changes.length === 0 && <p className="muted">Nothing: the preset as it is.</p>}
        <ul className="model-changes">
          {changes.map((name) => (
            <li key={name}>
              <span>{parameterTitle(name)}</span>
              <span className="numeric">
                <s className="muted">{shortValue(preset[name])}</s> {shortValue(draft.changes[name]!)}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </aside>
  );
}

function shortValue(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** In plain words: which genes train, how many come out, for how many cells. */
function outcome(project: ProjectState, draft: Draft): string {
  const { spatial, reference, sharedGenes } = project;
  if (spatial === null || reference === null) return '';
  const shared = sharedGenes === null ? 'The shared genes' : counted(sharedGenes, 'shared gene');
  const { 'data.highlyVariable': variable, 'ensemble.members': members } = parametersOf(draft);
  const listed = draft.genes === 'list' ? namesIn(draft.geneList).length : 0;
  const most = draft.genes === 'all' ? reference.genes : variable + (sharedGenes ?? 0) + listed;
  const out = Math.min(reference.genes, most);
  const networks = members === 1 ? 'one network' : `${whole(members)} networks`;
  const number = draft.genes === 'all' ? whole(out) : `up to ${whole(out)}`;
  return `${shared} teach ${networks}; ${number} genes come out for ${counted(spatial.cells, 'cell')}.`;
}

function EstimateRows({ estimate: { value, error, waiting } }: Pick<SummaryProps, 'estimate'>) {
  if (error !== null) return <Note kind="info">How long it takes cannot be said: {error}</Note>;
  return (
    <>
      <dl className={`model-estimate${waiting ? ' is-waiting' : ''}`} aria-busy={waiting}>
        <div>
          <dt>Time</dt>
          <dd className="numeric">{value === null ? '…' : `about ${duration(value.seconds)}`}</dd>
        </div>
        <div>
          <dt>Memory</dt>
          <dd className="numeric">{value === null ? '…' : `about ${bytes(value.memoryBytes)}`}</dd>
        </div>
        <div>
          <dt>Training steps</dt>
          <dd className="numeric">{value === null ? '…' : whole(value.steps)}</dd>
        </div>
      </dl>
      <p className="field-hint model-basis">{value?.basis ?? 'Measuring this machine for a moment.'}</p>
      {value?.warnings.map((warning) => (
        <Note key={warning} kind="warning">
          {warning}
        </Note>
      ))}
    </>
  );
}
