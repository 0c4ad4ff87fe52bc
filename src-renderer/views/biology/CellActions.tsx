import { formatCount } from '../../../src-shared/plot/format.ts';
import { Button } from '../../components/Button.tsx';
import { useEngine } from '../../engine/context.ts';
import { useAction } from '../../engine/use-call.ts';
import { useApp } from '../../store/store.ts';
import { useBiology } from './biology-context.ts';

interface CellActionsProps {
  /** What the cells are called, such as the name of a niche. */
  readonly name: string;
  readonly cells: () => Uint32Array;
}

/** Hands cells on: to the map as its selection, or to the project as a group. */
export function CellActions({ name, cells }: CellActionsProps) {
  const engine = useEngine();
  const { readOnly } = useBiology();
  const goTo = useApp((state) => state.goTo);
  const notify = useApp((state) => state.notify);
  const save = useAction(async () => {
    const chosen = cells();
    await engine.call('group:save', { name: name.slice(0, 200), cells: chosen });
    notify({
      kind: 'ok',
      message: `${formatCount(chosen.length)} cells are saved as the group ${name}.`,
      action: { label: 'Show on the map', run: () => goTo('map', { cells: chosen }) },
    });
  });
  return (
    <>
      <Button icon="lasso" onClick={() => goTo('map', { cells: cells() })}>
        Select these cells on the map
      </Button>
      <Button blocked={readOnly ?? undefined} disabled={save.busy} onClick={() => save.run()}>
        Save as a group
      </Button>
    </>
  );
}
