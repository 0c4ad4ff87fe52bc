import { useMemo, useState } from 'react';
import type { AnalysisResult, AnalysisVector } from '../../../../src-shared/domain/analysis-result.ts';
import { fixed } from '../../../../src-shared/plot/format.ts';
import { whole } from '../../../lib/words.ts';
import type { MapLayout } from '../../spatial/use-map-data.ts';
import { AnalysisMap } from '../AnalysisMap.tsx';
import { numbersIn, numbersOf, tableOf, textsIn } from '../result-parts.ts';
import { ResultTable, type TableColumn } from '../ResultTable.tsx';
import { ColumnSelect, useColumn } from './ColumnSelect.tsx';
import { RidgeChart } from './RidgeChart.tsx';
import { evenSpacing, placesOf } from './start-cells.ts';

const OWN = 'result:';

/** Pseudotime on the tissue and in the UMAP; below, how it spreads in each group. */
export function TrajectoryResult({ result }: { readonly result: AnalysisResult }) {
  return (
    <>
      <LinkedMaps result={result} />
      <div className="biology-figures">
        <RidgeChart result={result} />
        <GroupTable result={result} />
      </div>
    </>
  );
}

/** Tissue and UMAP beside each other, with the same colours, hover and selection. */
function LinkedMaps({ result }: { readonly result: AnalysisResult }) {
  const [by, setBy] = useState<string>(`${OWN}pseudotime`);
  const [hovered, setHovered] = useState<number | null>(null);
  const own = result.vectors.find(({ name }) => `${OWN}${name}` === by);
  const column = useColumn(own === undefined ? by : null);
  const vector: AnalysisVector | undefined = own ?? column ?? numbersOf(result, 'pseudotime');
  const panels = useMemo(
    () => (vector === undefined ? [] : [{ vector, what: vector.name === 'pseudotime' ? PSEUDOTIME : '' }]),
    [vector],
  );
  const umap = useMemo(() => umapOf(result), [result]);
  const choice = (
    <ColumnSelect
      label="Coloured by"
      value={by}
      first={result.vectors.map(({ name, title }) => ({ value: `${OWN}${name}`, label: title }))}
      onChange={(name) => name !== null && setBy(name)}
    />
  );
  return (
    <>
      <div className="trajectory-by">
        <span aria-hidden="true">Coloured by</span>
        {choice}
      </div>
      {panels.length > 0 && (
        <div className="biology-figures">
          <AnalysisMap
            title="On the tissue"
            panels={panels}
            height={420}
            pointedAt={hovered}
            onHoverCell={setHovered}
          />
          {umap && (
            <AnalysisMap
              title="In the UMAP"
              panels={panels}
              height={420}
              places={umap}
              pointedAt={hovered}
              onHoverCell={setHovered}
            />
          )}
        </div>
      )}
    </>
  );
}

const PSEUDOTIME = 'from the start';

/** Where cells lie in the UMAP. */
function umapOf(result: AnalysisResult): MapLayout | undefined {
  const xy = placesOf(result, 'umap');
  if (xy === undefined) return undefined;
  return { xy, filed: xy, origin: [0, 0], sections: null, spacing: evenSpacing(xy), isMoved: false };
}

function GroupTable({ result }: { readonly result: AnalysisResult }) {
  const columns = useMemo((): TableColumn[] => {
    const table = tableOf(result, 'groups');
    return [
      { name: 'group', title: 'Group', values: textsIn(table, 'group') },
      { name: 'cells', title: 'Cells', values: numbersIn(table, 'cells'), show: whole },
      {
        name: 'median',
        title: 'Median pseudotime',
        values: numbersIn(table, 'median'),
        show: (value) => fixed(value, 3),
      },
    ];
  }, [result]);
  if (columns[0]!.values.length === 0) return null;
  return (
    <ResultTable
      title="Groups by share of neighbours"
      of="group"
      columns={columns}
      sort={{ column: 'median', descending: false }}
    />
  );
}
