import { useId, useState } from 'react';

interface CheckedInputProps {
  readonly id?: string | undefined;
  readonly label?: string | undefined;
  /** The value that holds, as text. */
  readonly value: string;
  readonly inputMode?: 'decimal';
  readonly describedBy?: string | undefined;
  /** Shown under the pointer while nothing is wrong. */
  readonly title?: string;
  /** What the text should have been, such as "a whole number from 1 to 20"; undefined when it can be taken. */
  readonly problemOf: (text: string) => string | undefined;
  /** Called with a text that can be taken, when the user is done typing. */
  readonly onTake: (text: string) => void;
}

/** Text that can be typed in peace and is taken when done; what cannot be taken gives way to the last value, and is told. */
export function CheckedInput(props: CheckedInputProps) {
  const { value, problemOf, onTake } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const [refused, setRefused] = useState<{ readonly sentence: string; readonly value: string } | null>(null);
  const messageId = useId();
  // Another value from elsewhere, such as the preset's, leaves nothing to be told.
  const message = refused?.value === value ? refused.sentence : undefined;
  const problem = draft === null ? undefined : problemOf(draft);
  const edit = (text: string | null) => {
    setDraft(text);
    setRefused(null);
  };
  const take = () => {
    if (draft === null) return;
    setDraft(null);
    if (problem === undefined) onTake(draft);
    else setRefused({ sentence: refusal(draft, problem), value });
  };
  return (
    <div className="checked-input">
      <input
        id={props.id}
        aria-label={props.label}
        aria-describedby={[props.describedBy, message && messageId].filter(Boolean).join(' ') || undefined}
        className="input numeric"
        inputMode={props.inputMode}
        value={draft ?? value}
        aria-invalid={problem !== undefined}
        title={problem === undefined ? props.title : capitalised(problem)}
        onChange={(event) => edit(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
          if (event.key === 'Escape') edit(null);
        }}
      />
      {message !== undefined && (
        <div id={messageId} className="field-error" role="alert">
          {message}
        </div>
      )}
    </div>
  );
}

function refusal(text: string, problem: string): string {
  const what = text.trim() === '' ? 'An empty field' : `“${text.trim()}”`;
  return `${what} was not taken: ${problem}.`;
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
