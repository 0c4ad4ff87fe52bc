import type { ParametersOf } from '../../../../src-shared/domain/analysis.ts';
import { useEngine } from '../../../engine/context.ts';
import { useAction } from '../../../engine/use-call.ts';
import { useProject } from '../../../store/project.ts';
import { AnalysisShell } from '../AnalysisShell.tsx';
import { useBiology } from '../biology-context.ts';
import { cellsOf, cellsProblem, neighbourOf, neighbourProblem } from '../genes/within.ts';
import { firstLabels } from '../LabelSelect.tsx';
import { selectedCells } from '../../spatial/selection.ts';
import { useAnalyses } from '../use-analyses.ts';
import { useDraft } from '../view-state.ts';
import { startProblem, type StartDraft } from './start-cells.ts';
import { trajectoryDraft, withUsualLabels } from './trajectory-draft.ts';
import { TrajectoryForm, TRAJECTORY_FORM, TRAJECTORY_SUBMIT } from './TrajectoryForm.tsx';
import { TrajectoryResult } from './TrajectoryResult.tsx';
import './trajectory.css';

/** Pseudotime: how far each cell has come from the cells at which the trajectory begins. */
export function TrajectoryTab() {
  const { run, labels, selection } = useBiology();
  const groups = useProject()!.groups;
  const analyses = useAnalyses('pseudotime');
  const given = analyses.shown?.parameters;
  const [kept, change] = useDraft(`pseudotime ${analyses.shown?.id ?? run.id}`, () => trajectoryDraft(given));
  const draft = withUsualLabels(kept, firstLabels(labels.value ?? []));
  const startCells = useStartCells();
  const blocked =
    cellsProblem(draft) ??
    startProblem(draft.start, {
      selected: selection.now?.count ?? 0,
      grouped: groups.find(({ id }) => id === draft.start.group)?.cells ?? null,
    }) ??
    (draft.isGrouped ? neighbourProblem(draft.neighbours) : undefined);
  const submit = useAction(async (name: string) => {
    const { components, expressionWeight, regularisation, landmarks, embed, seed } = draft;
    analyses.start(
      {
        kind: 'pseudotime',
        ...cellsOf(draft),
        start: await startCells(draft.start),
        expression: draft.expression,
        neighbourhood: draft.isGrouped ? neighbourOf(draft.neighbours) : null,
        ...{ components, expressionWeight, regularisation, landmarks, embed, seed },
      },
      name,
    );
  });
  return (
    <AnalysisShell
      analyses={analyses}
      about={{
        title: 'Trajectory',
        text: 'How do cells change away from where something begins, such as normal epithelium towards a tumour? Pseudotime grows with the distance in expression and in space, by optimal transport.',
        next: 'Say at which cells it begins, and trace the trajectory.',
      }}
      form={{ id: TRAJECTORY_FORM, submit: TRAJECTORY_SUBMIT, blocked }}
      inspector={
        <TrajectoryForm
          draft={draft}
          isAgain={given !== undefined}
          blocked={blocked}
          busy={analyses.starting || submit.busy}
          onChange={change}
          onSubmit={submit.run}
        />
      }
    >
      {(result) => <TrajectoryResult result={result} />}
    </AnalysisShell>
  );
}

/** Turns what was chosen into labels or names of cells, which is what an analysis keeps. */
function useStartCells(): (start: StartDraft) => Promise<ParametersOf<'pseudotime'>['start']> {
  const engine = useEngine();
  const { selection } = useBiology();
  return async (start) => {
    if (start.from === 'labels') return { labels: start.labels!, names: [...start.names] };
    if (start.from === 'earlier') return { cells: [...start.earlier] };
    const cells =
      start.from === 'selection'
        ? selectedCells(selection.now!)
        : (await engine.call('group:cells', { id: start.group! })).cells;
    const { names } = await engine.call('map:cell-names', { cells });
    return { cells: names };
  };
}
