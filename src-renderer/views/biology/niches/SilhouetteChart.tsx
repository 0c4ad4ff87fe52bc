import { useMemo, useState } from 'react';
import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import { fixed } from '../../../../src-shared/plot/format.ts';
import { Button } from '../../../components/Button.tsx';
import { axisOf, PLANE } from '../../../components/charts/axis.ts';
import { ChartFrame } from '../../../components/charts/ChartFrame.tsx';
import { csvOf } from '../../../components/charts/csv.ts';
import { CursorLayer } from '../../../components/charts/CursorLayer.tsx';
import { LinePlot } from '../../../components/charts/LinePlot.tsx';
import { numbersIn, tableOf } from '../result-parts.ts';

interface SilhouetteChartProps {
  readonly result: AnalysisResult;
  /** Number of niches that were taken. */
  readonly used: number;
  readonly blocked: string | undefined;
  readonly busy: boolean;
  readonly onUse: (niches: number) => void;
}

const HEIGHT = 220;
const COLOUR = 'var(--accent)';

/** How well the surroundings fall into so many niches; another number can be taken. */
export function SilhouetteChart({ result, used, blocked, busy, onUse }: SilhouetteChartProps) {
  const [hovered, setHovered] = useState<number | null>(null);
  const points = useMemo(() => {
    const table = tableOf(result, 'silhouette');
    const [numbers, silhouettes] = [numbersIn(table, 'niches'), numbersIn(table, 'silhouette')];
    const inertia = numbersIn(table, 'inertia');
    return numbers.map((x, i) => ({ x, y: silhouettes[i] ?? NaN, inertia: inertia[i] ?? NaN }));
  }, [result]);
  const known = points.filter(({ y }) => Number.isFinite(y));
  if (known.length < 2) return null;
  const now = known.find(({ x }) => x === used);
  const best = known.reduce((a, b) => (b.y > a.y ? b : a));
  const words = `${used} niches are shown${now ? `, silhouette ${fixed(now.y, 3)}` : ''}; the best is ${fixed(best.y, 3)} at ${best.x}`;
  const pointed = known.find((point) => point.x === hovered);
  const domain = [known[0]!.x - 0.5, known.at(-1)!.x + 0.5] as const;
  const x = { ...axisOf(known.map((point) => point.x)), ticks: known.map((point) => point.x) };
  return (
    <div className="card niches-numbers">
      <ChartFrame
        title="How many niches?"
        about="The silhouette says how much nearer a cell’s surroundings are to its own niche than to the next one: 1 is a clear cut, 0 is none."
        height={HEIGHT}
        legend={[{ id: 'silhouette', label: 'mean silhouette', colour: COLOUR }]}
        note={pointed ? `${pointed.x} niches: silhouette ${fixed(pointed.y, 3)}` : words}
        summary={words}
        csv={() =>
          csvOf(
            ['niches', 'silhouette', 'inertia'],
            points.map((point) => [point.x, point.y, point.inertia]),
          )
        }
      >
        {(width) => (
          <>
            <LinePlot
              width={width}
              height={HEIGHT}
              x={{ ...x, domain }}
              y={axisOf(known.map((point) => point.y))}
              lines={[{ id: 'silhouette', points: known, colour: COLOUR }]}
              marks={now ? [{ x: now.x, y: now.y, colour: COLOUR }] : []}
            />
            <CursorLayer plane={PLANE} width={width} domain={domain} at={hovered} onMove={setHovered} />
          </>
        )}
      </ChartFrame>
      <div className="niches-use" role="group" aria-label="Use another number of niches">
        <span className="muted small">Use this number:</span>
        {known.map((point) => (
          <Button
            key={point.x}
            aria-label={`Use ${point.x} niches, silhouette ${fixed(point.y, 3)}`}
            title={`Find niches again, ${point.x} of them (silhouette ${fixed(point.y, 3)})`}
            aria-pressed={point.x === used}
            {...(blocked !== undefined && { blocked })}
            disabled={busy || point.x === used}
            onClick={() => onUse(point.x)}
          >
            {point.x}
          </Button>
        ))}
      </div>
    </div>
  );
}
