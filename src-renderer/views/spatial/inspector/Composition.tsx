import { useEffect, useMemo, useState } from 'react';
import { categoryColour } from '../../../../src-shared/plot/category-palette.ts';
import { hexOf } from '../../../../src-shared/plot/colour-scale.ts';
import { formatCount } from '../../../../src-shared/plot/format.ts';
import { messageOf } from '../../../engine/message-of.ts';
import { composition, type Selection } from '../selection.ts';
import type { CellColumn, Vectors } from '../vectors.ts';

const LISTED = 8;

interface CompositionProps {
  readonly name: string;
  readonly vectors: Pick<Vectors, 'column'>;
  readonly selection: Selection;
}

/** Which categories the selected cells are of: share of the selection, and of all cells for comparison. */
export function Composition({ name, vectors, selection }: CompositionProps) {
  const [column, setColumn] = useState<CellColumn | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    let isLive = true;
    vectors.column(name).then(
      (value) => isLive && setColumn(value),
      (reason: unknown) => isLive && setError(messageOf(reason)),
    );
    return () => {
      isLive = false;
    };
  }, [name, vectors]);
  const rows = useMemo(
    () => (column?.kind === 'category' ? composition(column.names, column.codes, selection) : []),
    [column, selection],
  );
  if (error !== null) return <p className="muted small">{error}</p>;
  if (column?.kind !== 'category') return null;
  const cells = column.codes.length;
  return (
    <ul className="spatial-composition" aria-label={`Selected cells by ${name}`}>
      {rows.slice(0, LISTED).map((row) => (
        <li key={row.code}>
          <span className="spatial-composition-name">
            <i style={{ background: hexOf(categoryColour(row.code)) }} />
            {row.name}
          </span>
          <span className="numeric">
            {formatCount(row.inside)} · {((100 * row.inside) / selection.count).toFixed(0)} %
          </span>
          <span className="muted small numeric">{((100 * row.all) / cells).toFixed(0)} % of all</span>
        </li>
      ))}
      {rows.length > LISTED && <li className="muted small">and {rows.length - LISTED} more</li>}
    </ul>
  );
}
