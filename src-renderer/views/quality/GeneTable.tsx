import { useMemo, useState } from 'react';
import { fixed } from '../../../src-shared/plot/format.ts';
import { Button } from '../../components/Button.tsx';
import { csvOf } from '../../components/charts/csv.ts';
import { saveFile } from '../../lib/save-file.ts';
import { arranged, type GeneTableRow, type Sort, type SortKey } from './gene-rows.ts';

interface GeneTableProps {
  readonly rows: readonly GeneTableRow[];
  readonly method: string;
  readonly other: string;
  readonly onGene: (gene: string) => void;
}

const ROW = 32;
const HEIGHT = 416;
/** Rows drawn above and below those in sight. */
const BEYOND = 8;

interface Column {
  readonly key: SortKey;
  readonly title: string;
  readonly about: string;
}

const columns: readonly Column[] = [
  { key: 'gene', title: 'Gene', about: 'A gene that was left out and imputed; click to see it on the map' },
  { key: 'pcc', title: 'PCC', about: 'Pearson correlation of imputed and measured values; 1 is perfect' },
  { key: 'ahead', title: 'Ahead', about: 'PCC less that of the other method' },
  { key: 'spearman', title: 'Spearman', about: 'Correlation of the ranks; 1 is perfect' },
  { key: 'ssim', title: 'SSIM', about: 'Structural similarity; 1 is perfect' },
  { key: 'rmse', title: 'RMSE', about: 'Root mean squared error of z-scores; 0 is perfect' },
  {
    key: 'moranMeasured',
    title: 'Moran’s I, measured',
    about: 'How far the measured gene clusters in space',
  },
  { key: 'moranImputed', title: 'Moran’s I, imputed', about: 'How far the imputed gene clusters in space' },
  { key: 'fold', title: 'Part', about: 'The part of the genes with which it was left out' },
];

/** Every held-out gene; only the rows in sight are drawn. */
export function GeneTable({ rows, method, other, onGene }: GeneTableProps) {
  const [typed, setTyped] = useState('');
  const [sort, setSort] = useState<Sort>({ key: 'pcc', descending: true });
  const found = useMemo(() => arranged(rows, typed, sort), [rows, typed, sort]);
  return (
    <section className="card quality-genes" aria-label="Genes">
      <div className="quality-genes-head">
        <h2>Genes, imputed by {method}</h2>
        <input
          className="input"
          type="search"
          aria-label="Find a gene in the table"
          placeholder="Find a gene"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <span className="muted small numeric quality-genes-count" role="status">
          {found.length === rows.length ? `${rows.length} genes` : `${found.length} of ${rows.length} genes`}
        </span>
        <Button
          icon="download"
          onClick={() =>
            saveFile(
              'held-out-genes.csv',
              csvOf(
                columns.map(({ key }) => key),
                found.map((row) => columns.map(({ key }) => row[key])),
              ),
              'text/csv',
            )
          }
        >
          CSV
        </Button>
      </div>
      <Rows
        // A new order begins at its top.
        key={`${typed} ${sort.key} ${sort.descending} ${method}`}
        rows={found}
        sort={sort}
        label={`Held-out genes by ${method}, against ${other}`}
        onSort={(key) =>
          setSort((before) => ({ key, descending: before.key === key ? !before.descending : key !== 'gene' }))
        }
        onGene={onGene}
      />
      {found.length === 0 && <p className="muted">No held-out gene is called “{typed}”.</p>}
    </section>
  );
}

interface RowsProps {
  readonly rows: readonly GeneTableRow[];
  readonly sort: Sort;
  readonly label: string;
  readonly onSort: (key: SortKey) => void;
  readonly onGene: (gene: string) => void;
}

function Rows({ rows, sort, label, onSort, onGene }: RowsProps) {
  const [top, setTop] = useState(0);
  const from = Math.max(0, Math.floor(top / ROW) - BEYOND);
  const to = Math.min(rows.length, Math.ceil((top + HEIGHT) / ROW) + BEYOND);
  return (
    <div
      className="quality-table"
      style={{ height: HEIGHT }}
      tabIndex={0}
      role="region"
      aria-label={label}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <table className="numeric" aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Heading key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <tr aria-hidden="true" style={{ height: from * ROW }} />
          {rows.slice(from, to).map((row, i) => (
            <tr key={row.gene} aria-rowindex={from + i + 2}>
              <th scope="row">
                <button type="button" title="Show on the map" onClick={() => onGene(row.gene)}>
                  {row.gene}
                </button>
              </th>
              {columns.slice(1).map(({ key }) => (
                <td key={key}>{cellText(row, key)}</td>
              ))}
            </tr>
          ))}
          <tr aria-hidden="true" style={{ height: (rows.length - to) * ROW }} />
        </tbody>
      </table>
    </div>
  );
}

interface HeadingProps {
  readonly column: Column;
  readonly sort: Sort;
  readonly onSort: (key: SortKey) => void;
}

function Heading({ column: { key, title, about }, sort, onSort }: HeadingProps) {
  const sorted = sort.key === key;
  return (
    <th scope="col" aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" title={about} onClick={() => onSort(key)}>
        {title}
        <span aria-hidden="true" className="quality-arrow">
          {sorted ? (sort.descending ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  );
}

function cellText(row: GeneTableRow, key: SortKey): string {
  const value = row[key];
  if (value === null) return '–';
  if (typeof value === 'string' || key === 'fold') return String(value);
  return key === 'ahead' && value > 0 ? `+${fixed(value, 3)}` : fixed(value, 3);
}
