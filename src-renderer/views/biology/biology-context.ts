import { createContext, useContext } from 'react';
import type { Result } from '../../../src-shared/contract/handlers.ts';
import type { RunRecord } from '../../../src-shared/domain/project.ts';
import type { Answer } from '../../engine/use-call.ts';
import type { Genes } from '../spatial/genes.ts';
import type { MapCells, MapLayout } from '../spatial/use-map-data.ts';
import type { SelectionState } from '../spatial/use-selection.ts';

/** Labels that an analysis can use: where they are from, what they are called, their types with their cells. */
export type LabelOffer = Result<'analysis:labels'>[number];

/** What all analyses of a run share. */
export interface BiologyContextValue {
  readonly run: RunRecord;
  readonly cells: MapCells;
  readonly layout: MapLayout;
  readonly genes: Genes | null;
  /** Chosen cells, the same in every map of this view. */
  readonly selection: SelectionState;
  readonly labels: Answer<Result<'analysis:labels'>>;
  /** Why nothing can be changed; null when it can. */
  readonly readOnly: string | null;
}

export const BiologyContext = createContext<BiologyContextValue | null>(null);

export function useBiology(): BiologyContextValue {
  const value = useContext(BiologyContext);
  if (value === null) throw new Error('useBiology is used outside of BiologyContext');
  return value;
}
