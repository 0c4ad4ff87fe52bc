import type { Rgb } from '../../../src-shared/plot/colour-scale.ts';
import { hexOf } from '../../../src-shared/plot/colour-scale.ts';
import { categoryColour } from '../../../src-shared/plot/category-palette.ts';
import { formatCount } from '../../../src-shared/plot/format.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { csvOf } from '../../components/charts/csv.ts';
import { fileName } from '../../components/charts/download.ts';
import { saveFile } from '../../lib/save-file.ts';
import { RenameField } from './RenameField.tsx';
import { shareInWords } from './share-words.ts';

export interface CategoryRow {
  readonly name: string;
  readonly cells: number;
  readonly share: number;
  /** A name that was made from what is in it, where the user gave another. */
  readonly suggested?: string | undefined;
}

interface CategoryTableProps {
  readonly title: string;
  /** What a row is, such as `niche`. */
  readonly of: string;
  /** In the order of their codes. */
  readonly rows: readonly CategoryRow[];
  readonly colours?: readonly Rgb[];
  readonly focus: number | null;
  readonly onFocus: (code: number | null) => void;
  /** Absent where names cannot be changed. */
  readonly onRename?: ((code: number, name: string) => void) | undefined;
}

/** Categories with their colours, names that can be changed, cells and shares; one of them can be made to stand out. */
export function CategoryTable(props: CategoryTableProps) {
  const { title, of, rows, focus, onFocus, onRename, colours } = props;
  const names = rows.map(({ name }) => name);
  return (
    <section className="card biology-categories" aria-label={title}>
      <div className="biology-table-head">
        <h2>{title}</h2>
        <Button
          icon="download"
          onClick={() =>
            saveFile(
              `${fileName(title)}.csv`,
              csvOf(
                [of, 'cells', 'share'],
                rows.map(({ name, cells, share }) => [name, cells, share]),
              ),
              'text/csv',
            )
          }
        >
          CSV
        </Button>
      </div>
      <div className="biology-categories-rows">
        <table className="biology-plain numeric">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Cells</th>
              <th scope="col">Share</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, cells, share, suggested }, code) => (
              <tr key={code} className={code === focus ? 'is-chosen' : undefined}>
                <th scope="row">
                  <div className="biology-category">
                    <i
                      className="biology-swatch"
                      style={{ background: hexOf(colours?.[code] ?? categoryColour(code)) }}
                    />
                    <RenameField
                      label={`Name of ${of} ${code + 1}`}
                      value={name}
                      taken={names.filter((each) => each !== name)}
                      readOnly={onRename === undefined}
                      onRename={(next) => onRename?.(code, next)}
                    />
                  </div>
                  {suggested !== undefined && suggested !== name && (
                    <div className="muted small">suggested: {suggested}</div>
                  )}
                </th>
                <td>{formatCount(cells)}</td>
                <td>{shareInWords(share)}</td>
                <td>
                  <IconButton
                    icon="eye"
                    pressed={code === focus}
                    label={code === focus ? `Show all, not only ${name}` : `Highlight ${name}`}
                    onClick={() => onFocus(code === focus ? null : code)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
