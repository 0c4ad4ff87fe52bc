import { useEffect } from 'react';
import type { DatasetRole, ProjectState } from '../../../src-shared/domain/project.ts';
import type { GeneOverlap } from '../../../src-shared/domain/preview.ts';
import { useEngine } from '../../engine/context.ts';

import { compareGenes } from './record-work.ts';
import { keyOf, useImports, type Asked, type Imports } from './imports.ts';

/** The genes that the two datasets share, those chosen before those of the project; null until there are two. */
export function useOverlap(project: ProjectState): {
  readonly overlap: Asked<GeneOverlap> | null;
  readonly again: () => void;
} {
  const engine = useEngine();
  const drafts = useImports((state) => state.drafts);
  const overlap = useImports((state) => state.overlap);
  const [spatial, reference] = [sideOf('spatial', project, drafts), sideOf('reference', project, drafts)];
  const key = spatial === null || reference === null ? null : JSON.stringify([spatial, reference]);
  const ask = () => {
    if (key === null) return;
    void compareGenes(engine, key, drafts.spatial?.good ?? null, drafts.reference?.good ?? null);
  };
  useEffect(() => {
    if (key !== null && useImports.getState().overlap?.key !== key) ask();
    // `key` stands for everything that `ask` reads.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [engine, key]);
  return { overlap: key !== null && overlap?.key === key ? overlap : null, again: ask };
}

/** What names one side: a choice that could be read, or the project's dataset; null while there is neither. */
function sideOf(role: DatasetRole, project: ProjectState, drafts: Imports['drafts']): string | null {
  const draft = drafts[role];
  if (draft !== null)
    return draft.good === null ? null : JSON.stringify([draft.good.path, draft.good.matrix]);
  const record = project[role];
  return record === null ? null : keyOf(record);
}
