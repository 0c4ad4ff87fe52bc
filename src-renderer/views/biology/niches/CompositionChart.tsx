import { useCallback, useMemo, useState } from 'react';
import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import { fixed } from '../../../../src-shared/plot/format.ts';
import { ChartFrame } from '../../../components/charts/ChartFrame.tsx';
import { csvOf } from '../../../components/charts/csv.ts';
import { Segmented } from '../../../components/fields.tsx';
import { HeatMap, type HeatCell } from '../plots/HeatMap.tsx';
import { heatHeight, heatLimits } from '../plots/heat-map.ts';
import { matrixOf } from '../result-parts.ts';
import { shareInWords } from '../share-words.ts';

interface CompositionChartProps {
  readonly result: AnalysisResult;
  readonly focus: number | null;
  readonly onFocus: (code: number | null) => void;
}

type Shown = 'proportion' | 'z';

const proportion = (value: number) => fixed(value, 2);
const score = (value: number) => fixed(value, 1);

/** Which cell types a niche's cells have around them. */
export function CompositionChart({ result, focus, onFocus }: CompositionChartProps) {
  const [shown, setShown] = useState<Shown>('proportion');
  const [hovered, setHovered] = useState<HeatCell | null>(null);
  const shares = matrixOf(result, 'niche_composition');
  const scaled = matrixOf(result, 'niche_scaled');
  const matrix = shown === 'z' ? scaled : shares;
  const limits = useMemo(
    () => (matrix ? heatLimits(matrix.values, shown === 'z') : ([0, 1] as const)),
    [matrix, shown],
  );
  const hover = useCallback((cell: HeatCell | null) => setHovered(cell), []);
  const choose = useCallback((row: number) => onFocus(row === focus ? null : row), [onFocus, focus]);
  if (!matrix) return null;
  const { rows, columns, values } = matrix;
  const height = heatHeight(rows, columns);
  const at = (row: number, column: number) => row * columns.length + column;
  const note = () => {
    if (hovered === null) return 'Click a row to highlight its niche';
    const i = at(hovered.row, hovered.column);
    const z = scaled === undefined ? '' : `, z ${fixed(scaled.values[i]!, 2)}`;
    return `${rows[hovered.row]!}: ${shareInWords(shares?.values[i] ?? NaN)} of the surroundings are ${columns[hovered.column]!}${z}`;
  };
  return (
    <ChartFrame
      title="Composition"
      figure="What the niches are made of"
      about="Mean share of each cell type among the neighbours of a niche’s cells; z compares it with the other niches."
      height={height}
      legend={[]}
      note={note()}
      summary={rows
        .map((row, i) => `${row}: mostly ${columns[largest(values, at(i, 0), columns.length)] ?? 'nothing'}`)
        .join('; ')}
      csv={() =>
        csvOf(
          ['niche', 'type', 'proportion', 'z'],
          rows.flatMap((row, i) =>
            columns.map((column, j) => [row, column, shares?.values[at(i, j)], scaled?.values[at(i, j)]]),
          ),
        )
      }
      actions={
        scaled && (
          <Segmented
            label="Values"
            value={shown}
            options={[
              { value: 'proportion', label: 'Proportion' },
              { value: 'z', label: 'z' },
            ]}
            onChange={setShown}
          />
        )
      }
    >
      {(width) => (
        <HeatMap
          {...{ width, height, rows, columns, values, limits }}
          map={shown === 'z' ? 'difference' : 'blue'}
          meaning={shown === 'z' ? 'z over the niches' : 'mean proportion'}
          show={shown === 'z' ? score : proportion}
          chosen={focus}
          onHover={hover}
          onRow={choose}
        />
      )}
    </ChartFrame>
  );
}

function largest(values: Float32Array, from: number, count: number): number {
  let best = 0;
  for (let i = 1; i < count; i++) if (values[from + i]! > values[from + best]!) best = i;
  return best;
}
