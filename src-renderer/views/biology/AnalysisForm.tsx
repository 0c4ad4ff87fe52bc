import { useState, type ReactNode } from 'react';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/fields.tsx';
import { useBiology } from './biology-context.ts';

export interface AnalysisFormProps {
  /** Id of the form, so that a button elsewhere can send it. */
  readonly id: string;
  readonly title: string;
  /** What the button says, such as `Find niches`. */
  readonly submit: string;
  /** What is missing before it can start. */
  readonly blocked?: string | undefined;
  readonly busy: boolean;
  /** Something was found before: then this is about doing it again. */
  readonly isAgain: boolean;
  /** Whether its button is the primary one of the view; `isAgain` when left out. */
  readonly isPrimary?: boolean;
  readonly children: ReactNode;
  /** Fields that are folded away. */
  readonly advanced?: ReactNode;
  readonly onSubmit: (name: string) => void;
}

/** Fields of an analysis, the less usual ones folded, its name, and the button that starts it. */
export function AnalysisForm(props: AnalysisFormProps) {
  const { id, title, submit, busy, isAgain, children, advanced, onSubmit } = props;
  const { readOnly } = useBiology();
  const [name, setName] = useState('');
  const blocked = readOnly ?? props.blocked;
  return (
    <form
      id={id}
      className="biology-form"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        if (blocked === undefined && !busy) onSubmit(name);
      }}
    >
      <h2>{title}</h2>
      {children}
      {advanced !== undefined && (
        <details>
          <summary>More settings</summary>
          <div className="biology-details">{advanced}</div>
        </details>
      )}
      <Field label="Name" hint="Optional">
        {({ id: field, describedBy }) => (
          <input
            id={field}
            aria-describedby={describedBy}
            className="input"
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <div className="biology-form-end">
        {/* Before there is anything, the primary button stands beside the words on what this is. */}
        <Button
          type="submit"
          kind={(props.isPrimary ?? isAgain) ? 'primary' : 'plain'}
          icon="play"
          blocked={blocked}
          disabled={busy}
        >
          {submit}
        </Button>
        {isAgain && <p className="muted small">What was found before stays under Saved.</p>}
      </div>
    </form>
  );
}
