import type { ShellForm } from './AnalysisShell.tsx';
import { useBiology, type BiologyContextValue } from './biology-context.ts';
import { showTab } from './view-state.ts';

/**
 * Why an analysis that goes by labels of the cells cannot start; undefined when it can. While it is not known yet which
 * labels there are, a click would be lost.
 */
export function labelsProblem(labels: BiologyContextValue['labels'], what: string): string | undefined {
  if (labels.value === null) return labels.error ?? 'Looking for labels of the cells.';
  return labels.value.length === 0 ? `${what} need cell types first.` : undefined;
}

/** Its form; where the cells have no labels, it leads to where they come from. */
export function useLabelledForm(id: string, submit: string, what: string): ShellForm {
  const { labels } = useBiology();
  const blocked = labelsProblem(labels, what);
  const first = labels.value?.length === 0;
  return {
    id,
    submit,
    blocked,
    ...(first && { first: { label: 'Find cell types', run: () => showTab('cell-types') } }),
  };
}
