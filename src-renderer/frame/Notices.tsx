import { useEffect } from 'react';
import { IconButton } from '../components/Button.tsx';
import { Icon } from '../components/icons.tsx';
import type { Notice } from '../store/notices.ts';
import { useApp } from '../store/store.ts';

/** Milliseconds that a notice stays; errors stay until they are closed. */
const STAY = 10_000;

export function Notices() {
  const notices = useApp((state) => state.notices);
  return (
    <div className="notices" role="region" aria-label="Messages" aria-live="polite">
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function NoticeCard({ notice }: { readonly notice: Notice }) {
  const dismiss = useApp((state) => state.dismiss);
  useEffect(() => {
    if (notice.kind === 'error') return undefined;
    const timer = setTimeout(() => dismiss(notice.id), STAY);
    return () => clearTimeout(timer);
  }, [notice, dismiss]);
  const icon = { info: 'info', ok: 'check', error: 'error' } as const;
  return (
    <div className={`notice notice-${notice.kind}`} role={notice.kind === 'error' ? 'alert' : undefined}>
      <Icon name={icon[notice.kind]} />
      <span>{notice.message}</span>
      {notice.action && (
        <button
          type="button"
          className="button button-quiet"
          onClick={() => {
            notice.action!.run();
            dismiss(notice.id);
          }}
        >
          {notice.action.label}
        </button>
      )}
      <IconButton icon="close" label="Close message" onClick={() => dismiss(notice.id)} />
    </div>
  );
}
