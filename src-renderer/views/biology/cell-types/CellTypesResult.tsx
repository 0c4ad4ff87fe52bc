import { useMemo } from 'react';
import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import { fixed } from '../../../../src-shared/plot/format.ts';
import { Percentiles } from '../../../../src-shared/plot/percentiles.ts';
import { Note } from '../../../components/feedback.tsx';
import { HistogramChart } from '../../import/HistogramChart.tsx';
import { useBiology } from '../biology-context.ts';
import { categoriesOf, numbersOf } from '../result-parts.ts';
import { shareHistogram } from './share-histogram.ts';
import { TypeMap } from './TypeMap.tsx';

interface CellTypesResultProps {
  readonly result: AnalysisResult;
  readonly onRename: (names: readonly string[]) => void;
}

/** Types that were found: on the tissue, as a table, and how sure they are. */
export function CellTypesResult({ result, onRename }: CellTypesResultProps) {
  const { readOnly } = useBiology();
  const vector = categoriesOf(result, 'cell_type');
  if (vector === undefined) return <Note kind="error">This result holds no types; find them anew.</Note>;
  const isTransfer = result.parameters.kind === 'cell-types' && result.parameters.method === 'transfer';
  return (
    <TypeMap
      vector={vector}
      what={isTransfer ? 'from the reference' : 'clusters'}
      onRename={readOnly === null ? onRename : undefined}
    >
      <Confidence values={numbersOf(result, 'cell_type_confidence')?.values} />
    </TypeMap>
  );
}

/** How many of the reference cells that voted agree. */
function Confidence({ values }: { readonly values: Float32Array | undefined }) {
  const histogram = useMemo(() => (values ? shareHistogram(values, 20) : undefined), [values]);
  const median = useMemo(() => (values ? new Percentiles(values).at(50) : NaN), [values]);
  if (histogram === undefined) return null;
  return (
    <HistogramChart
      title="How sure the types are"
      about="Share of the votes for the type that a cell was given; cells with a low one lie between types"
      note={`median ${fixed(median, 2)}`}
      histogram={histogram}
      of="cell"
      format={(edge) => fixed(edge, 2)}
    />
  );
}
