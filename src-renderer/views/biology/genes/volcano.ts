import type { AnalysisTable } from '../../../../src-shared/domain/analysis-result.ts';
import { numbersIn, textsIn } from '../result-parts.ts';
import { minusLog } from './tables.ts';

/** Which genes count: |r| at least and q below. */
export interface Thresholds {
  readonly r: number;
  readonly q: number;
}

/** Genes of one table: correlation with the neighbourhood against −log₁₀ q. */
export interface Volcano {
  readonly genes: readonly string[];
  readonly r: Float64Array;
  /** −log₁₀ q. */
  readonly height: Float64Array;
  /** 1 beyond both thresholds with r above 0, −1 with r below, else 0. */
  readonly side: Int8Array;
  /** The largest |r|, for an axis that is even on both sides. */
  readonly reach: number;
  readonly top: number;
  readonly up: number;
  readonly down: number;
}

/** Genes that have both a correlation and a q. */
export function volcanoOf(table: AnalysisTable | undefined, thresholds: Thresholds): Volcano {
  const names = textsIn(table, 'gene');
  const [r, q] = [numbersIn(table, 'r'), numbersIn(table, 'q')];
  const rows = names.flatMap((_, i) => (Number.isFinite(r[i]) && Number.isFinite(q[i]) ? [i] : []));
  const height = Float64Array.from(rows, (row) => minusLog(q[row]!));
  const values = Float64Array.from(rows, (row) => r[row]!);
  const side = Int8Array.from(rows, (row) =>
    q[row]! < thresholds.q && Math.abs(r[row]!) >= thresholds.r ? Math.sign(r[row]!) : 0,
  );
  return {
    genes: rows.map((row) => names[row]!),
    r: values,
    height,
    side,
    reach: Math.max(
      thresholds.r * 1.2,
      0.05,
      values.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    ),
    top: Math.max(
      2,
      height.reduce((most, value) => Math.max(most, value), 0),
    ),
    up: side.reduce((sum, value) => sum + Number(value > 0), 0),
    down: side.reduce((sum, value) => sum + Number(value < 0), 0),
  };
}

/** The genes to name in the drawing: those beyond the thresholds, the most telling (|r| × −log₁₀ q) first. */
export function namedGenes({ r, height, side }: Volcano, most: number): number[] {
  const telling = (i: number) => Math.abs(r[i]!) * height[i]!;
  const beyond = Array.from(side.keys()).filter((i) => side[i] !== 0);
  return beyond.sort((a, b) => telling(b) - telling(a)).slice(0, most);
}

/**
 * Which dots to draw: of those that fall on the same pixel the first, so that twenty thousand genes cost no more than
 * what can be seen of them.
 */
export function visibleDots(x: Float64Array, y: Float64Array): number[] {
  const seen = new Set<number>();
  const dots: number[] = [];
  for (let i = 0; i < x.length; i += 1) {
    const pixel = Math.round(x[i]!) * 65_536 + Math.round(y[i]!);
    if (seen.has(pixel)) continue;
    seen.add(pixel);
    dots.push(i);
  }
  return dots;
}

/** The point nearest to a place, within `reach`; −1 where there is none. */
export function nearestDot(
  x: Float64Array,
  y: Float64Array,
  atX: number,
  atY: number,
  reach: number,
): number {
  let [best, least] = [-1, reach * reach];
  for (let i = 0; i < x.length; i += 1) {
    const away = (x[i]! - atX) ** 2 + (y[i]! - atY) ** 2;
    if (away > least) continue;
    [best, least] = [i, away];
  }
  return best;
}
