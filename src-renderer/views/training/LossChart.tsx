import { useCallback, useMemo } from 'react';
import { fixed } from '../../../src-shared/plot/format.ts';
import { axisOf, EMPTY_AXIS, PLANE, stepAxis } from '../../components/charts/axis.ts';
import { ChartFrame } from '../../components/charts/ChartFrame.tsx';
import { CursorLayer } from '../../components/charts/CursorLayer.tsx';
import { LinePlot } from '../../components/charts/LinePlot.tsx';
import { useRedraw } from '../../components/charts/redraw.ts';
import type { LossStore } from '../../store/losses.ts';
import { valueAt } from './curves.ts';
import { curvesOf, linesOf, stepsOf, type TermCurve } from './term-lines.ts';
import type { TermChart } from './terms.ts';

export interface LossChartProps {
  readonly chart: TermChart;
  readonly store: LossStore;
  /** Runs drawn, by id and name; more than one are compared. */
  readonly runs: readonly { readonly id: string; readonly name: string }[];
  readonly member: number;
  readonly log: boolean;
  readonly smoothing: number;
  /** Step that the reader points at, in any chart of the same stage. */
  readonly cursor: number | null;
  readonly onCursor: (step: number | null) => void;
  readonly csv: (chart: TermChart) => Promise<string>;
}

const HEIGHT = 148;

/** A loss term over the steps; drawn anew as points arrive, four times a second at most. */
export function LossChart({
  chart,
  store,
  runs,
  member,
  log,
  smoothing,
  cursor,
  onCursor,
  csv,
}: LossChartProps) {
  const { curves, lines, x, y } = useDrawing({ chart, store, runs, member, log, smoothing });
  const fallen = log && !y.log && lines.length > 0;
  return (
    <ChartFrame
      title={chart.title}
      about={chart.about}
      figure={`${chart.title} over training steps, network ${member + 1}`}
      height={HEIGHT}
      legend={curves.map((curve) => ({ ...curve, value: formatLoss(valueAt(curve.series, cursor)) }))}
      summary={summaryOf(chart, curves)}
      csv={() => csv(chart)}
      actions={
        <span className="small muted numeric">
          {cursor !== null ? `step ${cursor + 1}` : fallen ? 'linear: not above 0' : ''}
        </span>
      }
      overlay={
        lines.length === 0 ? (
          <div className="chart-empty small">
            {chart.group === 'translation' ? 'Begins with the translation' : 'No points yet'}
          </div>
        ) : undefined
      }
    >
      {(width) => (
        <>
          <LinePlot width={width} height={HEIGHT} x={x} y={y} lines={lines} />
          <CursorLayer plane={PLANE} width={width} domain={x.domain} at={cursor} onMove={onCursor} />
        </>
      )}
    </ChartFrame>
  );
}

type Drawing = Pick<LossChartProps, 'chart' | 'store' | 'runs' | 'member' | 'log' | 'smoothing'>;

function useDrawing({ chart, store, runs, member, log, smoothing }: Drawing) {
  const key = runs.map(({ id }) => id).join(' ');
  const follow = useCallback(
    (changed: () => void) =>
      store.subscribe((ids) => {
        if (key.split(' ').some((id) => ids.has(id))) changed();
      }),
    [store, key],
  );
  useRedraw(follow);
  const drawn = runs.map((run) => ({ ...run, losses: store.of(run.id) }));
  const curves = curvesOf(chart, drawn, member);
  const steps = stepsOf(drawn, chart);
  // A drawing stays as it is while its own curves do, such as those of a stage that has ended.
  const signature = JSON.stringify([
    curves.map(({ id, label, colour, series }) => [id, label, colour, series?.length, series?.lastStep]),
    steps,
    log,
    smoothing,
  ]);
  return useMemo(() => {
    const lines = linesOf(curves, smoothing);
    const values = lines.flatMap(({ points }) => points.map((point) => point.y));
    return { curves, lines, x: stepAxis(steps), y: values.length === 0 ? EMPTY_AXIS : axisOf(values, log) };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the signature stands for all of them
  }, [signature]);
}

/** Four significant digits, so that a loss of 0.01 says as much as one of 100. */
export function formatLoss(value: number | undefined): string {
  if (value === undefined) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return value.toExponential(2).replaceAll('-', '−');
  return fixed(value, size >= 100 ? 1 : size >= 1 ? 3 : 4);
}

function summaryOf({ title, about }: TermChart, curves: readonly TermCurve[]): string {
  const values = curves.map(({ label, series }) => `${label} ${formatLoss(valueAt(series, null))}`);
  return `${title}: ${about} Newest: ${values.join(', ')}.`;
}
