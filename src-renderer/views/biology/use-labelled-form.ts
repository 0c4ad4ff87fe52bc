import type { ShellForm } from './AnalysisShell.tsx';
import { useBiology } from './biology-context.ts';
import { showTab } from './view-state.ts';

/** The form of an analysis that goes by labels of the cells; where there are none, it leads to where they come from. */
export function useLabelledForm(id: string, submit: string, what: string): ShellForm {
  const { labels } = useBiology();
  if (labels.value?.length !== 0) return { id, submit };
  return {
    id,
    submit,
    blocked: `${what} need cell types first.`,
    first: { label: 'Find cell types', run: () => showTab('cell-types') },
  };
}
