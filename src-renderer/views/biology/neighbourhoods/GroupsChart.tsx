import { useCallback, useState } from 'react';
import { hexOf } from '../../../../src-shared/plot/colour-scale.ts';
import { formatCount, listed } from '../../../../src-shared/plot/format.ts';
import { ChartFrame } from '../../../components/charts/ChartFrame.tsx';
import { csvOf } from '../../../components/charts/csv.ts';
import { GROUP_COLOURS } from '../map-panels.ts';
import { Bars, barsHeight } from '../plots/Bars.tsx';
import { countsOf, type CategoryVector } from '../result-parts.ts';
import { shareInWords } from '../share-words.ts';

interface GroupsChartProps {
  readonly group: CategoryVector;
  readonly types: readonly string[];
}

/** Cells by how many of their neighbours are of the chosen types. */
export function GroupsChart({ group, types }: GroupsChartProps) {
  const [hovered, setHovered] = useState<number | null>(null);
  const hover = useCallback((row: number | null) => setHovered(row), []);
  const rows = groupRows(group);
  const row = hovered === null ? undefined : rows[hovered];
  return (
    <ChartFrame
      title={`Cells by their share of ${listed(types)} neighbours`}
      height={barsHeight(rows.length)}
      legend={[]}
      note={row ? `${row.name}: ${row.words}` : 'Groups as on the map'}
      summary={rows.map(({ name, words }) => `${name}: ${words}`).join('; ')}
      csv={() =>
        csvOf(
          ['group', 'cells'],
          rows.map(({ name, value }) => [name, value]),
        )
      }
    >
      {(width) => <Bars width={width} rows={rows} onHover={hover} />}
    </ChartFrame>
  );
}

/** None, low, moderate and high, with their cells. */
export function groupRows(group: CategoryVector) {
  const counts = countsOf(group);
  const all = counts.reduce((sum, count) => sum + count, 0);
  return group.names.map((name, code) => ({
    name,
    value: counts[code]!,
    words: `${formatCount(counts[code]!)} cells, ${shareInWords(counts[code]! / Math.max(1, all))}`,
    colour: hexOf(GROUP_COLOURS[code] ?? GROUP_COLOURS.at(-1)!),
  }));
}
