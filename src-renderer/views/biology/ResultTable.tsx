import { useMemo, useState, type ReactNode } from 'react';
import { Button } from '../../components/Button.tsx';
import { csvOf, type CsvValue } from '../../components/charts/csv.ts';
import { fileName } from '../../components/charts/download.ts';
import { saveFile } from '../../lib/save-file.ts';
import { whole } from '../../lib/words.ts';
import { arrangedRows, type RowSort } from './table-rows.ts';

/** A column of a table: its values by row, and how they are written. */
export interface TableColumn {
  /** Heading of the CSV. */
  readonly name: string;
  readonly title: string;
  /** What it means, shown on hover. */
  readonly about?: string;
  readonly values: readonly (string | number)[];
  /** Words of a value; text as it is, numbers by `String` when left out. */
  readonly show?: (value: number) => string;
  /** Numbers are sorted from large to small first; set for those of which small ones matter, such as p. */
  readonly smallFirst?: boolean;
  /** Text that takes what room is left, cut to fit; it is searched too. */
  readonly isWide?: boolean;
}

interface ResultTableProps {
  readonly title: string;
  /** The first holds the names of the rows: they are searched, and can be clicked. */
  readonly columns: readonly TableColumn[];
  /** What a row is, such as `gene`. */
  readonly of: string;
  readonly sort: RowSort;
  /** What a click on a name does, such as `Show on the map`. */
  readonly action?: string;
  readonly onChoose?: (name: string) => void;
  readonly chosen?: string | null;
  readonly height?: number;
  /** Stands beside the search. */
  readonly children?: ReactNode;
}

const ROW = 32;
/** Rows drawn above and below those in sight. */
const BEYOND = 8;

/** A table that is searched, sorted and downloaded; only the rows in sight are drawn. */
export function ResultTable(props: ResultTableProps) {
  const { title, columns, of } = props;
  const [typed, setTyped] = useState('');
  const [sort, setSort] = useState(props.sort);
  const rows = useMemo(() => arrangedRows(columns, typed, sort), [columns, typed, sort]);
  const all = columns[0]!.values.length;
  const sorted = (column: TableColumn): RowSort =>
    sort.column === column.name
      ? { ...sort, descending: !sort.descending }
      : { column: column.name, descending: isNumeric(column) && column.smallFirst !== true };
  return (
    <section className="card biology-table" aria-label={title}>
      <div className="biology-table-head">
        <h2>{title}</h2>
        {props.children}
        <input
          className="input"
          type="search"
          aria-label={`Find a ${of}`}
          placeholder={`Find a ${of}`}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <span className="muted small numeric" role="status">
          {rows.length === all ? `${whole(all)} ${of}s` : `${whole(rows.length)} of ${whole(all)} ${of}s`}
        </span>
        <Button
          icon="download"
          onClick={() => saveFile(`${fileName(title)}.csv`, csvText(columns, rows), 'text/csv')}
        >
          CSV
        </Button>
      </div>
      <Rows
        // A new order begins at its top.
        key={`${typed} ${sort.column} ${sort.descending}`}
        {...props}
        rows={rows}
        sort={sort}
        onSort={(column) => setSort(sorted(column))}
      />
      {rows.length === 0 && (
        <p className="muted">{typed === '' ? `There is no ${of}.` : `No ${of} is called “${typed}”.`}</p>
      )}
    </section>
  );
}

interface RowsProps extends Omit<ResultTableProps, 'sort'> {
  readonly rows: Uint32Array;
  readonly sort: RowSort;
  readonly onSort: (column: TableColumn) => void;
}

function Rows({ title, columns, rows, sort, height = 416, onSort, onChoose, action, chosen }: RowsProps) {
  const [top, setTop] = useState(0);
  const from = Math.max(0, Math.floor(top / ROW) - BEYOND);
  const to = Math.min(rows.length, Math.ceil((top + height) / ROW) + BEYOND);
  const [names, ...others] = columns as [TableColumn, ...TableColumn[]];
  return (
    <div
      className="biology-rows"
      style={{ maxHeight: height }}
      tabIndex={0}
      role="region"
      aria-label={`Rows of ${title}`}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <table className="numeric" aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Heading key={column.name} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <tr aria-hidden="true" style={{ height: from * ROW }} />
          {Array.from(rows.subarray(from, to), (row, i) => {
            const name = String(names.values[row]);
            return (
              <tr
                key={row}
                aria-rowindex={from + i + 2}
                className={name === chosen ? 'is-chosen' : undefined}
                aria-current={name === chosen ? 'true' : undefined}
              >
                <th scope="row">
                  {onChoose === undefined ? (
                    name
                  ) : (
                    <button
                      type="button"
                      title={action === undefined ? name : `${name}: ${action.toLowerCase()}`}
                      onClick={() => onChoose(name)}
                    >
                      {name}
                    </button>
                  )}
                </th>
                {others.map((column) => (
                  <td
                    key={column.name}
                    className={classOf(column)}
                    title={column.isWide === true ? textOf(column, row) : undefined}
                  >
                    {textOf(column, row)}
                  </td>
                ))}
              </tr>
            );
          })}
          <tr aria-hidden="true" style={{ height: (rows.length - to) * ROW }} />
        </tbody>
      </table>
    </div>
  );
}

interface HeadingProps {
  readonly column: TableColumn;
  readonly sort: RowSort;
  readonly onSort: (column: TableColumn) => void;
}

function Heading({ column, sort, onSort }: HeadingProps) {
  const isSorted = sort.column === column.name;
  return (
    <th
      scope="col"
      className={classOf(column)}
      aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" title={column.about} onClick={() => onSort(column)}>
        {column.title}
        <span aria-hidden="true" className="biology-arrow">
          {isSorted ? (sort.descending ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  );
}

function classOf(column: TableColumn): string | undefined {
  if (isNumeric(column)) return undefined;
  return column.isWide === true ? 'is-text is-wide' : 'is-text';
}

function isNumeric({ values }: TableColumn): boolean {
  return typeof values[0] === 'number';
}

function textOf({ values, show }: TableColumn, row: number): string {
  const value = values[row]!;
  if (typeof value === 'string') return value;
  if (Number.isNaN(value)) return '–';
  return show === undefined ? String(value) : show(value);
}

function csvText(columns: readonly TableColumn[], rows: Uint32Array): string {
  return csvOf(
    columns.map(({ name }) => name),
    Array.from(rows, (row) => columns.map(({ values }): CsvValue => values[row])),
  );
}
