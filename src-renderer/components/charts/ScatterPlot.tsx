import { memo } from 'react';
import {
  CartesianGrid,
  Label,
  ReferenceLine,
  Scatter,
  ScatterChart,
  XAxis,
  YAxis,
  type ScatterShapeProps,
} from 'recharts';
import { formatTick } from '../../../src-shared/plot/format.ts';
import { wrapped } from '../../../src-shared/plot/svg.ts';
import type { Axis } from './axis.ts';

export interface NamedPoint {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

interface ScatterPlotProps {
  readonly width: number;
  readonly height: number;
  /** The same for both directions, so that the line of equal values is the diagonal. */
  readonly axis: Axis;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly points: readonly NamedPoint[];
  /** Words in the corner below the line. */
  readonly caption?: string;
  readonly onHover: (point: NamedPoint | null) => void;
  readonly onChoose: (point: NamedPoint) => void;
}

const TICK = { fill: 'var(--muted)', fontSize: 11 };
const LABEL = { fill: 'var(--text)', fontSize: 12 };

/** Named dots on two axes of the same kind, with the line on which both values are equal. */
export const ScatterPlot = memo(function ScatterPlot(props: ScatterPlotProps) {
  const { width, height, axis, xTitle, yTitle, points, caption, onHover, onChoose } = props;
  const [low, high] = axis.domain;
  const shared = {
    type: 'number',
    domain: [low, high],
    ticks: axis.ticks,
    tick: TICK,
    tickLine: false,
    tickFormatter: formatTick,
    stroke: 'var(--border-strong)',
    allowDataOverflow: true,
  } as const;
  const pointOf = (entry: { payload?: unknown }) => entry.payload as NamedPoint;
  return (
    <ScatterChart
      width={width}
      height={height}
      margin={{ left: 8, right: 16, top: 8, bottom: 20 }}
      accessibilityLayer={false}
    >
      <CartesianGrid stroke="var(--border)" />
      <XAxis {...shared} dataKey="x" height={28}>
        <Label value={xTitle} position="bottom" offset={0} {...LABEL} />
      </XAxis>
      <YAxis {...shared} dataKey="y" width={56}>
        <Label value={yTitle} position="insideLeft" angle={-90} offset={4} textAnchor="middle" {...LABEL} />
      </YAxis>
      <ReferenceLine
        segment={[
          { x: low, y: low },
          { x: high, y: high },
        ]}
        stroke="var(--border-strong)"
        strokeDasharray="4 3"
      />
      <Scatter
        data={points}
        isAnimationActive={false}
        shape={Dot}
        onMouseEnter={(entry: { payload?: unknown }) => onHover(pointOf(entry))}
        onMouseLeave={() => onHover(null)}
        onClick={(entry: { payload?: unknown }) => onChoose(pointOf(entry))}
      />
      {caption !== undefined && <Caption width={width} height={height} words={caption} />}
    </ScatterChart>
  );
});

function Dot({ cx, cy }: ScatterShapeProps) {
  return (
    <g className="chart-dot">
      <circle cx={cx} cy={cy} r={7} fill="transparent" />
      <circle cx={cx} cy={cy} r={3} fill="var(--accent)" fillOpacity={0.65} />
    </g>
  );
}

interface CaptionProps {
  readonly width: number;
  readonly height: number;
  readonly words: string;
}

/** Two lines at most, above the end of the horizontal axis. */
function Caption({ width, height, words }: CaptionProps) {
  const lines = wrapped(words, Math.max(120, 0.6 * (width - 72)), 12);
  return (
    <>
      {lines.map((line, i) => (
        <text
          key={line}
          x={width - 24}
          y={height - 60 - 16 * (lines.length - 1 - i)}
          textAnchor="end"
          fontSize={12}
          fill="var(--muted)"
        >
          {line}
        </text>
      ))}
    </>
  );
}
