import { memo } from 'react';
import { fitted, textWidth } from '../../../../src-shared/plot/svg.ts';

export interface BarRow {
  readonly name: string;
  readonly value: number;
  /** What stands at the end of the bar. */
  readonly words: string;
  readonly colour: string;
}

interface BarsProps {
  readonly width: number;
  readonly rows: readonly BarRow[];
  readonly onHover?: (row: number | null) => void;
}

const ROW = 32;

export function barsHeight(rows: number): number {
  return rows * ROW + 8;
}

/** Lying bars with their names before and their numbers behind them. */
export const Bars = memo(function Bars({ width, rows, onHover }: BarsProps) {
  const names = Math.min(160, Math.max(0, ...rows.map(({ name }) => textWidth(name, 12)))) + 10;
  const words = Math.max(0, ...rows.map((row) => textWidth(row.words, 12))) + 8;
  const most = Math.max(...rows.map(({ value }) => value), Number.MIN_VALUE);
  const room = Math.max(20, width - names - words);
  return (
    <svg width={width} height={barsHeight(rows.length)} onPointerLeave={() => onHover?.(null)}>
      {rows.map(({ name, value, words: text, colour }, i) => {
        const long = value > 0 ? Math.max(1, (value / most) * room) : 0;
        return (
          <g key={name} onPointerEnter={() => onHover?.(i)}>
            <rect x={0} y={i * ROW} width={width} height={ROW} fill="transparent" />
            <text x={names - 8} y={i * ROW + 21} textAnchor="end" fontSize={12} fill="var(--text)">
              {fitted(name, names - 8, 12)}
              <title>{name}</title>
            </text>
            <rect x={names} y={i * ROW + 7} width={long} height={ROW - 12} fill={colour} rx={2} />
            <text x={names + long + 6} y={i * ROW + 21} fontSize={12} fill="var(--muted)">
              {text}
            </text>
          </g>
        );
      })}
    </svg>
  );
});
