import { AnalysisShell } from '../AnalysisShell.tsx';
import { useBiology } from '../biology-context.ts';
import { useAnalyses } from '../use-analyses.ts';
import { useLabelledForm } from '../use-labelled-form.ts';
import { useDraft } from '../view-state.ts';
import { neighboursDraft } from './neighbours-draft.ts';
import { NeighboursForm } from './NeighboursForm.tsx';
import { NeighboursResult } from './NeighboursResult.tsx';
import './neighbourhoods.css';

const FORM = 'neighbours-form';
const SUBMIT = 'Map neighbourhoods';

const about = {
  title: 'Which cell types lie beside each other?',
  text: 'Counts how often cells of one type are neighbours of another and compares it with chance. For types that you name, such as tumour cells, it maps their share around every cell and picks fields of the tissue with the most and the least.',
  next: 'Tick the types to map at the left, or start without any.',
};

/** Neighbourhoods: asked for, and looked at. */
export function NeighbourhoodsTab() {
  const { run } = useBiology();
  const analyses = useAnalyses('neighbours');
  const { shown } = analyses;
  const [draft, change] = useDraft(`neighbours ${run.id} ${shown?.id ?? ''}`, () =>
    neighboursDraft(shown?.parameters),
  );
  const form = useLabelledForm(FORM, SUBMIT, 'Neighbourhoods');
  return (
    <AnalysisShell
      analyses={analyses}
      about={about}
      form={form}
      inspector={
        <NeighboursForm
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
        <NeighboursResult result={result} id={analysis.id} parameters={analysis.parameters} />
      )}
    </AnalysisShell>
  );
}
