import { formatCount } from '../../../../src-shared/plot/format.ts';
import { IconButton } from '../../../components/Button.tsx';
import { useEngine } from '../../../engine/context.ts';
import { messageOf } from '../../../engine/message-of.ts';
import { useAction } from '../../../engine/use-call.ts';
import { useProject } from '../../../store/project.ts';
import { useApp } from '../../../store/store.ts';
import type { MapContext } from '../map-context.ts';

/** The saved groups: a click selects their cells. */
export function Groups({ context: { selection } }: { readonly context: MapContext }) {
  const engine = useEngine();
  const project = useProject();
  const notify = useApp((state) => state.notify);
  const select = useAction(async (id: string) => {
    const { cells } = await engine.call('group:cells', { id });
    selection.combine(cells, 'replace');
  });
  const remove = useAction(async (id: string, name: string) => {
    const { trash } = await engine.call('project:remove', { kind: 'group', id });
    const restore = () => {
      engine
        .call('project:restore', { trash })
        .catch((error: unknown) => notify({ kind: 'error', message: messageOf(error) }));
    };
    notify({
      kind: 'info',
      message: `The group ${name} was removed.`,
      action: { label: 'Undo', run: restore },
    });
  });
  const groups = project?.groups ?? [];
  if (groups.length === 0) return null;
  return (
    <ul className="spatial-groups" aria-label="Saved groups">
      {groups.map(({ id, name, cells }) => (
        <li key={id}>
          <button type="button" className="spatial-group" onClick={() => select.run(id)}>
            <span>{name}</span>
            <span className="muted numeric">{formatCount(cells)}</span>
          </button>
          {project?.readOnly === null && (
            <IconButton
              icon="trash"
              label={`Remove the group ${name}`}
              onClick={() => remove.run(id, name)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
