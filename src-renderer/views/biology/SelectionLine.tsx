import { formatCount } from '../../../src-shared/plot/format.ts';
import { Button } from '../../components/Button.tsx';
import { useBiology } from './biology-context.ts';

/** How many cells are selected, in all maps of this view. */
export function SelectionLine() {
  const { selection, cells } = useBiology();
  if (!selection.now) return null;
  return (
    <div className="biology-selection" role="status">
      <span className="numeric">
        {formatCount(selection.now.count)} of {formatCount(cells.cells)} cells selected
      </span>
      <Button kind="quiet" onClick={selection.clear}>
        Clear
      </Button>
    </div>
  );
}
