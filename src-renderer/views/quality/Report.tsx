import { useMemo } from 'react';
import type { GeneScore } from '../../../src-shared/contract/calls/result.ts';
import type { EvaluationReport } from '../../../src-shared/domain/evaluation.ts';
import { fixed } from '../../../src-shared/plot/format.ts';
import { METRIC_LABELS } from '../../../src-shared/plot/metric-labels.ts';
import { Segmented, Select } from '../../components/fields.tsx';
import { Note } from '../../components/feedback.tsx';
import { whole } from '../../lib/words.ts';
import { Boxes } from './Boxes.tsx';
import { geneRows } from './gene-rows.ts';
import { GeneScatter } from './GeneScatter.tsx';
import { GeneTable } from './GeneTable.tsx';
import { pairOf, scoredMethods, SHOWN_METRICS } from './metrics.ts';
import { Tables } from './Tables.tsx';
import type { QualityView } from './view-state.ts';

interface ReportProps {
  readonly report: EvaluationReport;
  readonly scores: readonly GeneScore[];
  readonly view: QualityView;
  readonly onView: (part: Partial<QualityView>) => void;
  readonly onGene: (gene: string) => void;
}

/** What came out: the verdict first, then the numbers behind it. */
export function Report({ report, scores, view, onView, onGene }: ReportProps) {
  const methods = useMemo(() => scoredMethods(report, scores), [report, scores]);
  const pair = pairOf(report, methods, view.first, view.second);
  return (
    <div className="quality-report">
      <Verdict sentences={report.verdict} />
      <Facts report={report} />
      {report.warnings.map((warning) => (
        <Note key={warning} kind="warning">
          {warning}
        </Note>
      ))}
      {pair === undefined ? (
        <Note kind="warning">No gene was scored, so there is nothing to draw.</Note>
      ) : (
        <Figures
          report={report}
          scores={scores}
          view={view}
          methods={methods}
          pair={pair}
          onView={onView}
          onGene={onGene}
        />
      )}
    </div>
  );
}

/** Every sentence in the same size, whether it pleases or not. */
function Verdict({ sentences }: { readonly sentences: readonly string[] }) {
  return (
    <section className="quality-verdict" aria-label="Verdict">
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </section>
  );
}

function Facts({ report }: { readonly report: EvaluationReport }) {
  const { expected } = report;
  return (
    <p className="muted numeric">
      {report.genes.length} genes in {report.foldsRun.length} of {report.folds} parts, {report.seeds.length}{' '}
      {report.seeds.length === 1 ? 'repeat' : 'repeats'}; {whole(report.cells.spatial)} spatial and{' '}
      {whole(report.cells.reference)} reference cells.
      {expected !== null &&
        ` What SpaGene expected of a gene before looking was off by ${fixed(expected.meanAbsoluteError, 2)} on average, and ranked the genes with a correlation of ${fixed(expected.spearman, 2)} (${expected.genes} genes).`}
    </p>
  );
}

interface FiguresProps extends ReportProps {
  readonly methods: ReturnType<typeof scoredMethods>;
  readonly pair: NonNullable<ReturnType<typeof pairOf>>;
}

function Figures({ report, scores, view, methods, pair: [first, second], onView, onGene }: FiguresProps) {
  const rows = useMemo(() => geneRows(scores, first.name, second.name), [scores, first, second]);
  const options = methods.map(({ name, title }) => ({ value: name, label: title }));
  return (
    <>
      <div className="quality-controls">
        <Segmented
          label="Metric"
          value={view.metric}
          options={SHOWN_METRICS.map((value) => ({ value, label: METRIC_LABELS[value].short }))}
          onChange={(metric) => onView({ metric })}
        />
        <Select
          label="Method"
          value={first.name}
          options={options}
          onChange={(name) => onView({ first: name })}
        />
        <Select
          label="Against"
          value={second.name}
          options={options}
          onChange={(name) => onView({ second: name })}
        />
      </div>
      <div className="quality-figures">
        <Boxes methods={methods} scores={scores} metric={view.metric} />
        <GeneScatter first={first} second={second} scores={scores} metric={view.metric} onGene={onGene} />
      </div>
      <GeneTable rows={rows} method={first.title} other={second.title} onGene={onGene} />
      <div className="quality-tables">
        <Tables report={report} metric={view.metric} />
      </div>
    </>
  );
}
