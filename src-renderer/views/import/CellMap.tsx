import { useEffect, useRef } from 'react';
import type { DatasetPreview } from '../../../src-shared/domain/preview.ts';
import { useWidth } from '../../components/charts/use-width.ts';
import { sourceWords } from './choice.ts';
import { drawnText, markSize, placementOf, scaleBar } from './cell-map.ts';
import { unitWords } from './words.ts';

const HEIGHT = 232;

interface Props {
  readonly positions: NonNullable<DatasetPreview['positions']>;
  /** Of the whole dataset; at most 20,000 are drawn. */
  readonly cells: number;
}

/** A small picture of where the cells lie. */
export function CellMap({ positions, cells }: Props) {
  const { xy, unit, source } = positions;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(box, 480);
  useEffect(() => {
    const paint = () => draw(canvas.current, xy, width);
    paint();
    const observer = new MutationObserver(paint);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => observer.disconnect();
  }, [xy, width]);
  const { scale } = placementOf(xy, width, HEIGHT);
  const bar = scaleBar(scale, width);
  const shown = drawnText(xy.length / 2, cells);
  return (
    <figure className="import-map">
      <div ref={box} className="import-map-picture">
        <canvas
          ref={canvas}
          role="img"
          aria-label={`Positions of the cells: ${shown}, in ${unitWords[unit]}`}
          style={{ width, height: HEIGHT }}
        />
        <div className="import-map-scale small numeric" style={{ width: bar.pixels }}>
          {bar.length.toLocaleString('en-US')} {unitSigns[unit]}
        </div>
      </div>
      <figcaption className="small muted">
        {shown}, from {sourceWords(source)}, in {unitWords[unit]}
      </figcaption>
    </figure>
  );
}

const unitSigns = { micrometre: 'µm', pixel: 'px', unknown: 'units' } as const;

function draw(canvas: HTMLCanvasElement | null, xy: Float32Array, width: number): void {
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return;
  const dense = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * dense);
  canvas.height = Math.round(HEIGHT * dense);
  context.scale(dense, dense);
  const { scale, left, top } = placementOf(xy, width, HEIGHT);
  const side = markSize(xy.length / 2, width, HEIGHT);
  context.fillStyle = getComputedStyle(canvas).getPropertyValue('--measured');
  context.globalAlpha = 0.7;
  for (let i = 0; i < xy.length; i += 2) {
    context.fillRect(xy[i]! * scale + left - side / 2, xy[i + 1]! * scale + top - side / 2, side, side);
  }
}
