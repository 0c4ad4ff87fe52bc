import type { EvaluationReport } from '../../../src-shared/domain/evaluation.ts';
import { fixed, formatP } from '../../../src-shared/plot/format.ts';
import { KIND_LABELS, METRIC_LABELS } from '../../../src-shared/plot/metric-labels.ts';
import { duration } from '../../lib/words.ts';
import type { ShownMetric } from './metrics.ts';

interface TablesProps {
  readonly report: EvaluationReport;
  readonly metric: ShownMetric;
}

/** Means with their intervals, and tests between methods, for one metric; and what each method is. */
export function Tables({ report, metric }: TablesProps) {
  return (
    <>
      <Summary report={report} metric={metric} />
      <Comparisons report={report} metric={metric} />
      <Methods report={report} />
    </>
  );
}

const titleIn = (report: EvaluationReport) => (name: string) =>
  report.methods.find((method) => method.name === name)?.title ?? name;

function Summary({ report, metric }: TablesProps) {
  const title = titleIn(report);
  return (
    <section className="card" aria-label="Means">
      <h2>{METRIC_LABELS[metric].short} over genes</h2>
      <table className="quality-plain numeric">
        <thead>
          <tr>
            <th scope="col">Method</th>
            <th scope="col">Mean</th>
            <th scope="col">95 % interval</th>
            <th scope="col">Median</th>
            <th scope="col">Genes</th>
          </tr>
        </thead>
        <tbody>
          {report.summary
            .filter((row) => row.metric === metric)
            .map((row) => (
              <tr key={row.method}>
                <th scope="row">{title(row.method)}</th>
                <td>{fixed(row.mean, 3)}</td>
                <td>
                  {fixed(row.low, 3)} to {fixed(row.high, 3)}
                </td>
                <td>{fixed(row.median, 3)}</td>
                <td>{row.genes}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}

function Comparisons({ report, metric }: TablesProps) {
  const title = titleIn(report);
  const rows = report.comparisons.filter((row) => row.metric === metric);
  if (rows.length === 0) return null;
  return (
    <section className="card" aria-label="Tests">
      <h2>{title(rows[0]!.a)} against the others, gene by gene</h2>
      <table className="quality-plain numeric">
        <thead>
          <tr>
            <th scope="col">Against</th>
            <th scope="col">Better on</th>
            <th scope="col">Mean difference</th>
            <th
              scope="col"
              title="Wilcoxon’s signed-rank test, two-sided, corrected for the number of comparisons"
            >
              p after Holm
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.b}>
              <th scope="row">{title(row.b)}</th>
              <td>
                {row.wins} of {row.genes} genes
              </td>
              <td>{fixed(row.meanDifference, 3)}</td>
              <td>{formatP(row.pHolm)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Methods({ report }: { readonly report: EvaluationReport }) {
  return (
    <section className="card" aria-label="Methods">
      <h2>Methods</h2>
      <dl className="quality-sources">
        {report.methods.map(({ name, title, kind, source, departures, secondsPerFold }) => (
          <div key={name}>
            <dt>
              {title} <span className="muted small">{KIND_LABELS[kind]}</span>
            </dt>
            <dd>
              <p>{source}</p>
              {departures.length > 0 && (
                <ul>
                  {departures.map((departure) => (
                    <li key={departure}>{departure}</li>
                  ))}
                </ul>
              )}
              {Number.isFinite(secondsPerFold) && (
                <p className="muted small numeric">{duration(secondsPerFold)} for each part</p>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
