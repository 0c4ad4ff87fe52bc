import { useBiology } from '../biology-context.ts';
import { AnalysisShell } from '../AnalysisShell.tsx';
import { useAnalyses } from '../use-analyses.ts';
import { useLabelledForm } from '../use-labelled-form.ts';
import { useDraft } from '../view-state.ts';
import { nichesDraft } from './niches-draft.ts';
import { NichesForm } from './NichesForm.tsx';
import { NichesResult } from './NichesResult.tsx';
import './niches.css';

const FORM = 'niches-form';
const SUBMIT = 'Find niches';

const about = {
  title: 'Which parts of the tissue are alike?',
  text: 'A niche is a part of the tissue where cells are surrounded by the same mix of cell types, such as the border of a tumour or a layer of the cortex. Niches are found by grouping the surroundings of all cells.',
  next: 'Choose which cell types to go by at the left, or start with what is set there.',
};

/** Niches: asked for, and looked at. */
export function NichesTab() {
  const { run } = useBiology();
  const analyses = useAnalyses('niches');
  const { shown } = analyses;
  const [draft, change] = useDraft(`niches ${run.id} ${shown?.id ?? ''}`, () =>
    nichesDraft(shown?.parameters),
  );
  const form = useLabelledForm(FORM, SUBMIT, 'Niches');
  return (
    <AnalysisShell
      analyses={analyses}
      about={about}
      form={form}
      inspector={
        <NichesForm
          key={shown?.id}
          id={FORM}
          submit={SUBMIT}
          draft={draft}
          isAgain={shown !== undefined}
          busy={analyses.starting}
          onChange={change}
          onStart={analyses.start}
        />
      }
    >
      {(result, analysis) => (
        <NichesResult
          result={result}
          onRename={(names) => analyses.rename('niche', names)}
          onUse={(niches) => analyses.start({ ...analysis.parameters, niches })}
          busy={analyses.starting}
        />
      )}
    </AnalysisShell>
  );
}
