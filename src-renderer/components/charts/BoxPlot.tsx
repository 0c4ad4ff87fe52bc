import { memo } from 'react';
import { Bar, BarChart, CartesianGrid, XAxis, YAxis, type BarShapeProps } from 'recharts';
import { thinned, type BoxStatistics } from '../../../src-shared/plot/box-plot.ts';
import { formatTick } from '../../../src-shared/plot/format.ts';
import type { Axis } from './axis.ts';

/** One box: a name on the left, its statistics along the axis. */
export interface Box {
  readonly name: string;
  readonly title: string;
  readonly colour: string;
  readonly statistics: BoxStatistics;
}

interface BoxPlotProps {
  readonly width: number;
  readonly boxes: readonly Box[];
  readonly x: Axis;
  readonly onHover: (name: string | null) => void;
}

/** Pixels for each box; a plot is as high as its boxes need. */
const ROW = 36;
const AXIS = 28;
const NAMES = 200;
const MOST_OUTLIERS = 80;

export function boxPlotHeight(boxes: number): number {
  return boxes * ROW + AXIS + 8;
}

/** Boxes after Tukey, lying, one a line. */
export const BoxPlot = memo(function BoxPlot({ width, boxes, x, onHover }: BoxPlotProps) {
  const rows = boxes.map((box) => ({ ...box, range: rangeOf(box) }));
  return (
    <BarChart
      layout="vertical"
      width={width}
      height={boxPlotHeight(boxes.length)}
      data={rows}
      margin={{ left: 0, right: 16, top: 4, bottom: 4 }}
      accessibilityLayer={false}
    >
      <CartesianGrid horizontal={false} stroke="var(--border)" />
      <XAxis
        type="number"
        domain={[...x.domain]}
        ticks={x.ticks}
        height={AXIS}
        tick={{ fill: 'var(--muted)', fontSize: 11 }}
        tickLine={false}
        stroke="var(--border-strong)"
        tickFormatter={formatTick}
        allowDataOverflow
      />
      <YAxis
        type="category"
        dataKey="title"
        width={NAMES}
        interval={0}
        tick={{ fill: 'var(--text)', fontSize: 12, width: NAMES - 8 }}
        tickLine={false}
        axisLine={false}
      />
      <Bar
        dataKey="range"
        isAnimationActive={false}
        shape={BoxShape}
        onMouseEnter={(row: { payload?: Box }) => onHover(row.payload?.name ?? null)}
        onMouseLeave={() => onHover(null)}
      />
    </BarChart>
  );
});

/** From the lowest to the highest value. */
function rangeOf({ statistics: { whiskers, outliers } }: Box): [number, number] {
  return [
    Math.min(whiskers[0], outliers[0] ?? Infinity),
    Math.max(whiskers[1], outliers.at(-1) ?? -Infinity),
  ];
}

function BoxShape(props: BarShapeProps) {
  const { x, y, width, height } = props;
  const { statistics, colour, range } = props.payload as Box & { readonly range: [number, number] };
  const [low, high] = range;
  const at = (value: number) => (high === low ? x : x + ((value - low) / (high - low)) * width);
  const middle = y + height / 2;
  const half = Math.min(9, height / 2);
  const { q1, median, q3, whiskers, outliers } = statistics;
  return (
    <g>
      <rect x={x} y={y} width={Math.max(width, 1)} height={height} fill="transparent" />
      <line x1={at(whiskers[0])} x2={at(q1)} y1={middle} y2={middle} stroke={colour} />
      <line x1={at(q3)} x2={at(whiskers[1])} y1={middle} y2={middle} stroke={colour} />
      {whiskers.map((value, i) => (
        <line key={i} x1={at(value)} x2={at(value)} y1={middle - 4} y2={middle + 4} stroke={colour} />
      ))}
      <rect
        x={at(q1)}
        y={middle - half}
        width={Math.max(at(q3) - at(q1), 1)}
        height={2 * half}
        fill={colour}
        fillOpacity={0.25}
        stroke={colour}
      />
      <line
        x1={at(median)}
        x2={at(median)}
        y1={middle - half}
        y2={middle + half}
        stroke="var(--text)"
        strokeWidth={2}
      />
      {Array.from(thinned(outliers, MOST_OUTLIERS), (value, i) => (
        <circle key={i} cx={at(value)} cy={middle} r={1.75} fill={colour} />
      ))}
    </g>
  );
}
