import { useCallback } from 'react';
import { analysisDefaults, type ParametersOf } from '../../../../src-shared/domain/analysis.ts';
import { useApp } from '../../../store/store.ts';
import { AnalysisForm } from '../AnalysisForm.tsx';
import { AnalysisShell } from '../AnalysisShell.tsx';
import { useBiology } from '../biology-context.ts';
import { GraphChoice } from '../GraphChoice.tsx';
import { useAnalyses } from '../use-analyses.ts';
import { useDraft } from '../view-state.ts';
import { MoranResult } from './MoranResult.tsx';
import './moran.css';

const FORM = 'moran-form';
const SUBMIT = 'Find spatial genes';

const about = {
  title: 'Which genes form patterns in the tissue?',
  text: 'Moran’s I of a gene says how alike the values of neighbouring cells are: 0 is noise, 1 a smooth pattern. It is computed for measured values and for imputed ones, side by side.',
  next: 'Start with what is set at the left; six neighbours are usual.',
};

/** Spatially variable genes: asked for, and looked at. */
export function MoranTab() {
  const { run } = useBiology();
  const goTo = useApp((state) => state.goTo);
  const analyses = useAnalyses('moran');
  const { shown } = analyses;
  const [draft, change] = useDraft<Pick<ParametersOf<'moran'>, 'graph'>>(
    `moran ${run.id} ${shown?.id ?? ''}`,
    () => ({ graph: shown?.parameters.graph ?? analysisDefaults.moran.graph }),
  );
  const open = useCallback((gene: string) => goTo('map', { gene }), [goTo]);
  return (
    <AnalysisShell
      analyses={analyses}
      about={about}
      form={{ id: FORM, submit: SUBMIT }}
      inspector={
        <AnalysisForm
          key={shown?.id}
          id={FORM}
          title={shown ? 'Find spatial genes anew' : 'Find spatial genes'}
          submit={SUBMIT}
          busy={analyses.starting}
          isAgain={shown !== undefined}
          onSubmit={(name) => analyses.start({ kind: 'moran', graph: draft.graph }, name)}
        >
          <GraphChoice value={draft.graph} onChange={(graph) => change({ graph })} />
        </AnalysisForm>
      }
    >
      {(result) => <MoranResult result={result} onGene={open} />}
    </AnalysisShell>
  );
}
