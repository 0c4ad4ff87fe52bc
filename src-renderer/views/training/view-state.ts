import { create } from 'zustand';
import type { StageGroup } from './terms.ts';

/** How the training is looked at; kept while the reader goes to other views. */
export interface TrainingView {
  /** The run that was chosen; null follows the running one. */
  readonly chosen: string | null;
  /** Runs drawn beside it. */
  readonly compared: readonly string[];
  readonly group: StageGroup | 'all';
  /** The network that was chosen, from 0; null follows the training. */
  readonly member: number | null;
  readonly log: boolean;
  /** Weight of the moving average, 0 … 0.98. */
  readonly smoothing: number;
}

/** Runs drawn at once. */
export const MOST_COMPARED = 4;

export const useTrainingView = create<TrainingView>()(() => ({
  chosen: null,
  compared: [],
  group: 'all',
  member: null,
  log: false,
  smoothing: 0.6,
}));

/** Ticks a run to be drawn beside the shown one, or takes it away. */
export function toggleCompared(id: string): void {
  useTrainingView.setState(({ compared }) => ({
    compared: compared.includes(id) ? compared.filter((other) => other !== id) : [...compared, id],
  }));
}
