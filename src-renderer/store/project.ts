import type { JobRecord, ProjectState } from '../../src-shared/domain/project.ts';
import { useApp } from './store.ts';

/** The open project; null when none is. */
export function useProject(): ProjectState | null {
  return useApp((state) => state.project);
}

/** A run, evaluation or analysis of the open project. */
export function useJob(id: string | null): JobRecord | undefined {
  return useApp((state) => jobsOf(state.project).find((job) => job.id === id));
}

/** Runs, evaluations and analyses, oldest first. */
export function jobsOf(project: ProjectState | null): JobRecord[] {
  if (project === null) return [];
  return [...project.runs, ...project.evaluations, ...project.analyses].sort((a, b) =>
    a.created.localeCompare(b.created),
  );
}
