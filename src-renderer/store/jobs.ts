import type { StateCreator } from 'zustand';
import type { JobProgress } from '../../src-shared/domain/project.ts';
import type { AppState } from './store.ts';

export interface JobsSlice {
  /** Last progress of each job that has told any since the page was opened. */
  readonly progress: Readonly<Record<string, JobProgress>>;
  readonly setProgress: (progress: JobProgress) => void;
}

export const createJobsSlice: StateCreator<AppState, [], [], JobsSlice> = (set) => ({
  progress: {},
  setProgress: (progress) => set((state) => ({ progress: { ...state.progress, [progress.id]: progress } })),
});
