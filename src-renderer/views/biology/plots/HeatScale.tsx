import type { ColourMapName } from '../../../../src-shared/plot/colour-maps.ts';
import { heatColour, LEGEND } from './heat-map.ts';

interface HeatScaleProps {
  readonly map: ColourMapName;
  readonly limits: readonly [number, number];
  readonly meaning: string;
  readonly show: (value: number) => string;
  readonly left: number;
  /** Of the whole drawing. */
  readonly height: number;
}

const STEPS = 48;

/** What the colours mean; the middle is told where it is zero. */
export function HeatScale({ map, limits: [low, high], meaning, show, left, height }: HeatScaleProps) {
  const [x, y, long] = [left, height - LEGEND + 26, 144];
  const step = long / STEPS;
  const label = { fontSize: 11, fill: 'var(--muted)', y: y + 22 };
  return (
    <>
      {Array.from({ length: STEPS }, (_, i) => (
        <rect
          key={i}
          x={x + i * step}
          y={y}
          width={step + 0.5}
          height={8}
          fill={heatColour(map, [0, STEPS - 1], i)}
        />
      ))}
      <text {...label} x={x}>
        {show(low)}
      </text>
      {map === 'difference' && (
        <text {...label} x={x + long / 2} textAnchor="middle">
          0
        </text>
      )}
      <text {...label} x={x + long} textAnchor="end">
        {show(high)}
      </text>
      <text x={x} y={y - 6} fontSize={11} fill="var(--text)">
        {meaning}
      </text>
    </>
  );
}
