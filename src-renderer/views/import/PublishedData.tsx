import { publishedPairs, publishedTables } from '../../../src-shared/domain/published-pairs.ts';
import type { PublishedTable } from '../../../src-shared/domain/published-pairs.ts';
import { whole } from '../../lib/words.ts';
import { CopyText } from './CopyText.tsx';

/** The published pairs, with where their authors offer them; nothing is downloaded by the app. */
export function PublishedData() {
  return (
    <details className="import-published">
      <summary>
        <h2>Published data</h2>
        <span className="muted">Seven pairs from the literature, and where to download them</span>
      </summary>
      <p className="muted">
        Download both tables of a pair in your browser and choose them above. SpaGene recognises them and
        offers the settings of the published work.
      </p>
      <ul>
        {publishedPairs.map((pair) => (
          <li key={pair.preset}>
            <h3>{pair.title}</h3>
            <Table table={publishedTables[pair.spatial]} />
            <Table table={publishedTables[pair.reference]} />
            <p className="small muted">{pair.sharedGenes} shared genes after filtering</p>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Table({ table }: { readonly table: PublishedTable }) {
  return (
    <div className="import-published-table">
      <p>
        {table.title}
        <span className="small muted numeric">
          {' '}
          {whole(table.cells)} cells × {whole(table.genes)} genes, file{' '}
          <span className="mono">{table.file}</span>
        </span>
      </p>
      <CopyText label={table.source.label} text={table.source.url} />
    </div>
  );
}
