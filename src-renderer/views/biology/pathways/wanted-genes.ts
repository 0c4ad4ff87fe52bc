import { create } from 'zustand';
import { showTab } from '../view-state.ts';

/** The analysis of genes whose pathways were asked for from elsewhere; null leaves the form as it is. */
export const useWantedGenes = create<{ readonly genes: string | null }>()(() => ({ genes: null }));

/** Opens the pathways with this analysis of genes. */
export function wantPathwaysOf(genes: string): void {
  useWantedGenes.setState({ genes });
  showTab('pathways');
}
