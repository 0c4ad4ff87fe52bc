import { formatCount } from '../../../src-shared/plot/format.ts';
import { Button } from '../../components/Button.tsx';
import { CellActions } from './CellActions.tsx';
import { cellsOf, countsOf, type CategoryVector } from './result-parts.ts';
import { shareInWords } from './share-words.ts';

interface FocusLineProps {
  readonly vector: CategoryVector;
  /** The category that stands out. */
  readonly focus: number | null;
  /** What to do while none does. */
  readonly hint: string;
  readonly onClear: () => void;
}

/** The category that stands out, and what can be done with its cells; keeps its place while none does. */
export function FocusLine({ vector, focus, hint, onClear }: FocusLineProps) {
  const name = focus === null ? undefined : vector.names[focus];
  if (focus === null || name === undefined) return <p className="biology-focus muted">{hint}</p>;
  const cells = countsOf(vector)[focus]!;
  return (
    <div className="biology-focus" role="status">
      <span>
        <strong>{name}</strong>{' '}
        <span className="numeric">
          {formatCount(cells)} cells, {shareInWords(cells / Math.max(1, vector.codes.length))}
        </span>
      </span>
      <CellActions name={name} cells={() => cellsOf(vector, focus)} />
      <Button kind="quiet" onClick={onClear}>
        Show all
      </Button>
    </div>
  );
}
