import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

interface ProgressBarProps {
  /** Share done, 0 … 1; null while nobody knows. */
  readonly share: number | null;
  readonly label: string;
}

export function ProgressBar({ share, label }: ProgressBarProps) {
  const percent = share === null ? undefined : Math.round(share * 100);
  return (
    <div
      className={`progress${share === null ? ' is-unknown' : ''}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <svg width="100%" height="6" aria-hidden="true" preserveAspectRatio="none">
        <rect className="progress-track" width="100%" height="6" rx="3" />
        <rect className="progress-done" width={`${percent ?? 30}%`} height="6" rx="3" />
      </svg>
    </div>
  );
}

interface NoteProps {
  readonly kind: 'error' | 'warning' | 'info' | 'ok';
  readonly title?: string;
  readonly children: ReactNode;
  /** Buttons that do what the text advises. */
  readonly actions?: ReactNode;
}

const noteIcons: Readonly<Record<NoteProps['kind'], IconName>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  ok: 'check',
};

/** What happened, where and what to do, in the place where it matters. Errors are read aloud. */
export function Note({ kind, title, children, actions }: NoteProps) {
  return (
    <div className={`note note-${kind}`} role={kind === 'error' ? 'alert' : undefined}>
      <Icon name={noteIcons[kind]} />
      <div className="note-text">
        {title !== undefined && <strong>{title}</strong>}
        <div>{children}</div>
        {actions !== undefined && <div className="note-actions">{actions}</div>}
      </div>
    </div>
  );
}

interface EmptyStateProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** A view that has nothing to show yet: what it is for and what to do next. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <section className="empty" aria-label={title}>
      <Icon name={icon} size={40} />
      <h2>{title}</h2>
      <div className="muted">{children}</div>
      {actions !== undefined && <div className="empty-actions">{actions}</div>}
    </section>
  );
}

/** Words that appear only when something takes longer than a blink, so that nothing flickers. */
export function Waiting({ children }: { readonly children: ReactNode }) {
  return (
    <div className="waiting muted" role="status">
      {children}
    </div>
  );
}
