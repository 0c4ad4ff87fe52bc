import type { GeneScore } from '../../../src-shared/contract/calls/result.ts';

/** A held-out gene as the table has it: the scores of one method, and how far the other is behind. */
export interface GeneTableRow {
  readonly gene: string;
  readonly fold: number;
  readonly pcc: number | null;
  readonly spearman: number | null;
  readonly ssim: number | null;
  readonly rmse: number | null;
  readonly moranMeasured: number | null;
  readonly moranImputed: number | null;
  /** Correlation by the one method less that by the other. */
  readonly ahead: number | null;
}

export type SortKey = keyof GeneTableRow;
export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

export function geneRows(scores: readonly GeneScore[], method: string, other: string): GeneTableRow[] {
  const others = new Map(
    scores.filter((score) => score.method === other).map(({ gene, pcc }) => [gene, pcc]),
  );
  return scores
    .filter((score) => score.method === method)
    .map(({ gene, fold, pcc, spearman, ssim, rmse, moranMeasured, moranImputed }) => {
      const against = others.get(gene) ?? null;
      const ahead = pcc === null || against === null || method === other ? null : pcc - against;
      return { gene, fold: fold + 1, pcc, spearman, ssim, rmse, moranMeasured, moranImputed, ahead };
    });
}

/** Rows whose gene holds what is typed, sorted; unknown values come last either way, and equal ones by gene. */
export function arranged(
  rows: readonly GeneTableRow[],
  typed: string,
  { key, descending }: Sort,
): GeneTableRow[] {
  const wanted = typed.trim().toUpperCase();
  const found = rows.filter(({ gene }) => gene.toUpperCase().includes(wanted));
  const sign = descending ? -1 : 1;
  return found.sort((a, b) => {
    const [x, y] = [a[key], b[key]];
    const byName = a.gene.localeCompare(b.gene, 'en', { numeric: true });
    if (x === null || y === null) return Number(x === null) - Number(y === null) || byName;
    if (typeof x === 'string' || typeof y === 'string') return sign * byName;
    return sign * (x - y) || byName;
  });
}
