import { memo, useMemo } from 'react';
import { formatTick } from '../../../../src-shared/plot/format.ts';
import { placedLabels, type PlacedLabel } from '../../../../src-shared/plot/place-labels.ts';
import { linearScale, type Scale } from '../../../../src-shared/plot/scale.ts';
import { dotPath, textWidth } from '../../../../src-shared/plot/svg.ts';
import { LABEL_HEIGHT, LABEL_SIZE, PlotLabel } from '../PlotLabel.tsx';
import { namedGenes, nearestDot, visibleDots, type Thresholds, type Volcano } from './volcano.ts';

interface VolcanoPlotProps {
  readonly width: number;
  readonly height: number;
  readonly volcano: Volcano;
  readonly thresholds: Thresholds;
  /** The gene under the pointer; −1 none. */
  readonly hovered: number;
  readonly onHover: (gene: number) => void;
  readonly onChoose: (gene: number) => void;
}

const PLANE = { left: 52, right: 16, top: 20, bottom: 44 };
const MOST_NAMES = 14;
const SIDES = [
  { side: 0, colour: 'var(--border-strong)', opacity: 0.5 },
  { side: -1, colour: 'var(--st)', opacity: 0.8 },
  { side: 1, colour: 'var(--sc)', opacity: 0.8 },
] as const;

/** Correlation against −log₁₀ q, with both thresholds; the most telling genes are named. */
export const VolcanoPlot = memo(function VolcanoPlot(props: VolcanoPlotProps) {
  const { width, height, volcano, thresholds, hovered, onHover, onChoose } = props;
  const plane = useMemo(
    () => ({
      left: PLANE.left,
      right: Math.max(PLANE.left + 40, width - PLANE.right),
      top: PLANE.top,
      bottom: height - PLANE.bottom,
    }),
    [width, height],
  );
  const drawn = useMemo(() => drawingOf(volcano, plane), [volcano, plane]);
  const at = (event: { clientX: number; clientY: number; currentTarget: Element }) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return nearestDot(drawn.x, drawn.y, event.clientX - left, event.clientY - top, 10);
  };
  return (
    <svg
      className={hovered < 0 ? 'plot' : 'plot plot-choice'}
      width={width}
      height={height}
      aria-hidden="true"
      onPointerMove={(event) => onHover(at(event))}
      onPointerLeave={() => onHover(-1)}
      onClick={(event) => {
        const gene = at(event);
        if (gene >= 0) onChoose(gene);
      }}
    >
      <Axes across={drawn.across} up={drawn.up} plane={plane} thresholds={thresholds} />
      {SIDES.map(({ side, colour, opacity }) => (
        <path
          key={side}
          d={drawn.paths.get(side)}
          fill="none"
          stroke={colour}
          strokeWidth={side === 0 ? 3.5 : 5}
          strokeOpacity={opacity}
          strokeLinecap="round"
        />
      ))}
      {drawn.labels.map((label) => (
        <PlotLabel
          key={label.name}
          words={label.name}
          left={label.left}
          top={label.top}
          from={label.isFar ? [label.x, label.y] : null}
        />
      ))}
      {hovered >= 0 && <circle className="plot-ring" cx={drawn.x[hovered]} cy={drawn.y[hovered]} r={6} />}
    </svg>
  );
});

interface PlaneEdges {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function drawingOf(volcano: Volcano, plane: PlaneEdges) {
  const reach = volcano.reach * 1.04;
  const across = linearScale([-reach, reach], [plane.left, plane.right], 6);
  const up = linearScale([0, volcano.top * 1.06], [plane.bottom, plane.top]);
  const x = volcano.r.map((value) => across.at(value));
  const y = volcano.height.map((value) => up.at(value));
  const paths = new Map<number, string>();
  for (const { side } of SIDES) {
    const own = Array.from(volcano.side.keys()).filter((i) => volcano.side[i] === side);
    const seen = visibleDots(
      Float64Array.from(own, (i) => x[i]!),
      Float64Array.from(own, (i) => y[i]!),
    );
    paths.set(side, dotPath(seen.map((i) => [x[own[i]!]!, y[own[i]!]!])));
  }
  return { across, up, x, y, paths, labels: labelsOf(volcano, x, y, plane) };
}

interface NamedLabel extends PlacedLabel {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

function labelsOf(volcano: Volcano, x: Float64Array, y: Float64Array, plane: PlaneEdges): NamedLabel[] {
  const named = namedGenes(volcano, MOST_NAMES);
  const points = named.map((i) => ({
    x: x[i]!,
    y: y[i]!,
    width: textWidth(volcano.genes[i]!, LABEL_SIZE),
    height: LABEL_HEIGHT,
  }));
  const beyond = Array.from(volcano.side.keys()).filter((i) => volcano.side[i] !== 0);
  const dots = Float64Array.from(beyond.flatMap((i) => [x[i]!, y[i]!]));
  return placedLabels(points, dots, 2, plane).map((label) => {
    const gene = named[label.point]!;
    return { ...label, name: volcano.genes[gene]!, x: x[gene]!, y: y[gene]! };
  });
}

interface AxesProps {
  readonly across: Scale;
  readonly up: Scale;
  readonly plane: PlaneEdges;
  readonly thresholds: Thresholds;
}

function Axes({ across, up, plane, thresholds }: AxesProps) {
  const limit = up.at(Math.abs(Math.log10(thresholds.q)));
  return (
    <>
      {up.ticks.map((tick) => (
        <g key={tick}>
          <line className="plot-grid" x1={plane.left} x2={plane.right} y1={up.at(tick)} y2={up.at(tick)} />
          <text className="plot-tick" x={plane.left - 6} y={up.at(tick) + 4} textAnchor="end">
            {formatTick(tick)}
          </text>
        </g>
      ))}
      {across.ticks.map((tick) => (
        <text key={tick} className="plot-tick" x={across.at(tick)} y={plane.bottom + 16} textAnchor="middle">
          {formatTick(tick)}
        </text>
      ))}
      <line className="plot-axis" x1={plane.left} x2={plane.right} y1={plane.bottom} y2={plane.bottom} />
      {limit > plane.top && (
        <line className="plot-limit" x1={plane.left} x2={plane.right} y1={limit} y2={limit} />
      )}
      {[-thresholds.r, thresholds.r].map((r) => (
        <line
          key={r}
          className="plot-limit"
          x1={across.at(r)}
          x2={across.at(r)}
          y1={plane.top}
          y2={plane.bottom}
        />
      ))}
      <text
        className="plot-title"
        x={(plane.left + plane.right) / 2}
        y={plane.bottom + 36}
        textAnchor="middle"
      >
        Correlation r with the neighbour proportion
      </text>
      <text className="plot-title" x={plane.left - 40} y={plane.top - 8}>
        −log₁₀ q
      </text>
    </>
  );
}
