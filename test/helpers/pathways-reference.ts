import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** test/reference/pathways-scipy.json: numbers of SciPy, NumPy, statsmodels, GSEApy and exact fractions. */
export interface PathwaysReference {
  readonly tails: readonly {
    readonly k: number;
    readonly N: number;
    readonly K: number;
    readonly n: number;
    readonly p: number;
    readonly scipy: number;
  }[];
  readonly correlations: {
    readonly x: number[];
    readonly missing: number[];
    readonly cells: number[];
    readonly genes: number;
    readonly values: number[];
    readonly r: number[];
  };
  readonly overRepresentation: {
    readonly background: number;
    readonly chosen: number[];
    readonly sets: number[][];
    readonly hits: number[];
    readonly expected: number[];
    readonly p: number[];
    readonly q: number[];
  };
  readonly enrichment: {
    readonly scores: number[];
    readonly sets: number[][];
    readonly es: number[];
    readonly nes: number[];
    readonly p: number[];
    readonly q: number[];
    readonly leading: number[][];
  };
}

export const pathwaysReference = JSON.parse(
  readFileSync(join(import.meta.dirname, '../reference/pathways-scipy.json'), 'utf8'),
) as PathwaysReference;
