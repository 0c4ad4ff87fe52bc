import { useCallback, useMemo, useState } from 'react';
import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import { median } from '../../../../src-shared/maths/statistics.ts';
import { fixed } from '../../../../src-shared/plot/format.ts';
import { axisOf } from '../../../components/charts/axis.ts';
import { ChartFrame } from '../../../components/charts/ChartFrame.tsx';
import { csvOf } from '../../../components/charts/csv.ts';
import { ScatterPlot, type NamedPoint } from '../../../components/charts/ScatterPlot.tsx';
import { Segmented } from '../../../components/fields.tsx';
import { spread } from '../../quality/GeneScatter.tsx';
import { ResultTable } from '../ResultTable.tsx';
import { bothPoints, moranColumns } from './moran-genes.ts';

interface MoranResultProps {
  readonly result: AnalysisResult;
  readonly onGene: (gene: string) => void;
}

type Which = 'all' | 'measured' | 'imputed only';

/** Measured against imputed I, and the table of all genes. */
export function MoranResult({ result, onGene }: MoranResultProps) {
  const [which, setWhich] = useState<Which>('all');
  const columns = useMemo(() => moranColumns(result), [result]);
  const shown = useMemo(() => {
    const panel = columns.at(-1)!.values;
    const rows = panel.flatMap((value, row) => (which === 'all' || value === which ? [row] : []));
    return columns.map((column) => ({ ...column, values: rows.map((row) => column.values[row]!) }));
  }, [columns, which]);
  return (
    <div className="moran">
      <MoranScatter result={result} onGene={onGene} />
      <ResultTable
        key={which}
        title="Genes by how far they form patterns"
        of="gene"
        columns={shown}
        sort={{ column: which === 'measured' ? 'measured_i' : 'imputed_i', descending: true }}
        action="Show on the map"
        onChoose={onGene}
      >
        <Segmented
          label="Which genes"
          value={which}
          options={[
            { value: 'all', label: 'All' },
            { value: 'measured', label: 'Measured' },
            { value: 'imputed only', label: 'Imputed only' },
          ]}
          onChange={setWhich}
        />
      </ResultTable>
    </div>
  );
}

/** Dots that a browser draws at once without a stutter. */
const MOST_DOTS = 1000;
const HEIGHT = 400;
const CAPTION = 'Imputation smooths: it makes neighbours alike, so I comes out above the line.';

function MoranScatter({ result, onGene }: MoranResultProps) {
  const [hovered, setHovered] = useState<NamedPoint | null>(null);
  const points = useMemo(() => bothPoints(result), [result]);
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
  if (points.length === 0) return null;
  const above = points.filter(({ x, y }) => y > x).length;
  const gain = median(points.map(({ x, y }) => y - x));
  const words = `Imputed I is higher for ${above} of ${points.length} genes, by ${fixed(gain, 2)} in the median`;
  return (
    <div className="moran-scatter">
      <ChartFrame
        title="Moran’s I, measured against imputed"
        about="Each dot is a gene of the panel; on the dashed line both are alike. Click a dot to see the gene on the map."
        height={HEIGHT}
        legend={[]}
        note={
          hovered === null
            ? `${words}${drawn.length < points.length ? `; ${drawn.length} of them are drawn` : ''}`
            : `${hovered.name}: measured ${fixed(hovered.x, 3)}, imputed ${fixed(hovered.y, 3)}`
        }
        summary={`${words}. ${CAPTION}`}
        csv={() =>
          csvOf(
            ['gene', 'measured_i', 'imputed_i'],
            points.map(({ name, x, y }) => [name, x, y]),
          )
        }
      >
        {(width) => (
          <ScatterPlot
            width={width}
            height={HEIGHT}
            axis={axis}
            xTitle="I of measured values"
            yTitle="I of imputed values"
            points={drawn}
            caption={CAPTION}
            onHover={hover}
            onChoose={choose}
          />
        )}
      </ChartFrame>
    </div>
  );
}
