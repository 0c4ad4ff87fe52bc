import { useState } from 'react';
import { Button } from '../../../components/Button.tsx';
import { AnalysisShell } from '../AnalysisShell.tsx';
import { useBiology } from '../biology-context.ts';
import { GeneSetsContainer } from '../gene-sets/GeneSetsContainer.tsx';
import { useAnalyses } from '../use-analyses.ts';
import { useDraft } from '../view-state.ts';
import { pathwaysDraft, pathwaysProblem } from './pathways-draft.ts';
import { PathwaysForm, PATHWAYS_FORM, PATHWAYS_SUBMIT } from './PathwaysForm.tsx';
import { PathwaysResult } from './PathwaysResult.tsx';
import { useWantedGenes } from './wanted-genes.ts';
import './pathways.css';

/** Pathways among the genes of a neighbourhood, or the editor of their gene sets. */
export function PathwaysTab() {
  const { run } = useBiology();
  const [isEditing, setEditing] = useState(false);
  if (!isEditing) return <Pathways onEditSets={() => setEditing(true)} />;
  return (
    <div className="pathways-editor">
      <header>
        <h2>Gene sets</h2>
        <Button icon="left" onClick={() => setEditing(false)}>
          Back to the pathways
        </Button>
      </header>
      <GeneSetsContainer run={run.id} />
    </div>
  );
}

function Pathways({ onEditSets }: { readonly onEditSets: () => void }) {
  const { run } = useBiology();
  const analyses = useAnalyses('pathways');
  const correlated = useAnalyses('genes');
  const wanted = useWantedGenes(({ genes }) => genes);
  const given = analyses.shown?.parameters;
  const [draft, change] = useDraft(`pathways ${analyses.shown?.id ?? run.id}`, () => pathwaysDraft(given));
  const offers = correlated.all.filter(({ state }) => state === 'finished');
  const known = (id: string | null | undefined) => offers.find((offer) => offer.id === id)?.id;
  const genes = known(wanted) ?? known(draft.genes) ?? known(correlated.shown?.id) ?? null;
  const blocked = pathwaysProblem(draft, genes);
  return (
    <AnalysisShell
      analyses={analyses}
      about={{
        title: 'Pathways',
        text: 'Which pathways do the genes of a neighbourhood belong to? They are tested thrice: with raw values, with imputed values of the same genes, and with imputed values of all genes; so it shows what imputation adds, and what it would lead astray.',
        next: 'Choose the gene sets at the left, and find the pathways.',
      }}
      form={{ id: PATHWAYS_FORM, submit: PATHWAYS_SUBMIT, blocked }}
      inspector={
        <PathwaysForm
          draft={draft}
          genes={genes}
          offers={offers}
          isAgain={given !== undefined}
          blocked={blocked}
          busy={analyses.starting}
          onEditSets={onEditSets}
          onChange={(part) => {
            if (part.genes !== undefined) useWantedGenes.setState({ genes: null });
            change(part);
          }}
          onSubmit={(name) => {
            if (genes === null) return;
            useWantedGenes.setState({ genes: null });
            analyses.start({ ...draft, kind: 'pathways', genes, files: [...draft.files] }, name);
          }}
        />
      }
    >
      {(result, analysis) => <PathwaysResult result={result} maximumQ={analysis.parameters.maximumQ} />}
    </AnalysisShell>
  );
}
