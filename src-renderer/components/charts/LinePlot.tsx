import { memo } from 'react';
import { formatTick } from '../../../src-shared/plot/format.ts';
import { linearScale, logScale, type Scale } from '../../../src-shared/plot/scale.ts';
import { PLANE, type Axis } from './axis.ts';

/** One line as it is drawn; few enough points (see lttb). */
export interface PlotLine {
  readonly id: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly colour: string;
  readonly dash?: string | undefined;
  /** Raw values behind their smoothed line. */
  readonly faint?: boolean;
}

export interface PlotMark {
  readonly x: number;
  readonly y: number;
  readonly colour: string;
}

interface LinePlotProps {
  readonly width: number;
  readonly height: number;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly PlotLine[];
  readonly marks?: readonly PlotMark[];
}

const NO_MARKS: readonly PlotMark[] = [];

/**
 * Lines on two axes, one path a line. Ten of these are drawn anew while a run streams, so it makes no element a point
 * and keeps nothing between two drawings; a chart library costs about twenty times as much here.
 */
export const LinePlot = memo(function LinePlot({
  width,
  height,
  x,
  y,
  lines,
  marks = NO_MARKS,
}: LinePlotProps) {
  const right = Math.max(PLANE.left + 1, width - PLANE.right);
  const bottom = height - PLANE.bottom;
  const across = linearScale(x.domain, [PLANE.left, right]);
  const up = (y.log ? logScale : linearScale)(y.domain, [bottom, PLANE.top]);
  return (
    <svg className="plot" width={width} height={height} aria-hidden="true">
      <Axes x={x} y={y} across={across} up={up} right={right} bottom={bottom} />
      {lines.map(({ id, points, colour, dash, faint }) => (
        <path
          key={id}
          d={pathOf(points, across, up)}
          fill="none"
          stroke={colour}
          strokeWidth={faint === true ? 1 : 1.75}
          strokeOpacity={faint === true ? 0.2 : 1}
          strokeDasharray={dash}
          strokeLinejoin="round"
          strokeLinecap={points.length === 1 ? 'round' : 'butt'}
        />
      ))}
      {marks.map((mark) => (
        <circle
          key={`${mark.x} ${mark.y}`}
          className="plot-mark"
          cx={across.at(mark.x)}
          cy={up.at(mark.y)}
          r={4}
          stroke={mark.colour}
        />
      ))}
    </svg>
  );
});

interface AxesProps {
  readonly x: Axis;
  readonly y: Axis;
  readonly across: Scale;
  readonly up: Scale;
  readonly right: number;
  readonly bottom: number;
}

function Axes({ x, y, across, up, right, bottom }: AxesProps) {
  return (
    <>
      {y.ticks.map((tick) => (
        <line key={tick} className="plot-grid" x1={PLANE.left} x2={right} y1={up.at(tick)} y2={up.at(tick)} />
      ))}
      {y.ticks.map((tick) => (
        <text key={tick} className="plot-tick" x={PLANE.left - 6} y={up.at(tick) + 4} textAnchor="end">
          {formatTick(tick)}
        </text>
      ))}
      {x.ticks.map((tick) => (
        <text key={tick} className="plot-tick" x={across.at(tick)} y={bottom + 16} textAnchor="middle">
          {formatTick(tick)}
        </text>
      ))}
      <line className="plot-axis" x1={PLANE.left} x2={right} y1={bottom} y2={bottom} />
    </>
  );
}

/** A single point becomes a dot: a line of no length with round ends. */
function pathOf(points: PlotLine['points'], across: Scale, up: Scale): string {
  let path = '';
  for (const point of points) {
    path += `${path === '' ? 'M' : 'L'}${across.at(point.x).toFixed(1)} ${up.at(point.y).toFixed(1)}`;
  }
  return points.length === 1 ? `${path}h0` : path;
}
