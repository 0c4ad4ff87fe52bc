import { useEffect, useId, useRef, useState } from 'react';
import { useAction } from '../../engine/use-call.ts';
import { IconButton } from '../Button.tsx';

export type FigureFormat = 'svg' | 'png' | 'csv';

interface DownloadMenuProps {
  /** Title of the figure, read with the button's name. */
  readonly title: string;
  readonly onDownload: (format: FigureFormat) => Promise<void>;
}

const formats: readonly (readonly [FigureFormat, string])[] = [
  ['svg', 'Drawing (SVG)'],
  ['png', 'Picture (PNG)'],
  ['csv', 'Numbers (CSV)'],
];

/** A figure as a drawing, a picture or a table. */
export function DownloadMenu({ title, onDownload }: DownloadMenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  const download = useAction(onDownload);
  useEffect(() => {
    if (!open) return undefined;
    root.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const away = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener('pointerdown', away);
    return () => removeEventListener('pointerdown', away);
  }, [open]);
  const close = () => {
    setOpen(false);
    root.current?.querySelector('button')?.focus();
  };
  return (
    <div
      ref={root}
      className="download"
      onKeyDown={(event) => {
        if (!open) return;
        if (event.key === 'Escape') {
          event.stopPropagation();
          close();
        }
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
          event.preventDefault();
          step(root.current!, event.key === 'ArrowDown' ? 1 : -1);
        }
      }}
    >
      <IconButton
        icon="download"
        label={`Download ${title}`}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        disabled={download.busy}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <div id={id} className="download-menu" role="menu" aria-label={`Download ${title}`}>
          {formats.map(([format, label]) => (
            <button
              key={format}
              type="button"
              role="menuitem"
              onClick={() => {
                close();
                download.run(format);
              }}
            >
              {label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function step(root: HTMLElement, by: 1 | -1): void {
  const items = [...root.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  items[(at + by + items.length) % items.length]!.focus();
}
