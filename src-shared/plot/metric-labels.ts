import { SMALLER_IS_BETTER } from '../domain/evaluation.ts';
import type { GeneMetric } from '../domain/evaluation.ts';

/** Names of the metrics in figures and tables. */
export const METRIC_LABELS: Readonly<Record<GeneMetric, { readonly short: string; readonly long: string }>> =
  {
    pcc: { short: 'PCC', long: 'Pearson correlation (PCC)' },
    spearman: { short: 'Spearman', long: 'Spearman correlation' },
    ssim: { short: 'SSIM', long: 'Structural similarity (SSIM)' },
    ssim_li2022: { short: 'SSIM (Li)', long: 'SSIM after Li et al. 2022' },
    rmse: { short: 'RMSE', long: 'RMSE of z-scores' },
    mae: { short: 'MAE', long: 'MAE of z-scores' },
  };

export const KIND_LABELS = { spagene: 'SpaGene', peer: 'Peer', floor: 'Floor' } as const;

export function directionOf(metric: GeneMetric): 'larger is better' | 'smaller is better' {
  return SMALLER_IS_BETTER.has(metric) ? 'smaller is better' : 'larger is better';
}
