import { useState } from 'react';
import { Button } from '../Button.tsx';

interface Props {
  readonly name: string | undefined;
  readonly onMake: (name: string) => void;
}

/** Makes a folder in the one that is shown; its name is typed in place. */
export function NewFolder({ name, onMake }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  if (typed === null) {
    return (
      <Button icon="plus" onClick={() => setTyped(name ?? 'New folder')}>
        New folder
      </Button>
    );
  }
  const make = () => {
    if (typed.trim() !== '') onMake(typed.trim());
    setTyped(null);
  };
  return (
    <div className="file-browser-new">
      <input
        className="input"
        aria-label="Name of the new folder"
        autoFocus
        maxLength={255}
        value={typed}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') make();
          if (event.key === 'Escape') setTyped(null);
          if (event.key === 'Enter' || event.key === 'Escape') event.preventDefault();
        }}
      />
      <Button onClick={make} blocked={typed.trim() === '' ? 'Type a name' : undefined}>
        Make
      </Button>
    </div>
  );
}
