import { useState } from 'react';
import { useApp } from '../../../store/store.ts';
import { nameProblem, withNewSet, withoutSet, withSet, withSetAgain, type Draft } from './drafts.ts';
import type { KnownGenes } from './known-genes.ts';
import { SetForm } from './SetForm.tsx';
import { SetList } from './SetList.tsx';

interface DraftEditorProps {
  readonly draft: Draft;
  readonly known: KnownGenes | null;
  readonly isFixed: boolean;
  readonly onChange: (draft: Draft) => void;
  /** Changes the draft as it is when an undo is pressed. */
  readonly onUndo: (again: (now: Draft) => Draft) => void;
}

/** The sets of a collection, and beside them the one that is looked at. */
export function DraftEditor({ draft, known, isFixed, onChange, onUndo }: DraftEditorProps) {
  const [chosen, setChosen] = useState(() => firstByName(draft));
  const [round, setRound] = useState(0);
  const goTo = useApp((state) => state.goTo);
  const notify = useApp((state) => state.notify);
  const set = draft.sets[chosen];
  const remove = () => {
    if (set === undefined) return;
    onChange(withoutSet(draft, chosen));
    setChosen(Math.max(0, Math.min(chosen, draft.sets.length - 2)));
    setRound(round + 1);
    const undo = () => {
      onUndo((now) => withSetAgain(now, chosen, set));
      setChosen(chosen);
      setRound((before) => before + 1);
    };
    notify({
      kind: 'info',
      message: `The set ${set.name} was removed.`,
      action: { label: 'Undo', run: undo },
    });
  };
  return (
    <div className="gene-sets-body">
      <SetList
        name={draft.name.trim() === '' ? 'Sets' : draft.name}
        sets={draft.sets}
        known={known}
        chosen={set === undefined ? null : chosen}
        onChoose={setChosen}
        onAdd={
          isFixed
            ? undefined
            : () => {
                onChange(withNewSet(draft));
                setChosen(draft.sets.length);
              }
        }
      />
      {set === undefined ? (
        <p className="muted">Add a set to begin with.</p>
      ) : (
        <SetForm
          key={`${chosen} ${round}`}
          set={set}
          known={known}
          isFixed={isFixed}
          problemOf={(name) => nameProblem(draft.sets, chosen, name)}
          onChange={(part) => onChange(withSet(draft, chosen, part))}
          onRemove={remove}
          onGene={(gene) => goTo('map', { gene })}
        />
      )}
    </div>
  );
}

/** The set that stands first in the list. */
function firstByName({ sets }: Draft): number {
  const order = new Intl.Collator('en', { numeric: true });
  return sets.reduce((first, { name }, i) => (order.compare(name, sets[first]!.name) < 0 ? i : first), 0);
}
