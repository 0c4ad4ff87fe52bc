import { textWidth } from '../../../src-shared/plot/svg.ts';

interface PlotLabelProps {
  readonly words: string;
  /** Upper left corner of its box. */
  readonly left: number;
  readonly top: number;
  /** The point it belongs to, where it stands so far off that a line leads there. */
  readonly from: readonly [number, number] | null;
}

/** Size of the letters, and height of a label's box, in pixels. */
export const LABEL_SIZE = 11;
export const LABEL_HEIGHT = 13;

/** The name of a point, legible over lines, with a line to a point that is not beside it. */
export function PlotLabel({ words, left, top, from }: PlotLabelProps) {
  const end = (value: number, low: number, size: number) => Math.min(low + size, Math.max(low, value));
  return (
    <g className="plot-name">
      {from && (
        <line
          className="plot-leader"
          x1={from[0]}
          y1={from[1]}
          x2={end(from[0], left, textWidth(words, LABEL_SIZE))}
          y2={end(from[1], top, LABEL_HEIGHT)}
        />
      )}
      <text className="plot-halo" x={left} y={top + 10}>
        {words}
      </text>
      <text className="plot-label" x={left} y={top + 10}>
        {words}
      </text>
    </g>
  );
}
