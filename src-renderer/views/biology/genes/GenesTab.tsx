import { analysisDefaults, type ParametersOf } from '../../../../src-shared/domain/analysis.ts';
import { AnalysisForm } from '../AnalysisForm.tsx';
import { AnalysisShell } from '../AnalysisShell.tsx';
import { useBiology } from '../biology-context.ts';
import { firstLabels } from '../LabelSelect.tsx';
import { useAnalyses } from '../use-analyses.ts';
import { useDraft } from '../view-state.ts';
import { NeighbourFields, WithinFields } from './CellFields.tsx';
import { GenesResult } from './GenesResult.tsx';
import { NumberInput } from '../NumberInput.tsx';
import { SeedInput } from '../SeedInput.tsx';
import {
  cellsOf,
  cellsProblem,
  neighbourDraft,
  neighbourOf,
  neighbourProblem,
  withinDraft,
  type NeighbourDraft,
  type WithinDraft,
} from './within.ts';

interface GenesDraft {
  readonly within: WithinDraft;
  readonly among: WithinDraft;
  readonly neighbours: NeighbourDraft;
  readonly permutations: number;
  readonly seed: number;
}

const FORM = 'genes-form';
const SUBMIT = 'Correlate the genes';
const HINT = 'Each gene is correlated with the share of these types among the neighbours of a cell.';

/** Genes whose expression goes with who lies around a cell. */
export function GenesTab() {
  const { run, labels } = useBiology();
  const analyses = useAnalyses('genes');
  const usual = firstLabels(labels.value ?? []);
  const given = analyses.shown?.parameters;
  const [draft, change] = useDraft(`genes ${analyses.shown?.id ?? run.id}`, () => draftOf(given));
  const filled = withLabels(draft, usual);
  const blocked = cellsProblem(filled) ?? neighbourProblem(filled.neighbours);
  const submit = (name: string) => {
    const neighbourhood = neighbourOf(filled.neighbours);
    if (neighbourhood === null) return;
    const { permutations, seed } = filled;
    analyses.start({ kind: 'genes', ...cellsOf(filled), neighbourhood, permutations, seed }, name);
  };
  return (
    <AnalysisShell
      analyses={analyses}
      about={{
        title: 'Genes of a neighbourhood',
        text: 'Which genes are higher or lower in cells that lie beside many cells of some types, for instance next to a tumour? Every gene is correlated with the share of those types among the neighbours: raw, and imputed.',
        next: 'Tick the types at the left, and correlate the genes. Pathways come next.',
      }}
      form={{ id: FORM, submit: SUBMIT, blocked }}
      inspector={
        <AnalysisForm
          id={FORM}
          title={given === undefined ? 'Genes of a neighbourhood' : 'Other settings'}
          submit={SUBMIT}
          blocked={blocked}
          busy={analyses.starting}
          isAgain={given !== undefined}
          onSubmit={submit}
          advanced={
            <>
              <NumberInput
                label="Permutations"
                hint="Shifted copies of the tissue that a correlation is held against."
                value={draft.permutations}
                minimum={99}
                maximum={100_000}
                integer
                onChange={(permutations) => change({ permutations })}
              />
              <SeedInput value={draft.seed} onChange={(seed) => change({ seed })} />
            </>
          }
        >
          <WithinFields value={filled.within} among={filled.among} onChange={change} />
          <NeighbourFields
            value={filled.neighbours}
            hint={HINT}
            onChange={(neighbours) => change({ neighbours })}
          />
        </AnalysisForm>
      }
    >
      {(result, analysis) => <GenesResult result={result} analysis={analysis} />}
    </AnalysisShell>
  );
}

function draftOf(given: ParametersOf<'genes'> | undefined): GenesDraft {
  return {
    within: withinDraft(given?.within ?? null, null),
    among: withinDraft(given?.among ?? null, null),
    neighbours: neighbourDraft(given?.neighbourhood ?? null, null),
    permutations: given?.permutations ?? analysisDefaults.genes.permutations,
    seed: given?.seed ?? analysisDefaults.genes.seed,
  };
}

/** Labels come from the engine a moment later than the form; until one is chosen the usual ones stand. */
function withLabels(draft: GenesDraft, usual: ReturnType<typeof firstLabels>): GenesDraft {
  const { within, among, neighbours } = draft;
  return {
    ...draft,
    within: { ...within, labels: within.labels ?? usual },
    among: { ...among, labels: among.labels ?? usual },
    neighbours: { ...neighbours, labels: neighbours.labels ?? usual },
  };
}
