import { useCallback, useMemo, useState } from 'react';
import type { GeneScore } from '../../../src-shared/contract/calls/result.ts';
import type { EvaluatedMethod } from '../../../src-shared/domain/evaluation.ts';
import { fixed } from '../../../src-shared/plot/format.ts';
import { METRIC_LABELS } from '../../../src-shared/plot/metric-labels.ts';
import { SMALLER_IS_BETTER } from '../../../src-shared/domain/evaluation.ts';
import { axisOf } from '../../components/charts/axis.ts';
import { ChartFrame } from '../../components/charts/ChartFrame.tsx';
import { csvOf } from '../../components/charts/csv.ts';
import { ScatterPlot, type NamedPoint } from '../../components/charts/ScatterPlot.tsx';
import { byGene, type ShownMetric } from './metrics.ts';

interface GeneScatterProps {
  readonly first: EvaluatedMethod;
  readonly second: EvaluatedMethod;
  readonly scores: readonly GeneScore[];
  readonly metric: ShownMetric;
  readonly onGene: (gene: string) => void;
}

/** Dots that a browser draws at once without a stutter. */
const MOST_DOTS = 1000;
const HEIGHT = 400;

/** Two methods gene by gene: above the line the second is higher. */
export function GeneScatter({ first, second, scores, metric, onGene }: GeneScatterProps) {
  const [hovered, setHovered] = useState<NamedPoint | null>(null);
  const points = useMemo(() => pointsOf(first, second, scores, metric), [first, second, scores, metric]);
  const drawn = useMemo(() => spread(points, MOST_DOTS), [points]);
  const axis = useMemo(
    () =>
      axisOf(
        points.flatMap(({ x, y }) => [x, y]),
        false,
        5,
      ),
    [points],
  );
  const hover = useCallback((point: NamedPoint | null) => setHovered(point), []);
  const choose = useCallback((point: NamedPoint) => onGene(point.name), [onGene]);
  const label = METRIC_LABELS[metric].short;
  const better = points.filter(({ x, y }) => (SMALLER_IS_BETTER.has(metric) ? x < y : x > y)).length;
  const count = `${first.title} is better on ${better} of ${points.length} genes`;
  return (
    <ChartFrame
      title={`${label} gene by gene`}
      about="Each dot is a held-out gene; on the dashed line both methods do alike. Click a dot to see the gene on the map."
      height={HEIGHT}
      legend={[]}
      note={
        hovered === null
          ? `${count}${drawn.length < points.length ? `; ${drawn.length} of them are drawn` : ''}`
          : `${hovered.name}: ${first.title} ${fixed(hovered.x, 3)}, ${second.title} ${fixed(hovered.y, 3)}`
      }
      summary={`${count} by ${label}, against ${second.title}.`}
      csv={() =>
        csvOf(
          ['gene', `${first.title} ${metric}`, `${second.title} ${metric}`],
          points.map(({ name, x, y }) => [name, x, y]),
        )
      }
    >
      {(width) => (
        <ScatterPlot
          width={width}
          height={HEIGHT}
          axis={axis}
          xTitle={`${first.title}, ${label}`}
          yTitle={`${second.title}, ${label}`}
          points={drawn}
          onHover={hover}
          onChoose={choose}
        />
      )}
    </ChartFrame>
  );
}

function pointsOf(
  first: EvaluatedMethod,
  second: EvaluatedMethod,
  scores: readonly GeneScore[],
  metric: ShownMetric,
) {
  const others = byGene(scores, second.name, metric);
  return [...byGene(scores, first.name, metric)].flatMap(([name, x]): NamedPoint[] => {
    const y = others.get(name);
    return y === undefined ? [] : [{ name, x, y }];
  });
}

/** At most `most` of the points, evenly over those sorted by their sum, so that the ends stay. */
export function spread(points: readonly NamedPoint[], most: number): readonly NamedPoint[] {
  if (points.length <= most) return points;
  const sorted = [...points].sort((a, b) => a.x + a.y - b.x - b.y);
  return Array.from({ length: most }, (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (most - 1))]!);
}
