import type { ProjectState } from '../../src-shared/domain/project.ts';
import type { IconName } from '../components/icons.tsx';
import type { ViewName } from '../store/navigation.ts';

/** A step of the rail: what it is called and what it waits for. */
export interface Step {
  readonly view: ViewName;
  readonly label: string;
  readonly icon: IconName;
  /** What the step is for, in a few words. */
  readonly about: string;
  /** What is missing before it can be used, and the view where that is done; undefined when ready. */
  readonly waitsFor: (
    project: ProjectState,
  ) => { readonly what: string; readonly where: ViewName } | undefined;
}

const bothDatasets = (project: ProjectState) =>
  project.spatial !== null && project.reference !== null
    ? undefined
    : { what: 'Waits for both datasets', where: 'data' as const };

export const steps: readonly Step[] = [
  {
    view: 'data',
    label: 'Data',
    icon: 'data',
    about: 'Import the spatial data and the single-cell reference',
    waitsFor: () => undefined,
  },
  {
    view: 'model',
    label: 'Model',
    icon: 'model',
    about: 'Choose a preset and its weights',
    waitsFor: bothDatasets,
  },
  { view: 'train', label: 'Train', icon: 'train', about: 'Watch the training', waitsFor: bothDatasets },
  {
    view: 'map',
    label: 'Map',
    icon: 'map',
    about: 'Measured and imputed genes on the tissue',
    waitsFor: ({ spatial }) =>
      spatial === null ? { what: 'Waits for spatial data', where: 'data' } : undefined,
  },
  {
    view: 'quality',
    label: 'Quality',
    icon: 'quality',
    about: 'Held-out genes, other methods, the verdict',
    waitsFor: bothDatasets,
  },
  {
    view: 'biology',
    label: 'Biology',
    icon: 'biology',
    about: 'Niches, neighbourhoods, trajectories and pathways',
    waitsFor: ({ spatial, runs }) => {
      if (spatial === null) return { what: 'Waits for spatial data', where: 'data' };
      return runs.some(({ result }) => result !== null)
        ? undefined
        : { what: 'Waits for a finished run', where: 'train' };
    },
  },
  {
    view: 'export',
    label: 'Export',
    icon: 'export',
    about: 'Hand the result to Scanpy, Seurat or a colleague',
    waitsFor: (project) =>
      project.runs.some(({ result }) => result !== null) || project.evaluations.length > 0
        ? undefined
        : { what: 'Waits for a finished run', where: 'train' },
  },
];
