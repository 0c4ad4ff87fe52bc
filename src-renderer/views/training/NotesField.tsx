import { useEffect, useRef, useState } from 'react';

interface NotesFieldProps {
  readonly notes: string;
  readonly readOnly: string | null;
  readonly onSave: (notes: string) => void;
}

/** Milliseconds of rest after which what was typed is saved. */
const REST = 800;

/** Notes that save themselves. Give it the job's id as key, so that it begins anew with another job. */
export function NotesField({ notes, readOnly, onSave }: NotesFieldProps) {
  const [text, setText] = useState(notes);
  // What was typed and is not saved yet; kept apart from what is drawn, for when the field goes away.
  const unsaved = useRef<string | null>(null);
  const latest = useRef(onSave);
  useEffect(() => {
    latest.current = onSave;
  });
  const save = () => {
    if (unsaved.current === null) return;
    latest.current(unsaved.current);
    unsaved.current = null;
  };
  useEffect(() => {
    if (unsaved.current === null) setText(notes);
  }, [notes]);
  useEffect(() => {
    if (unsaved.current === null) return undefined;
    const timer = setTimeout(save, REST);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => save, []);
  return (
    <textarea
      className="textarea"
      aria-label="Notes"
      placeholder={readOnly ?? 'What you tried and what you saw; saved as you type.'}
      maxLength={20_000}
      readOnly={readOnly !== null}
      value={text}
      onChange={(event) => {
        unsaved.current = event.target.value;
        setText(event.target.value);
      }}
      onBlur={save}
    />
  );
}
