import { useProject } from '../../../store/project.ts';
import { AnalysisShell } from '../AnalysisShell.tsx';
import { useBiology } from '../biology-context.ts';
import { firstLabels, offerOf } from '../LabelSelect.tsx';
import { useAnalyses } from '../use-analyses.ts';
import { useDraft } from '../view-state.ts';
import { CellTypesForm, cellTypesDraft } from './CellTypesForm.tsx';
import { CellTypesResult } from './CellTypesResult.tsx';
import { ColumnTypes } from './ColumnTypes.tsx';

const FORM = 'cell-types-form';
const SUBMIT = 'Find cell types';

const about = {
  title: 'Which cell is of which type?',
  text: 'Niches, neighbourhoods and trajectories go by the types of the cells. They come with the data as a column, are taken over from the labels of the reference, or are clusters of cells that are alike.',
  next: 'Choose how at the left, or start with what is set there.',
};

/** Types of the cells: those that the data have, or found here. */
export function CellTypesTab() {
  const { run, labels } = useBiology();
  const project = useProject();
  const analyses = useAnalyses('cell-types');
  const { shown } = analyses;
  const hasReferenceLabels = project?.reference?.choice.labels !== undefined;
  const [draft, change] = useDraft(`cell-types ${run.id} ${shown?.id ?? ''}`, () =>
    cellTypesDraft(shown?.parameters, hasReferenceLabels),
  );
  const columns = (labels.value ?? []).filter(({ source }) => 'column' in source);
  const column = offerOf(columns, firstLabels(columns));
  return (
    <AnalysisShell
      analyses={analyses}
      about={about}
      form={{ id: FORM, submit: SUBMIT }}
      nothing={column && <ColumnTypes key={column.title} columns={columns} first={column} />}
      inspector={
        <CellTypesForm
          key={shown?.id}
          id={FORM}
          submit={SUBMIT}
          draft={draft}
          hasReferenceLabels={hasReferenceLabels}
          isAgain={shown !== undefined}
          isPrimary={shown !== undefined || column !== undefined}
          busy={analyses.starting}
          onChange={change}
          onStart={analyses.start}
        />
      }
    >
      {(result) => (
        <CellTypesResult result={result} onRename={(names) => analyses.rename('cell_type', names)} />
      )}
    </AnalysisShell>
  );
}
