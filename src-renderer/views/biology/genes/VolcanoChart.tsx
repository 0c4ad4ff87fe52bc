import { useMemo, useState } from 'react';
import type { AnalysisTable } from '../../../../src-shared/domain/analysis-result.ts';
import { fixed } from '../../../../src-shared/plot/format.ts';
import { ChartFrame } from '../../../components/charts/ChartFrame.tsx';
import { csvOf } from '../../../components/charts/csv.ts';
import { counted } from '../../../lib/words.ts';
import { formatSmall } from './tables.ts';
import { volcanoOf, type Thresholds } from './volcano.ts';
import { VolcanoPlot } from './VolcanoPlot.tsx';
import '../plots.css';

interface VolcanoChartProps {
  readonly title: string;
  readonly table: AnalysisTable | undefined;
  readonly thresholds: Thresholds;
  readonly onGene: (gene: string) => void;
}

const HEIGHT = 400;

/** Which genes go with the neighbourhood, and how surely. */
export function VolcanoChart({ title, table, thresholds, onGene }: VolcanoChartProps) {
  const [hovered, setHovered] = useState(-1);
  const volcano = useMemo(() => volcanoOf(table, thresholds), [table, thresholds]);
  const { genes, r, height, up, down } = volcano;
  const counts = `${counted(up, 'gene')} up and ${down} down of ${genes.length}`;
  const limits = `|r| ≥ ${thresholds.r} and q < ${thresholds.q}`;
  const shown = hovered < genes.length ? hovered : -1;
  return (
    <ChartFrame
      title={title}
      about="Each dot is a gene: how its expression goes with the share of the chosen types among the neighbours, and how sure that is. Click a dot to see the gene on the map."
      height={HEIGHT}
      legend={[
        { id: 'up', label: 'more where the share is high', colour: 'var(--sc)', value: String(up) },
        { id: 'down', label: 'less where the share is high', colour: 'var(--st)', value: String(down) },
        { id: 'none', label: 'neither', colour: 'var(--border-strong)' },
      ]}
      note={
        shown < 0
          ? `${counts} with ${limits}`
          : `${genes[shown]!}: r ${fixed(r[shown]!, 3)}, q ${formatSmall(10 ** -height[shown]!)}; click to see it on the map`
      }
      summary={`${title}: ${counts} with ${limits}.`}
      csv={() =>
        csvOf(
          ['gene', 'r', 'minus_log10_q'],
          genes.map((gene, i) => [gene, r[i], height[i]]),
        )
      }
      overlay={genes.length === 0 && <div className="chart-empty">No gene has a correlation here.</div>}
    >
      {(width) => (
        <VolcanoPlot
          width={width}
          height={HEIGHT}
          volcano={volcano}
          thresholds={thresholds}
          hovered={shown}
          onHover={setHovered}
          onChoose={(gene) => onGene(genes[gene]!)}
        />
      )}
    </ChartFrame>
  );
}
