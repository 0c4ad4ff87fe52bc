import type { EvaluationRecord, RunRecord } from '../../../src-shared/domain/project.ts';
import { Button } from '../../components/Button.tsx';
import { Note } from '../../components/feedback.tsx';
import { Select } from '../../components/fields.tsx';
import { counted } from '../../lib/words.ts';
import { CopyText } from './CopyText.tsx';
import { CsvCard } from './CsvCard.tsx';
import { ExportItems } from './ExportItems.tsx';
import type { GeneTable } from './gene-choice.ts';
import { snippets } from './snippets.ts';
import type { ExportItem } from './use-exports.ts';

export interface ExportProps {
  readonly runs: readonly RunRecord[];
  readonly evaluations: readonly EvaluationRecord[];
  readonly run: RunRecord | null;
  readonly genes: GeneTable | null;
  readonly items: readonly ExportItem[];
  readonly shell: 'electron' | 'browser';
  readonly onRun: (id: string) => void;
  readonly onH5ad: () => void;
  readonly onCsv: (genes: string[] | undefined) => void;
  readonly onConfig: () => void;
  readonly onReport: (evaluation: EvaluationRecord) => void;
  readonly onCancel: (ticket: string) => void;
  readonly onReveal: (path: string) => void;
  readonly onGo: (view: 'map' | 'quality') => void;
}

/** Everything that leaves the app, and how it is opened elsewhere. */
export function Export(props: ExportProps) {
  const { run, runs, items } = props;
  const written = items.find(({ format, result }) => format === 'h5ad' && result !== null)?.result?.path;
  return (
    <div className="export">
      <header className="export-head">
        <h1>Export</h1>
        {runs.length > 1 && run && (
          <Select
            label="Run"
            hideLabel
            value={run.id}
            options={[...runs].reverse().map(({ id, name }) => ({ value: id, label: name }))}
            onChange={props.onRun}
          />
        )}
      </header>
      {run?.stale === true && (
        <Note kind="warning">
          The data of this project have changed since this run; its result is of the earlier data.
        </Note>
      )}
      <div className="export-columns">
        <div className="stack">
          {run && <RunCards {...props} run={run} />}
          <Reports evaluations={props.evaluations} onReport={props.onReport} />
          <section className="card stack" aria-labelledby="export-figures">
            <h2 id="export-figures">Figures</h2>
            <p className="muted">Pictures are saved where they are shown, as SVG for print or PNG.</p>
            <div className="row">
              <Button icon="map" onClick={() => props.onGo('map')}>
                Maps
              </Button>
              <Button icon="quality" onClick={() => props.onGo('quality')}>
                Quality plots
              </Button>
            </div>
          </section>
        </div>
        <div className="stack">
          <ExportItems
            items={items}
            shell={props.shell}
            onCancel={props.onCancel}
            onReveal={props.onReveal}
          />
          {run && (
            <section className="card stack" aria-labelledby="export-open">
              <h2 id="export-open">Open it in</h2>
              {snippets(written ?? 'imputed.h5ad').map(({ title, code }) => (
                <div key={title} className="stack">
                  <h3>{title}</h3>
                  <CopyText label={title} text={code} />
                </div>
              ))}
            </section>
          )}
        </div>
      </div>
    </div>
  );
}

function RunCards(props: ExportProps & { readonly run: RunRecord }) {
  const result = props.run.result!;
  return (
    <>
      <section className="card stack" aria-labelledby="export-h5ad">
        <h2 id="export-h5ad">For Scanpy and Seurat</h2>
        <p className="muted">
          One .h5ad with {counted(result.genes, 'imputed gene')} for {counted(result.cells, 'cell')}: the
          measured values of the panel, positions, the networks’ codes, and how far each gene can be trusted.
        </p>
        {props.run.trust !== null && <p>{props.run.trust}</p>}
        <div className="row">
          <Button kind="primary" icon="export" onClick={props.onH5ad}>
            Write .h5ad
          </Button>
        </div>
      </section>
      <CsvCard key={props.run.id} table={props.genes} cells={result.cells} onWrite={props.onCsv} />
      <section className="card stack" aria-labelledby="export-config">
        <h2 id="export-config">Settings</h2>
        <p className="muted">A config.json, and the command that repeats this run without the app.</p>
        <div className="row">
          <Button icon="export" onClick={props.onConfig}>
            Write settings
          </Button>
        </div>
      </section>
    </>
  );
}

function Reports({ evaluations, onReport }: Pick<ExportProps, 'evaluations' | 'onReport'>) {
  return (
    <section className="card stack" aria-labelledby="export-reports">
      <h2 id="export-reports">Reports</h2>
      {evaluations.length === 0 && <p className="muted">A report comes with an evaluation, in Quality.</p>}
      {[...evaluations].reverse().map((evaluation) => (
        <div key={evaluation.id} className="row export-report">
          <span>{evaluation.name}</span>
          <Button icon="export" onClick={() => onReport(evaluation)}>
            Write report
          </Button>
        </div>
      ))}
    </section>
  );
}
