import { useState } from 'react';
import type { Histogram } from '../../../src-shared/domain/preview.ts';
import { ChartFrame } from '../../components/charts/ChartFrame.tsx';
import { csvOf } from '../../components/charts/csv.ts';
import { counted } from '../../lib/words.ts';
import { barsOf, edgeLabels, highEnd, rangeText, type Bar, type EdgeLabel } from './histogram-bars.ts';

interface Props {
  readonly title: string;
  /** What is drawn, in one sentence. */
  readonly about: string;
  /** Words above the bars while none is pointed at, such as the median. */
  readonly note: string;
  readonly histogram: Histogram;
  /** What is counted in a bar, such as "cell". */
  readonly of: string;
  /** How an edge is written, with its unit. */
  readonly format: (edge: number) => string;
}

const HEIGHT = 92;
const LABELS = 16;

/** Bars over a range; a bar tells its range and size under the pointer. */
export function HistogramChart({ title, about, note, histogram, of, format }: Props) {
  const [hovered, setHovered] = useState<number | null>(null);
  const { edges, counts } = histogram;
  const told = hovered ?? largest(counts);
  const range = `${rangeText(edges, told, format)}: ${counted(counts[told] ?? 0, of)}`;
  return (
    <ChartFrame
      title={title}
      about={about}
      height={HEIGHT}
      legend={[]}
      summary={`${about}, from ${format(edges[0]!)} to ${format(highEnd(edges))}; most at ${range}`}
      csv={() =>
        csvOf(
          ['from', 'to', `${of}s`],
          counts.map((count, i) => [edges[i], edges[i + 1], count]),
        )
      }
      note={hovered === null ? note : range}
    >
      {(width) => (
        <svg width={width} height={HEIGHT} onPointerLeave={() => setHovered(null)}>
          {barsOf(counts, width, HEIGHT - LABELS).map((bar, i) => (
            <BarShape
              key={i}
              bar={bar}
              on={i === hovered}
              height={HEIGHT - LABELS}
              onHover={() => setHovered(i)}
            />
          ))}
          {distinct(edgeLabels(edges, width), format).map(({ x, edge, anchor }) => (
            <text key={x} x={x} y={HEIGHT - 3} fontSize="11" fill="var(--muted)" textAnchor={anchor}>
              {format(edge)}
            </text>
          ))}
        </svg>
      )}
    </ChartFrame>
  );
}

interface BarProps {
  readonly bar: Bar;
  readonly on: boolean;
  readonly height: number;
  readonly onHover: () => void;
}

function BarShape({ bar, on, height, onHover }: BarProps) {
  return (
    <>
      <rect
        x={bar.x}
        y={height - bar.height}
        width={bar.width}
        height={bar.height}
        fill={on ? 'var(--accent-strong)' : 'var(--measured)'}
        opacity={on ? 1 : 0.75}
      />
      {/* The whole column answers to the pointer, also above a low bar. */}
      <rect
        x={bar.x}
        y={0}
        width={bar.width + 1}
        height={height}
        fill="transparent"
        onPointerEnter={onHover}
      />
    </>
  );
}

/** Edges that read the same, such as sums that differ by rounding only, are written once. */
function distinct(labels: readonly EdgeLabel[], format: (edge: number) => string): readonly EdgeLabel[] {
  const texts = labels.map(({ edge }) => format(edge));
  return labels.filter((_, i) => texts.indexOf(texts[i]!) === i);
}

function largest(counts: readonly number[]): number {
  return counts.reduce((best, count, i) => (count > counts[best]! ? i : best), 0);
}
