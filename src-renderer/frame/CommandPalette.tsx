import { useMemo, useState } from 'react';
import { Dialog } from '../components/Dialog.tsx';
import { useCall } from '../engine/use-call.ts';
import { useProject } from '../store/project.ts';
import { useApp } from '../store/store.ts';
import { geneCommands, matching, viewCommands, type Command } from './commands.ts';

/** Finds genes, views and commands by typing. */
export function CommandPalette() {
  const project = useProject();
  const goTo = useApp((state) => state.goTo);
  const setOverlay = useApp((state) => state.setOverlay);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const run = project?.runs.filter(({ result }) => result !== null).at(-1)?.id ?? null;
  const genes = useCall('map:genes', project?.spatial ? { run } : null);
  const found = useMemo<Command[]>(() => {
    const fixed: Command[] = [
      ...viewCommands(goTo),
      { id: 'shortcuts', title: 'Keyboard shortcuts', hint: '?', run: () => setOverlay('shortcuts') },
      { id: 'queue', title: 'Jobs and log', run: () => setOverlay('queue') },
    ];
    return [...geneCommands(genes.value?.names ?? [], typed, goTo), ...matching(fixed, typed)];
  }, [genes.value, typed, goTo, setOverlay]);
  const at = Math.min(chosen, found.length - 1);
  const close = () => setOverlay(null);
  const take = (command: Command | undefined) => {
    if (command === undefined) return;
    close();
    command.run();
  };
  return (
    <Dialog title="Find" onClose={close}>
      <input
        className="input"
        data-first
        role="combobox"
        aria-expanded="true"
        aria-controls="command-list"
        aria-activedescendant={found[at] && `command-${at}`}
        aria-label="Gene, view or command"
        placeholder="Gene, view or command"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setChosen(Math.min(at + 1, found.length - 1));
          else if (event.key === 'ArrowUp') setChosen(Math.max(at - 1, 0));
          else if (event.key === 'Enter') take(found[at]);
          else return;
          event.preventDefault();
        }}
      />
      <ul id="command-list" className="command-list" role="listbox" aria-label="Found">
        {found.map((command, i) => (
          <li
            key={command.id}
            id={`command-${i}`}
            role="option"
            aria-selected={i === at}
            onMouseMove={() => setChosen(i)}
            onClick={() => take(command)}
          >
            <span>{command.title}</span>
            <span className="muted small">{command.hint}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="muted">Nothing is called “{typed}”.</p>}
    </Dialog>
  );
}
