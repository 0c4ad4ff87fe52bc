import type { StateCreator } from 'zustand';
import type { ProjectState } from '../../src-shared/domain/project.ts';
import type { AppState } from './store.ts';

export interface ProjectSlice {
  /** Whether the engine has said which project is open. */
  readonly projectKnown: boolean;
  readonly project: ProjectState | null;
  readonly setProject: (project: ProjectState | null) => void;
}

export const createProjectSlice: StateCreator<AppState, [], [], ProjectSlice> = (set) => ({
  projectKnown: false,
  project: null,
  setProject: (project) =>
    set((state) => ({
      projectKnown: true,
      project,
      ...(project?.folder !== state.project?.folder && { progress: {} }),
    })),
});
