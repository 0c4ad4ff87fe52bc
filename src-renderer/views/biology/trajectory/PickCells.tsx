import { useMemo, useState } from 'react';
import type { LabelSource } from '../../../../src-shared/domain/analysis.ts';
import type { AnalysisVector } from '../../../../src-shared/domain/analysis-result.ts';
import { formatCount } from '../../../../src-shared/plot/format.ts';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { AnalysisMap } from '../AnalysisMap.tsx';
import { useBiology } from '../biology-context.ts';
import { ColumnSelect, useColumn } from './ColumnSelect.tsx';
import { columnOfLabels } from './columns.ts';

interface PickCellsProps {
  /** What the cells are coloured by at first. */
  readonly labels: LabelSource | null;
  readonly onClose: () => void;
}

/** A map on which the first cells are drawn around with the lasso or the rectangle. */
export function PickCells({ labels, onClose }: PickCellsProps) {
  const { cells, selection } = useBiology();
  const [column, setColumn] = useState(() => columnOfLabels(labels, cells.columns));
  const shown = useColumn(column);
  const panels = useMemo(() => [{ vector: shown ?? blank(cells.cells), what: '' }], [shown, cells.cells]);
  const count = selection.now?.count ?? 0;
  return (
    <Dialog
      title="Where does the trajectory begin?"
      wide
      onClose={onClose}
      footer={
        <>
          <span className="muted trajectory-pick-count numeric" role="status">
            {count === 0
              ? 'Draw around the cells; Shift adds, Alt takes away.'
              : `${formatCount(count)} cells`}
          </span>
          <Button kind="primary" onClick={onClose}>
            {count === 0 ? 'Close' : 'Begin at these cells'}
          </Button>
        </>
      }
    >
      <AnalysisMap
        title="First cells"
        panels={panels}
        height={420}
        firstTool="lasso"
        actions={<ColumnSelect label="Coloured by" value={column} onChange={setColumn} />}
      />
    </Dialog>
  );
}

/** Until there is something to colour by. */
function blank(cells: number): AnalysisVector {
  return {
    name: 'cells',
    title: 'Cells',
    kind: 'category',
    names: ['cells'],
    codes: new Uint16Array(cells),
  };
}
