import { useLayoutEffect, useRef } from 'react';
import { Note, Waiting } from '../../components/feedback.tsx';
import type { Log } from './use-log.ts';

/** Lines of a log, the newest in sight unless the reader has gone up. */
export function LogView({ log, label }: { readonly log: Log; readonly label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    if (box.current && atEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [log.lines]);
  if (log.error !== null) return <Note kind="error">{log.error}</Note>;
  if (log.waiting) return <Waiting>Reading the log</Waiting>;
  if (log.lines.length === 0) return <p className="muted small">Nothing has been logged yet.</p>;
  return (
    <div
      ref={box}
      className="log"
      role="log"
      aria-label={label}
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < 24;
      }}
    >
      {log.lines.map(({ time, level, message }, i) => (
        <div key={`${time} ${i}`} className={`log-line log-${level}`}>
          <time className="numeric muted" dateTime={time}>
            {new Date(time).toLocaleTimeString('en-GB')}
          </time>
          {level !== 'info' && <strong>{level === 'warning' ? 'Warning' : 'Error'}</strong>}
          <span>{message}</span>
        </div>
      ))}
    </div>
  );
}
