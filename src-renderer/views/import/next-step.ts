import type { GeneOverlap } from '../../../src-shared/domain/preview.ts';
import type { DatasetRole, ProjectState } from '../../../src-shared/domain/project.ts';
import type { Imports } from './imports.ts';

/** The one thing to do next, whose button stands out. */
export type NextStep = `${'choose' | 'import'}-${DatasetRole}` | 'model' | 'wait';

export function nextStep(
  { spatial, reference }: Pick<ProjectState, DatasetRole>,
  drafts: Imports['drafts'],
): NextStep {
  const records = { spatial, reference };
  for (const role of ['spatial', 'reference'] as const) {
    if (drafts[role]?.phase === 'ready') return `import-${role}`;
  }
  if (drafts.spatial !== null || drafts.reference !== null) return 'wait';
  for (const role of ['spatial', 'reference'] as const) {
    if (records[role] === null) return `choose-${role}`;
  }
  return 'model';
}

/** Why no model can be trained yet; undefined when one can. */
export function notReady(
  { spatial, reference, sharedGenes }: Pick<ProjectState, DatasetRole | 'sharedGenes'>,
  overlap: GeneOverlap | null,
): string | undefined {
  if (spatial === null || reference === null) return 'Import both datasets first';
  if (overlap?.problem) return overlap.problem;
  return sharedGenes === 0 ? 'The two datasets share too few genes' : undefined;
}
