import { Button } from '../../components/Button.tsx';
import { Note, ProgressBar } from '../../components/feedback.tsx';
import { bytes } from '../../lib/words.ts';
import { CopyText } from './CopyText.tsx';
import type { ExportItem } from './use-exports.ts';

interface ExportItemsProps {
  readonly items: readonly ExportItem[];
  readonly shell: 'electron' | 'browser';
  readonly onCancel: (ticket: string) => void;
  readonly onReveal: (path: string) => void;
}

/** What was exported since the page was opened. */
export function ExportItems({ items, shell, onCancel, onReveal }: ExportItemsProps) {
  if (items.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="export-done">
      <h2 id="export-done">Exports</h2>
      <ul className="export-items">
        {items.map((item) => (
          <li key={item.ticket}>
            <Item item={item} shell={shell} onCancel={onCancel} onReveal={onReveal} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Item({
  item,
  shell,
  onCancel,
  onReveal,
}: Omit<ExportItemsProps, 'items'> & { readonly item: ExportItem }) {
  if (item.error !== null) {
    return (
      <Note kind="error" title={item.title}>
        {item.error}
      </Note>
    );
  }
  if (item.result === null) {
    return (
      <div className="export-running">
        <span>{item.title}</span>
        <ProgressBar share={item.share} label={`Writing ${item.title}`} />
        <Button kind="quiet" icon="close" onClick={() => onCancel(item.ticket)}>
          Cancel
        </Button>
      </div>
    );
  }
  const { path, bytes: size, command } = item.result;
  const name = path.split(/[\\/]/u).at(-1)!;
  // A report is a folder, which a browser cannot fetch in one piece.
  const isFile = item.format !== 'report';
  return (
    <div className="stack">
      <Note
        kind="ok"
        title={`${item.title} · ${bytes(size)}`}
        actions={
          shell === 'electron' ? (
            <Button icon="folder" onClick={() => onReveal(path)}>
              Show in folder
            </Button>
          ) : (
            isFile && (
              <a className="button" href={`/download/exports/${encodeURIComponent(name)}`} download={name}>
                Download
              </a>
            )
          )
        }
      >
        <span className="mono" data-export-path>
          {path}
        </span>
      </Note>
      {command !== null && <CopyText label="Command that repeats the run" text={command} />}
    </div>
  );
}
