import { useCallback, useMemo, useState } from 'react';
import type { AnalysisMatrix, AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import { leafOrder } from '../../../../src-shared/maths/leaf-order.ts';
import { fixed, formatCount } from '../../../../src-shared/plot/format.ts';
import { ChartFrame } from '../../../components/charts/ChartFrame.tsx';
import { csvOf } from '../../../components/charts/csv.ts';
import { Checkbox, Segmented } from '../../../components/fields.tsx';
import { HeatMap, type HeatCell } from '../plots/HeatMap.tsx';
import { heatHeight, heatLimits } from '../plots/heat-map.ts';
import { matrixOf } from '../result-parts.ts';
import { shareInWords } from '../share-words.ts';

type Shown = 'z' | 'share';

const score = (value: number) => fixed(value, Math.abs(value) < 10 ? 1 : 0);
const share = (value: number) => fixed(value, 2);

/** How often cells of one type are neighbours of another, against chance. */
export function EnrichmentChart({ result }: { readonly result: AnalysisResult }) {
  const [shown, setShown] = useState<Shown>('z');
  const [isClustered, setClustered] = useState(false);
  const [hovered, setHovered] = useState<HeatCell | null>(null);
  const hover = useCallback((cell: HeatCell | null) => setHovered(cell), []);
  const z = matrixOf(result, 'enrichment_z');
  const count = matrixOf(result, 'enrichment_count');
  const composition = matrixOf(result, 'composition');
  const order = useMemo(() => orderOf(z, isClustered), [z, isClustered]);
  const matrix = shown === 'z' ? z : composition;
  const drawn = useMemo(() => (matrix ? reordered(matrix, order) : undefined), [matrix, order]);
  if (!z || !matrix || !drawn) return null;
  const { rows, columns, values } = drawn;
  const height = heatHeight(rows, columns);
  const at = (i: number, j: number) => order[i]! * z.columns.length + order[j]!;
  const words = (i: number, j: number) =>
    `${columns[j]!} beside ${rows[i]!}: z ${fixed(z.values[at(i, j)]!, 2)}${
      count ? `, ${formatCount(count.values[at(i, j)]!)} neighbours` : ''
    }${composition ? `, ${shareInWords(composition.values[at(i, j)]!)} of them` : ''}`;
  return (
    <ChartFrame
      title="Enrichment"
      figure="Which types lie beside each other"
      about="Above 0: more often neighbours than when the labels are shuffled within sections; below 0: less often."
      height={height}
      legend={[]}
      note={hovered === null ? 'Point at a cell for its numbers' : words(hovered.row, hovered.column)}
      summary={strongest(drawn, shown)}
      csv={() =>
        csvOf(
          ['type', 'neighbour', 'z', 'count', 'proportion'],
          rows.flatMap((row, i) =>
            columns.map((column, j) => [
              row,
              column,
              z.values[at(i, j)],
              count?.values[at(i, j)],
              composition?.values[at(i, j)],
            ]),
          ),
        )
      }
      actions={
        <>
          <Checkbox label="Like beside like" checked={isClustered} onChange={setClustered} />
          {composition && (
            <Segmented
              label="Values"
              value={shown}
              options={[
                { value: 'z', label: 'z' },
                { value: 'share', label: 'Proportion' },
              ]}
              onChange={setShown}
            />
          )}
        </>
      }
    >
      {(width) => (
        <HeatMap
          {...{ width, height, rows, columns, values }}
          limits={heatLimits(values, shown === 'z')}
          map={shown === 'z' ? 'difference' : 'blue'}
          meaning={shown === 'z' ? 'z against shuffled labels' : 'mean proportion of neighbours'}
          show={shown === 'z' ? score : share}
          onHover={hover}
        />
      )}
    </ChartFrame>
  );
}

/** The types as they are listed, or like ones beside each other. */
function orderOf(z: AnalysisMatrix | undefined, isClustered: boolean): number[] {
  if (z === undefined) return [];
  return isClustered ? leafOrder(z.values, z.rows.length) : z.rows.map((_, i) => i);
}

function reordered({ rows, columns, values }: AnalysisMatrix, order: readonly number[]) {
  return {
    rows: order.map((i) => rows[i]!),
    columns: order.map((j) => columns[j]!),
    values: Float32Array.from(order.flatMap((i) => order.map((j) => values[i * columns.length + j]!))),
  };
}

function strongest({ rows, columns, values }: ReturnType<typeof reordered>, shown: Shown): string {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  const [row, column] = [rows[Math.floor(best / columns.length)], columns[best % columns.length]];
  return `${rows.length} types; the highest ${shown === 'z' ? 'z' : 'proportion'} has ${column ?? ''} beside ${row ?? ''}`;
}
