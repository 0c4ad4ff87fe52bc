import type { DatasetPreview } from '../../../src-shared/domain/preview.ts';
import { whole } from '../../lib/words.ts';
import { CellMap } from './CellMap.tsx';
import { Facts } from './Facts.tsx';
import { QcPlots } from './QcPlots.tsx';

interface Props {
  readonly preview: DatasetPreview;
  /** Another choice is being read; the numbers are of the one before. */
  readonly stale: boolean;
}

/** What the data hold: numbers, map, examples of genes, distributions. */
export function PreviewBody({ preview, stale }: Props) {
  const { positions, geneExamples, genes, images } = preview;
  const more = genes - geneExamples.length;
  return (
    <div className={`import-preview${stale ? ' is-stale' : ''}`} aria-busy={stale}>
      <Facts data={preview} preview={preview} />
      {positions !== null && <CellMap positions={positions} cells={preview.cells} />}
      <p className="small">
        <span className="muted">Genes: </span>
        {geneExamples.join(', ')}
        {more > 0 && <span className="muted"> and {whole(more)} more</span>}
      </p>
      {images.length > 0 && (
        <p className="small">
          <span className="muted">Pictures of the tissue: </span>
          {images.map(({ name }) => name).join(', ')}
        </p>
      )}
      <QcPlots preview={preview} />
    </div>
  );
}
