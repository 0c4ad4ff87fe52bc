import type { DatasetPreview } from '../../../src-shared/domain/preview.ts';
import { formatTick } from '../../../src-shared/plot/format.ts';
import { counted, whole } from '../../lib/words.ts';
import { HistogramChart } from './HistogramChart.tsx';
import { median, percent } from './words.ts';

const number = (value: number): string =>
  Math.abs(value) >= 1000 ? whole(value) : formatTick(Number(value.toPrecision(3)));

/** How much is seen in a cell, and how often each gene is. */
export function QcPlots({ preview }: { readonly preview: DatasetPreview }) {
  const counts = preview.values === 'counts';
  return (
    <div className="import-plots">
      <HistogramChart
        title={counts ? 'Counts per cell' : 'Sum per cell'}
        about={counts ? 'Counts of all genes in a cell' : 'Sum of the values of all genes in a cell'}
        note={`median ${median(preview.medianCounts)}`}
        histogram={preview.countsPerCell}
        of="cell"
        format={number}
      />
      <HistogramChart
        title="Genes per cell"
        about="Genes that are seen in a cell"
        note={`median ${median(preview.medianGenes)}`}
        histogram={preview.genesPerCell}
        of="cell"
        format={number}
      />
      <HistogramChart
        title="Cells per gene"
        about="Share of the cells in which a gene is seen"
        note={counted(preview.genes, 'gene')}
        histogram={preview.detectionPerGene}
        of="gene"
        format={percent}
      />
    </div>
  );
}
