import { memo } from 'react';
import { fixed, formatCount, formatTick } from '../../../../src-shared/plot/format.ts';
import { linearScale, type Scale } from '../../../../src-shared/plot/scale.ts';
import { densityAt, type Ridge } from './ridges.ts';

interface RidgePlotProps {
  readonly width: number;
  readonly ridges: readonly Ridge[];
  /** Pseudotime under the pointer; null hides the line. */
  readonly at: number | null;
  readonly onMove: (time: number | null) => void;
}

const NAMES = 132;
const RIGHT = 16;
const TOP = 36;
const BOTTOM = 44;
/** Pixels between two base lines, and those that the highest ridge takes. */
const STEP = 52;
const TALL = 84;

export function ridgePlotHeight(ridges: number): number {
  return TOP + BOTTOM + STEP * Math.max(1, ridges) + (TALL - STEP) / 2;
}

/** Densities one below the other, on one axis and one scale of density; a tick marks each median. */
export const RidgePlot = memo(function RidgePlot({ width, ridges, at, onMove }: RidgePlotProps) {
  const height = ridgePlotHeight(ridges.length);
  const right = Math.max(NAMES + 40, width - RIGHT);
  const across = linearScale(rangeOf(ridges), [NAMES, right]);
  const highest = Math.max(Number.MIN_VALUE, ...ridges.flatMap(({ density }) => [...density]));
  const bottom = height - BOTTOM;
  const baseOf = (i: number) => bottom - STEP * (ridges.length - 1 - i) - 6;
  return (
    <svg
      className="plot"
      width={width}
      height={height}
      aria-hidden="true"
      onPointerMove={(event) => {
        const share =
          (event.clientX - event.currentTarget.getBoundingClientRect().left - NAMES) / (right - NAMES);
        const [low, high] = across.domain;
        onMove(share < 0 || share > 1 ? null : low + share * (high - low));
      }}
      onPointerLeave={() => onMove(null)}
    >
      {across.ticks.map((tick) => (
        <g key={tick}>
          <line className="plot-grid" x1={across.at(tick)} x2={across.at(tick)} y1={8} y2={bottom} />
          <text className="plot-tick" x={across.at(tick)} y={bottom + 16} textAnchor="middle">
            {formatTick(tick)}
          </text>
        </g>
      ))}
      {ridges.map((ridge, i) => (
        <RidgeShape
          key={ridge.group}
          ridge={ridge}
          base={baseOf(i)}
          across={across}
          tall={TALL / highest}
          right={right}
        />
      ))}
      {at !== null && (
        <line className="plot-limit" x1={across.at(at)} x2={across.at(at)} y1={8} y2={bottom} />
      )}
      <text className="plot-title" x={(NAMES + right) / 2} y={bottom + 36} textAnchor="middle">
        Pseudotime
      </text>
    </svg>
  );
});

interface RidgeShapeProps {
  readonly ridge: Ridge;
  readonly base: number;
  readonly across: Scale;
  /** Pixels for a density of 1. */
  readonly tall: number;
  readonly right: number;
}

function RidgeShape({ ridge, base, across, tall, right }: RidgeShapeProps) {
  const { group, cells, median, colour, x, density } = ridge;
  const edge = Array.from(x, (time, i) => {
    return `${across.at(time).toFixed(1)} ${(base - tall * density[i]!).toFixed(1)}`;
  });
  const outline = x.length === 0 ? '' : `M${edge.join('L')}`;
  const area =
    x.length === 0
      ? ''
      : `M${across.at(x[0]!).toFixed(1)} ${base}L${edge.join('L')}L${across.at(x[x.length - 1]!).toFixed(1)} ${base}Z`;
  return (
    <g>
      <path d={area} fill={colour} fillOpacity={0.8} />
      <path d={outline} className="ridge-outline" />
      <line className="plot-axis" x1={NAMES} x2={right} y1={base} y2={base} />
      {median !== null && (
        <line
          className="ridge-median"
          x1={across.at(median)}
          x2={across.at(median)}
          y1={base}
          y2={base - Math.max(8, tall * densityAt(ridge, median))}
        />
      )}
      <text className="plot-title ridge-name" x={NAMES - 10} y={base - 16} textAnchor="end">
        {group}
      </text>
      <text className="plot-tick" x={NAMES - 10} y={base - 1} textAnchor="end">
        {cells === null ? '' : `n ${formatCount(cells)}`}
        {median === null ? '' : ` · median ${fixed(median, 2)}`}
      </text>
    </g>
  );
}

function rangeOf(ridges: readonly Ridge[]): [number, number] {
  const ends = ridges.flatMap(({ x }) => (x.length === 0 ? [] : [x[0]!, x[x.length - 1]!]));
  return ends.length === 0 ? [0, 1] : [Math.min(...ends), Math.max(...ends)];
}
