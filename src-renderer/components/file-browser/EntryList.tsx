import { useEffect, useRef } from 'react';
import type { FileEntry } from '../../../src-shared/contract/calls/files.ts';
import { formatMoment } from '../../lib/moment.ts';
import { bytes } from '../../lib/words.ts';
import { Waiting } from '../feedback.tsx';
import { Icon } from '../icons.tsx';
import { MOST_ROWS, type Listing } from './listing.ts';

interface Props {
  readonly id: string;
  readonly listing: Listing | null;
  readonly rows: readonly FileEntry[];
  readonly active: FileEntry | undefined;
  readonly filtered: boolean;
  readonly onSelect: (path: string) => void;
  readonly onOpen: (entry: FileEntry) => void;
  /** Into a folder, even where opening it means to choose it. */
  readonly onLook: (entry: FileEntry) => void;
}

export const optionId = (index: number): string => `file-browser-entry-${index}`;

/** Files and folders with size and date; the filter's keys move through it. */
export function EntryList({ id, listing, rows, active, filtered, onSelect, onOpen, onLook }: Props) {
  const ref = useRef<HTMLUListElement>(null);
  useEffect(() => {
    ref.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const shown = rows.slice(0, MOST_ROWS);
  return (
    <div className="file-browser-box">
      {/* A press leaves the focus in the filter, whose keys move through the list. */}
      <ul
        ref={ref}
        id={id}
        role="listbox"
        aria-label="Files and folders"
        onMouseDown={(event) => event.preventDefault()}
      >
        {shown.map((entry, i) => (
          <li
            key={entry.path}
            id={optionId(i)}
            role="option"
            aria-selected={entry === active}
            title={entry.name}
            onClick={() => onSelect(entry.path)}
            onDoubleClick={() => onOpen(entry)}
          >
            <Icon name={entry.kind} size={18} />
            <span className="file-browser-name">{entry.name}</span>
            {entry.hint !== undefined && <span className="file-browser-hint">{entry.hint}</span>}
            <span className="file-browser-size numeric">
              {entry.kind === 'file' ? bytes(entry.bytes) : ''}
            </span>
            <span className="file-browser-date numeric">{formatMoment(entry.modified)}</span>
            {entry.kind === 'folder' ? (
              <span
                className="file-browser-look"
                title="Look into this folder"
                onClick={(event) => {
                  event.stopPropagation();
                  onLook(entry);
                }}
              >
                <Icon name="right" size={16} />
              </span>
            ) : (
              <span />
            )}
          </li>
        ))}
      </ul>
      {listing === null && <Waiting>Reading the folder</Waiting>}
      {listing !== null && <Words listing={listing} rows={rows} filtered={filtered} />}
    </div>
  );
}

/** What the list does not show, and why. */
function Words({
  listing,
  rows,
  filtered,
}: Pick<Props, 'rows' | 'filtered'> & { readonly listing: Listing }) {
  const more = listing.truncated || rows.length > MOST_ROWS;
  if (rows.length > 0 && !more) return null;
  const empty = filtered ? 'Nothing here has this in its name.' : 'Nothing to choose in this folder.';
  return (
    <p className="file-browser-words muted" role="status">
      {rows.length === 0
        ? empty
        : 'This folder holds more than is listed; type a part of the name or its path.'}
    </p>
  );
}
