import type { JobRecord, ProjectState } from './project.ts';

/** Where the jobs of each kind stand: the key in the project's state, and the folder that holds theirs. */
export const jobLists = {
  run: 'runs',
  evaluation: 'evaluations',
  analysis: 'analyses',
} as const satisfies Readonly<Record<JobRecord['kind'], keyof ProjectState>>;
export type JobList = (typeof jobLists)[JobRecord['kind']];

/** All jobs of a project: runs, evaluations, analyses. */
export function allJobs({ runs, evaluations, analyses }: Pick<ProjectState, JobList>): JobRecord[] {
  return [...runs, ...evaluations, ...analyses];
}
