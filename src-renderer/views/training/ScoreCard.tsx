import { useCallback } from 'react';
import { fixed } from '../../../src-shared/plot/format.ts';
import { axisOf, EMPTY_AXIS, PLANE, stepAxis } from '../../components/charts/axis.ts';
import { ChartFrame } from '../../components/charts/ChartFrame.tsx';
import { CursorLayer } from '../../components/charts/CursorLayer.tsx';
import { LinePlot } from '../../components/charts/LinePlot.tsx';
import { useRedraw } from '../../components/charts/redraw.ts';
import { counted } from '../../lib/words.ts';
import type { BestScore } from '../../store/losses/run-losses.ts';
import { valueAt } from './curves.ts';
import type { LossChartProps } from './LossChart.tsx';
import { curvesOf, linesOf, stepsOf } from './term-lines.ts';
import type { TermChart } from './terms.ts';

export const scoreChart: TermChart = {
  id: 'score',
  title: 'Held-out score',
  about:
    'Mean correlation of imputed with measured values, over genes that this network never saw. 1 is perfect.',
  group: 'translation',
  curves: [{ curve: 'score', stage: 'translation', domain: 'both' }],
};

interface ScoreCardProps extends Omit<LossChartProps, 'chart' | 'log' | 'smoothing'> {
  /** Score of the finished run, which stays when its curves are gone. */
  readonly score: number | null;
  readonly members: number;
}

const HEIGHT = 168;
/** Correlation that the axis spans at least, so that a trifle does not look like a leap. */
const LEAST_SPAN = 0.05;

/** How well genes are imputed that were set aside: the best value large, its epoch, and the way there. */
export function ScoreCard({ store, runs, member, members, score, cursor, onCursor, csv }: ScoreCardProps) {
  const key = runs.map(({ id }) => id).join(' ');
  const follow = useCallback((changed: () => void) => store.subscribe(changed), [store]);
  useRedraw(follow);
  const drawn = runs.map((run) => ({ ...run, losses: store.of(run.id) }));
  const curves = curvesOf(scoreChart, drawn, member);
  const lines = linesOf(curves, 0);
  const best = drawn[0]?.losses?.best(member);
  const marks = drawn.flatMap(({ losses }, i) => {
    const top = losses?.best(member);
    return top === undefined ? [] : [{ x: top.step, y: top.score, colour: curves[i]!.colour }];
  });
  const x = stepAxis(stepsOf(drawn, scoreChart));
  const values = lines.flatMap(({ points }) => points.map((point) => point.y));
  const shown = drawn[0]?.losses?.score ?? score;
  return (
    <div className="training-score">
      <ChartFrame
        key={key}
        title={scoreChart.title}
        about={scoreChart.about}
        figure={`Held-out score over training steps, network ${member + 1}`}
        height={HEIGHT}
        legend={
          runs.length === 1
            ? []
            : curves.map((curve) => ({ ...curve, value: score3(valueAt(curve.series, cursor)) }))
        }
        summary={`${scoreChart.about} Best: ${shown === null ? 'none yet' : score3(shown)}.`}
        csv={() => csv(scoreChart)}
        actions={
          <span className="small muted numeric">
            {cursor !== null &&
              runs.length === 1 &&
              `${score3(valueAt(curves[0]?.series, cursor))} at step ${cursor + 1}`}
          </span>
        }
        lead={
          <ScoreWords
            shown={shown}
            best={best}
            member={member}
            scored={members > 1 ? (drawn[0]?.losses?.scored ?? 0) : 0}
          />
        }
        overlay={
          lines.length === 0 ? (
            <div className="chart-empty small">
              {score === null
                ? 'The first look at the genes set aside comes with the translation'
                : 'Its course was not kept'}
            </div>
          ) : undefined
        }
      >
        {(width) => (
          <>
            <LinePlot
              width={width}
              height={HEIGHT}
              x={x}
              y={values.length === 0 ? EMPTY_AXIS : axisOf([...values, Math.max(...values) - LEAST_SPAN])}
              lines={lines}
              marks={marks}
            />
            <CursorLayer plane={PLANE} width={width} domain={x.domain} at={cursor} onMove={onCursor} />
          </>
        )}
      </ChartFrame>
    </div>
  );
}

interface ScoreWordsProps {
  readonly shown: number | null;
  readonly best: BestScore | undefined;
  readonly member: number;
  /** Networks whose best scores are averaged; 0 where there is only one. */
  readonly scored: number;
}

function ScoreWords({ shown, best, member, scored }: ScoreWordsProps) {
  return (
    <div className="training-best numeric">
      <span className="training-best-value">{shown === null ? '–' : score3(shown)}</span>
      <span className="muted small">
        {shown === null
          ? 'not known yet'
          : scored > 0
            ? `mean of ${counted(scored, 'network')} alone`
            : 'best of the network alone'}
      </span>
      <span className="muted small">
        {best !== undefined &&
          (scored > 0
            ? `network ${member + 1}: ${score3(best.score)}, epoch ${best.epoch + 1}`
            : `in epoch ${best.epoch + 1}`)}
      </span>
    </div>
  );
}

function score3(value: number | undefined): string {
  return value === undefined ? '–' : fixed(value, 3);
}
