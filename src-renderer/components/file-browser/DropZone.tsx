import type { ReactNode } from 'react';
import type { FileQuestion } from './file-question.ts';
import { useDrop } from './use-drop.ts';
import './drop-zone.css';

interface Props {
  /** Asked in the file dialog where a drop does not tell a path. */
  readonly question: FileQuestion;
  readonly label: string;
  readonly onPath: (path: string) => void;
  readonly children: ReactNode;
  readonly disabled?: boolean;
}

/** A place where a file or folder can be dropped; buttons that do the same are among its children. */
export function DropZone({ question, label, onPath, children, disabled = false }: Props) {
  const { over, handlers } = useDrop(question, onPath);
  return (
    <section className={`drop-zone${over ? ' is-over' : ''}`} aria-label={label} {...(!disabled && handlers)}>
      {children}
    </section>
  );
}
