import { useState } from 'react';
import { IconButton } from '../Button.tsx';
import { crumbsOf } from './listing.ts';

interface Props {
  readonly folder: string | undefined;
  readonly onGo: (path: string) => void;
}

/** Where the list is; each part leads there, and the whole can be typed. */
export function Breadcrumbs({ folder, onGo }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  if (typed !== null) {
    return (
      <div className="file-browser-path">
        <input
          className="input mono"
          aria-label="Path of a folder or file"
          spellCheck={false}
          autoFocus
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={() => setTyped(null)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && typed.trim() !== '') {
              event.preventDefault();
              onGo(typed.trim());
            }
            if (event.key === 'Enter' || event.key === 'Escape') {
              event.preventDefault();
              setTyped(null);
            }
          }}
        />
      </div>
    );
  }
  return (
    <div className="file-browser-path">
      <nav aria-label="Path">
        {crumbsOf(folder ?? '').map(({ name, path }, i) => (
          <button
            key={path}
            type="button"
            aria-current={path === folder ? 'page' : undefined}
            title={path}
            onClick={() => onGo(path)}
          >
            {i > 1 || (i === 1 && !folder!.startsWith('/')) ? `› ${name}` : name}
          </button>
        ))}
      </nav>
      <IconButton icon="edit" label="Type a path" onClick={() => setTyped(folder ?? '')} />
    </div>
  );
}
