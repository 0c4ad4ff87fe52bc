import { create } from 'zustand';
import { createJobsSlice, type JobsSlice } from './jobs.ts';
import { createNavigationSlice, type NavigationSlice } from './navigation.ts';
import { createNoticesSlice, type NoticesSlice } from './notices.ts';
import { createProjectSlice, type ProjectSlice } from './project-slice.ts';
import { createSettingsSlice, type SettingsSlice } from './settings.ts';

export type AppState = ProjectSlice & JobsSlice & NavigationSlice & NoticesSlice & SettingsSlice;

/** What the page knows, in slices. Vectors and loss curves stay outside; a slice holds small facts only. */
export const useApp = create<AppState>()((...parts) => ({
  ...createProjectSlice(...parts),
  ...createJobsSlice(...parts),
  ...createNavigationSlice(...parts),
  ...createNoticesSlice(...parts),
  ...createSettingsSlice(...parts),
}));
