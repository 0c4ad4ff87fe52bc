import { useId, useRef, type ReactNode } from 'react';
import { DownloadMenu, type FigureFormat } from './DownloadMenu.tsx';
import { saveFile } from '../../lib/save-file.ts';
import { fileName, pngOf, standaloneSvg } from './download.ts';
import { useWidth } from './use-width.ts';
import './charts.css';

/** A line of the legend: what a colour and a dash mean, and the value at the cursor or the newest. */
export interface LegendItem {
  readonly id: string;
  readonly label: string;
  readonly colour: string;
  readonly dash?: string | undefined;
  readonly value?: string | undefined;
}

interface ChartFrameProps {
  readonly title: string;
  /** Title of the downloaded figure, which stands alone; `title` when left out. */
  readonly figure?: string;
  /** One sentence on what is drawn. */
  readonly about?: string;
  readonly height: number;
  readonly legend: readonly LegendItem[];
  /** What the drawing shows, for those who do not see it. */
  readonly summary: string;
  /** The table behind the figure. */
  readonly csv: () => string | Promise<string>;
  /** Draws into the width that there is. */
  readonly children: (width: number) => ReactNode;
  /** Stands over the drawing, such as words while there is nothing to draw. */
  readonly overlay?: ReactNode;
  /** A row below the legend that keeps its height, such as the place of the cursor. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  /** Stands to the left of the drawing, such as its most telling number. */
  readonly lead?: ReactNode;
}

/** A figure with its title, legend with values, drawing of fixed height, and downloads. */
export function ChartFrame({ title, about, height, legend, summary, csv, ...rest }: ChartFrameProps) {
  const body = useRef<HTMLDivElement>(null);
  const width = useWidth(body, 320);
  const heading = useId();
  const download = async (format: FigureFormat) => {
    const name = `${fileName(rest.figure ?? title)}.${format}`;
    if (format === 'csv') {
      saveFile(name, await csv(), 'text/csv');
      return;
    }
    const drawing = body.current!.querySelector<SVGSVGElement>('svg');
    if (drawing === null) throw new Error('There is nothing to download yet.');
    const svg = standaloneSvg(drawing, { title: rest.figure ?? title, items: legend });
    saveFile(name, format === 'svg' ? svg : await pngOf(svg), 'image/svg+xml');
  };
  return (
    <figure className="chart" aria-labelledby={heading}>
      <div className="chart-head">
        <h2 id={heading} title={about}>
          {title}
        </h2>
        {rest.actions}
        <DownloadMenu title={title} onDownload={download} />
      </div>
      {legend.length > 0 && <Legend items={legend} />}
      {rest.note !== undefined && <div className="chart-note small muted numeric">{rest.note}</div>}
      <div className="chart-row">
        {rest.lead}
        <div ref={body} className="chart-body" style={{ height }} role="img" aria-label={summary}>
          {rest.children(width)}
          {rest.overlay}
        </div>
      </div>
    </figure>
  );
}

function Legend({ items }: { readonly items: readonly LegendItem[] }) {
  return (
    <ul className="chart-legend small">
      {items.map(({ id, label, colour, dash, value }) => (
        <li key={id}>
          <svg width="18" height="8" aria-hidden="true">
            <line x1="0" x2="18" y1="4" y2="4" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
          </svg>
          <span className="chart-legend-name" title={label}>
            {label}
          </span>
          {value !== undefined && <span className="chart-value numeric">{value}</span>}
        </li>
      ))}
    </ul>
  );
}
