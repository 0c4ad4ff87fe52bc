import { useId, useState } from 'react';
import { formatCount } from '../../../src-shared/plot/format.ts';
import { Button } from '../../components/Button.tsx';
import { Checkbox } from '../../components/fields.tsx';
import type { LabelOffer } from './biology-context.ts';

interface TypeChoiceProps {
  readonly label: string;
  readonly hint?: string;
  readonly types: LabelOffer['types'];
  readonly value: readonly string[];
  readonly onChange: (names: string[]) => void;
}

/** From so many types on, typing finds them faster than looking. */
const MANY = 12;

/** Several types of the cells, by ticking them. */
export function TypeChoice({ label, hint, types, value, onChange }: TypeChoiceProps) {
  const about = useId();
  const [typed, setTyped] = useState('');
  const chosen = new Set(value);
  const wanted = typed.trim().toLowerCase();
  const found = types.filter(({ name }) => name.toLowerCase().includes(wanted));
  const set = (name: string, on: boolean) =>
    // In the order of the labels, whatever was ticked first.
    onChange(types.map((type) => type.name).filter((each) => (each === name ? on : chosen.has(each))));
  return (
    <fieldset className="biology-types" aria-describedby={hint === undefined ? undefined : about}>
      <legend>{label}</legend>
      {types.length > MANY && (
        <input
          className="input"
          type="search"
          aria-label={`Find in ${label.toLowerCase()}`}
          placeholder="Find a type"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      <ul>
        {found.map(({ name, cells }) => (
          <li key={name}>
            <Checkbox label={name} checked={chosen.has(name)} onChange={(on) => set(name, on)} />
            <span className="muted small numeric">{formatCount(cells)}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="muted small">No type is called “{typed}”.</p>}
      <div className="biology-types-end small muted">
        <span className="numeric">
          {value.length} of {types.length} chosen
        </span>
        {value.length > 0 && (
          <Button kind="quiet" onClick={() => onChange([])}>
            None
          </Button>
        )}
      </div>
      {hint !== undefined && (
        <p id={about} className="field-hint">
          {hint}
        </p>
      )}
    </fieldset>
  );
}
