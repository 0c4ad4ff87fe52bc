import { useCallback, useMemo, useState } from 'react';
import type { GeneScore } from '../../../src-shared/contract/calls/result.ts';
import type { EvaluatedMethod } from '../../../src-shared/domain/evaluation.ts';
import { boxStatistics } from '../../../src-shared/plot/box-plot.ts';
import { fixed } from '../../../src-shared/plot/format.ts';
import { KIND_LABELS } from '../../../src-shared/plot/metric-labels.ts';
import { methodColours } from '../../../src-shared/plot/palette.ts';
import { axisOf } from '../../components/charts/axis.ts';
import { BoxPlot, boxPlotHeight, type Box } from '../../components/charts/BoxPlot.tsx';
import { ChartFrame } from '../../components/charts/ChartFrame.tsx';
import { csvOf } from '../../components/charts/csv.ts';
import { byGene, metricTitle, type ShownMetric } from './metrics.ts';

interface BoxesProps {
  readonly methods: readonly EvaluatedMethod[];
  readonly scores: readonly GeneScore[];
  readonly metric: ShownMetric;
}

/** How a metric spreads over the held-out genes, method by method. */
export function Boxes({ methods, scores, metric }: BoxesProps) {
  const [hovered, setHovered] = useState<string | null>(null);
  const hover = useCallback((name: string | null) => setHovered(name), []);
  const { boxes, x } = useMemo(() => drawing(methods, scores, metric), [methods, scores, metric]);
  const box = boxes.find(({ name }) => name === hovered);
  return (
    <ChartFrame
      title={metricTitle(metric)}
      about="The box holds the middle half of the genes, the thick line is the median, dots are genes far from the rest."
      height={boxPlotHeight(boxes.length)}
      legend={[]}
      note={box === undefined ? 'Point at a box for its numbers' : words(box)}
      summary={`${metricTitle(metric)}. ${boxes.map(words).join('; ')}.`}
      csv={() =>
        csvOf(
          ['gene', 'method', metric],
          scores.map((score) => [score.gene, score.method, score[metric]]),
        )
      }
    >
      {(width) => <BoxPlot width={width} boxes={boxes} x={x} onHover={hover} />}
    </ChartFrame>
  );
}

function drawing(methods: readonly EvaluatedMethod[], scores: readonly GeneScore[], metric: ShownMetric) {
  const colours = methodColours(methods);
  const boxes = methods.flatMap(({ name, title, kind }): Box[] => {
    const statistics = boxStatistics([...byGene(scores, name, metric).values()]);
    if (statistics === undefined) return [];
    const words = kind === 'spagene' ? title : `${title} (${KIND_LABELS[kind].toLowerCase()})`;
    return [
      {
        name,
        title: words,
        colour: kind === 'floor' ? 'var(--border-strong)' : colours.get(name)!,
        statistics,
      },
    ];
  });
  const ends = boxes.flatMap(({ statistics: { whiskers, outliers } }) => [...whiskers, ...outliers]);
  return { boxes, x: axisOf(ends, false, 6) };
}

function words({ title, statistics: { median, q1, q3, count } }: Box): string {
  return `${title}: median ${fixed(median, 3)}, middle half ${fixed(q1, 3)} to ${fixed(q3, 3)}, ${count} genes`;
}
