import { useMemo, useState } from 'react';
import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import { fixed } from '../../../../src-shared/plot/format.ts';
import { ChartFrame } from '../../../components/charts/ChartFrame.tsx';
import { csvOf } from '../../../components/charts/csv.ts';
import { counted } from '../../../lib/words.ts';
import { densityAt, FEW_CELLS, ridgesOf, type Ridge } from './ridges.ts';
import { RidgePlot, ridgePlotHeight } from './RidgePlot.tsx';
import '../plots.css';
import './trajectory.css';

/** How pseudotime spreads, one ridge for each group of neighbours. */
export function RidgeChart({ result }: { readonly result: AnalysisResult }) {
  const ridges = useMemo(() => ridgesOf(result), [result]);
  const [at, setAt] = useState<number | null>(null);
  const grouped = ridges.length > 1;
  const few = ridges.filter(({ cells }) => cells !== null && cells < FEW_CELLS).map(({ group }) => group);
  return (
    <ChartFrame
      title={grouped ? 'Pseudotime by share of neighbours' : 'Pseudotime'}
      about="How the cells spread over pseudotime; every ridge has the same area. The upright stroke is the median."
      height={ridgePlotHeight(ridges.length)}
      legend={ridges.map(({ group, colour }) => ({ id: group, label: group, colour }))}
      note={at === null ? noteOf(few) : hoverWords(ridges, at)}
      summary={summaryOf(ridges)}
      csv={() =>
        csvOf(
          ['group', 'pseudotime', 'density'],
          ridges.flatMap(({ group, x, density }) => Array.from(x, (time, i) => [group, time, density[i]])),
        )
      }
      overlay={ridges.length === 0 && <div className="chart-empty">No group has cells to draw.</div>}
    >
      {(width) => <RidgePlot width={width} ridges={ridges} at={at} onMove={setAt} />}
    </ChartFrame>
  );
}

function noteOf(few: readonly string[]): string {
  if (few.length === 0) return 'The upright stroke is the median';
  return `Fewer than ${FEW_CELLS} cells, so little can be said of their spread: ${few.join(', ')}`;
}

function hoverWords(ridges: readonly Ridge[], at: number): string {
  const densities = ridges.map((ridge) => `${ridge.group} ${fixed(densityAt(ridge, at), 2)}`);
  return `At pseudotime ${fixed(at, 2)}, density: ${densities.join(', ')}`;
}

function summaryOf(ridges: readonly Ridge[]): string {
  const each = ridges.map(
    ({ group, cells, median }) =>
      `${group}${cells === null ? '' : `, ${counted(cells, 'cell')}`}${median === null ? '' : `, median ${fixed(median, 2)}`}`,
  );
  return `Density of pseudotime. ${each.join('; ')}.`;
}
