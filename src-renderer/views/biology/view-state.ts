import { useState } from 'react';
import { create } from 'zustand';
import type { AnalysisKind } from '../../../src-shared/domain/analysis.ts';

export const TABS = [
  'cell-types',
  'niches',
  'neighbourhoods',
  'trajectory',
  'genes',
  'pathways',
  'moran',
] as const;
export type BiologyTab = (typeof TABS)[number];

/** How analyses are looked at; kept while the reader goes to other views. */
export interface BiologyView {
  readonly tab: BiologyTab;
  /** The run that was chosen; null is the newest. */
  readonly run: string | null;
  /** The analysis of each kind that was chosen; without one it is the newest finished. */
  readonly chosen: Readonly<Partial<Record<AnalysisKind, string>>>;
}

export const useBiologyView = create<BiologyView>()(() => ({ tab: 'niches', run: null, chosen: {} }));

const tabs: Readonly<Record<AnalysisKind, BiologyTab>> = {
  'cell-types': 'cell-types',
  niches: 'niches',
  neighbours: 'neighbourhoods',
  pseudotime: 'trajectory',
  genes: 'genes',
  pathways: 'pathways',
  moran: 'moran',
};

/** The tab that shows analyses of a kind. */
export function tabOf(kind: AnalysisKind): BiologyTab {
  return tabs[kind];
}

export function showTab(tab: BiologyTab): void {
  useBiologyView.setState({ tab });
}

/** Shows an analysis, now or once the project knows it. */
export function showAnalysis(kind: AnalysisKind, id: string): void {
  useBiologyView.setState(({ chosen }) => ({ tab: tabOf(kind), chosen: { ...chosen, [kind]: id } }));
}

const drafts = new Map<string, unknown>();

/** A form that is being filled in; kept under its key (an analysis and its kind) while the reader looks elsewhere. */
export function useDraft<T extends object>(
  key: string,
  initial: () => T,
): readonly [T, (part: Partial<T>) => void] {
  const [state, setState] = useState(() => ({ key, value: (drafts.get(key) as T | undefined) ?? initial() }));
  const now = state.key === key ? state.value : ((drafts.get(key) as T | undefined) ?? initial());
  const change = (part: Partial<T>) => {
    const value = { ...now, ...part };
    drafts.set(key, value);
    setState({ key, value });
  };
  return [now, change];
}
