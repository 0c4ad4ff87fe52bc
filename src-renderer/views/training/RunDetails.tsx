import type { RunRecord } from '../../../src-shared/domain/project.ts';
import { hyperparameters } from '../../../src-shared/domain/hyperparameters.ts';
import { presetParameters, type HyperparameterName } from '../../../src-shared/domain/run-config.ts';
import { LogView } from '../../frame/job-bar/LogView.tsx';
import type { Log } from '../../frame/job-bar/use-log.ts';
import { parameterTitle, presetWords } from '../model/titles.ts';
import { NotesField } from './NotesField.tsx';

interface RunDetailsProps {
  readonly run: RunRecord;
  readonly log: Log;
  readonly readOnly: string | null;
  readonly onNotes: (notes: string) => void;
}

/** Notes, what was set differently, and the log. */
export function RunDetails({ run, log, readOnly, onNotes }: RunDetailsProps) {
  return (
    <div className="training-details">
      <section className="card" aria-label="Notes">
        <h2>Notes</h2>
        <NotesField key={run.id} notes={run.notes} readOnly={readOnly} onSave={onNotes} />
      </section>
      <section className="card" aria-label="Settings">
        <h2>Settings</h2>
        <Settings run={run} />
      </section>
      <section className="card training-log" aria-label="Log">
        <h2>Log</h2>
        <LogView log={log} label="Log of this run" />
      </section>
    </div>
  );
}

/** The hyperparameters that differ from the preset's. */
function Settings({ run }: { readonly run: RunRecord }) {
  const usual = presetParameters(run.preset);
  const changed = Object.entries(run.parameters).filter(
    (entry): entry is [HyperparameterName, RunRecord['parameters'][string]] =>
      Object.hasOwn(hyperparameters, entry[0]),
  );
  const { title } = presetWords[run.preset];
  if (changed.length === 0) return <p className="muted">As the preset “{title}” has them.</p>;
  return (
    <>
      <p className="muted small">As the preset “{title}” has them, but for these:</p>
      <table className="training-settings numeric">
        <thead>
          <tr>
            <th scope="col">Setting</th>
            <th scope="col">This run</th>
            <th scope="col">Preset</th>
          </tr>
        </thead>
        <tbody>
          {changed.map(([name, value]) => (
            <tr key={name}>
              <th scope="row" title={hyperparameters[name].meaning}>
                {parameterTitle(name)}
              </th>
              <td>{valueText(value)}</td>
              <td className="muted">{valueText(usual[name])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function valueText(value: number | string | readonly number[]): string {
  return typeof value === 'object' ? value.join(', ') : String(value);
}
