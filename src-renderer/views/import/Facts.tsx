import { whole } from '../../lib/words.ts';
import type { DatasetPreview } from '../../../src-shared/domain/preview.ts';
import type { DatasetRecord } from '../../../src-shared/domain/project.ts';
import { median, percent, valueWords } from './words.ts';

interface Props {
  readonly data: Pick<DatasetRecord, 'cells' | 'genes' | 'sparsity' | 'values'>;
  /** Where it is there: what only a reading tells. */
  readonly preview: Pick<DatasetPreview, 'medianCounts' | 'medianGenes'> | null;
}

/** A dataset in numbers. */
export function Facts({ data, preview }: Props) {
  const facts = [
    ['Cells', whole(data.cells)],
    ['Genes', whole(data.genes)],
    ['Zeros', percent(data.sparsity)],
    [
      data.values === 'counts' ? 'Counts per cell' : 'Sum per cell',
      preview === null ? '–' : median(preview.medianCounts),
      'median',
    ],
    ['Genes per cell', preview === null ? '–' : median(preview.medianGenes), 'median'],
  ];
  return (
    <dl className="import-facts">
      {facts.map(([label, value, about]) => (
        <div key={label}>
          <dt className="small muted">{label}</dt>
          <dd className="numeric">
            {value}
            {about !== undefined && preview !== null && <span className="small muted"> {about}</span>}
          </dd>
        </div>
      ))}
      <div className="import-facts-wide">
        <dt className="small muted">Values</dt>
        <dd>{valueWords[data.values]}</dd>
      </div>
    </dl>
  );
}
