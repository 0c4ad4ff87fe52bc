import { create } from 'zustand';
import type { ShownMetric } from './metrics.ts';

/** How evaluations are looked at; kept while the reader goes to other views. */
export interface QualityView {
  /** The evaluation that was chosen; null is the running one, else the newest. */
  readonly chosen: string | null;
  /** Whether the form for a new one is open. */
  readonly form: boolean;
  readonly metric: ShownMetric;
  /** Methods of the scatter plot and the table; null is the best guess. */
  readonly first: string | null;
  readonly second: string | null;
}

export const useQualityView = create<QualityView>()(() => ({
  chosen: null,
  form: false,
  metric: 'pcc',
  first: null,
  second: null,
}));
