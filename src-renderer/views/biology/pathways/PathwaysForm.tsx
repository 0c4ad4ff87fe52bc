import { Select } from '../../../components/fields.tsx';
import { Button } from '../../../components/Button.tsx';
import { Note } from '../../../components/feedback.tsx';
import { nameOf } from '../../../frame/job-bar/words.ts';
import { AnalysisForm } from '../AnalysisForm.tsx';
import { NumberInput } from '../NumberInput.tsx';
import { SeedInput } from '../SeedInput.tsx';
import type { AnalysisOf } from '../use-analyses.ts';
import { showTab } from '../view-state.ts';
import { CollectionFields } from './CollectionFields.tsx';
import type { PathwaysDraft } from './pathways-draft.ts';

export const PATHWAYS_FORM = 'pathways-form';
export const PATHWAYS_SUBMIT = 'Find pathways';

interface PathwaysFormProps {
  readonly draft: PathwaysDraft;
  /** Id of the analysis of genes that is taken. */
  readonly genes: string | null;
  /** Finished analyses of genes. */
  readonly offers: readonly AnalysisOf<'genes'>[];
  readonly isAgain: boolean;
  readonly blocked: string | undefined;
  readonly busy: boolean;
  readonly onChange: (part: Partial<PathwaysDraft>) => void;
  readonly onEditSets: () => void;
  readonly onSubmit: (name: string) => void;
}

export function PathwaysForm(props: PathwaysFormProps) {
  const { draft, isAgain, blocked, busy, onChange, onEditSets, onSubmit } = props;
  return (
    <AnalysisForm
      id={PATHWAYS_FORM}
      title={isAgain ? 'Other settings' : 'Pathways'}
      submit={PATHWAYS_SUBMIT}
      blocked={blocked}
      busy={busy}
      isAgain={isAgain}
      onSubmit={onSubmit}
      advanced={<Advanced draft={draft} onChange={onChange} />}
    >
      <GenesSelect {...props} />
      <CollectionFields starter={draft.starter} files={draft.files} onChange={onChange} onEdit={onEditSets} />
      <div className="biology-form-pair">
        <NumberInput
          label="|r| of at least"
          value={draft.minimumCorrelation}
          minimum={0}
          maximum={1}
          onChange={(minimumCorrelation) => onChange({ minimumCorrelation })}
        />
        <NumberInput
          label="q below"
          value={draft.maximumQ}
          minimum={0}
          maximum={1}
          onChange={(maximumQ) => onChange({ maximumQ })}
        />
      </div>
      <Select
        label="Genes that are"
        value={draft.direction}
        options={[
          { value: 'both', label: 'higher or lower' },
          { value: 'positive', label: 'higher beside the types' },
          { value: 'negative', label: 'lower beside the types' },
        ]}
        onChange={(direction) => onChange({ direction })}
      />
    </AnalysisForm>
  );
}

function GenesSelect({ genes, offers, onChange }: PathwaysFormProps) {
  if (offers.length === 0) {
    return (
      <Note
        kind="info"
        title="No genes to look up yet"
        actions={<Button onClick={() => showTab('genes')}>Correlate genes</Button>}
      >
        Pathways are found among genes that go with a neighbourhood.
      </Note>
    );
  }
  return (
    <Select
      label="Genes from"
      value={genes ?? ''}
      options={offers.map((offer) => ({ value: offer.id, label: nameOf(offer) }))}
      onChange={(id) => onChange({ genes: id })}
    />
  );
}

function Advanced({ draft, onChange }: Pick<PathwaysFormProps, 'draft' | 'onChange'>) {
  return (
    <>
      <div className="biology-form-pair">
        <NumberInput
          label="Smallest set"
          value={draft.smallest}
          minimum={1}
          maximum={10_000}
          integer
          onChange={(smallest) => onChange({ smallest })}
        />
        <NumberInput
          label="Largest set"
          value={draft.largest}
          minimum={1}
          maximum={100_000}
          integer
          onChange={(largest) => onChange({ largest })}
        />
      </div>
      <NumberInput
        label="Terms of each way in the figure"
        value={draft.top}
        minimum={1}
        maximum={200}
        integer
        onChange={(top) => onChange({ top })}
      />
      <NumberInput
        label="Permutations of the ranked enrichment"
        hint="0 leaves it out."
        value={draft.permutations}
        minimum={0}
        maximum={100_000}
        integer
        onChange={(permutations) => onChange({ permutations })}
      />
      <SeedInput value={draft.seed} onChange={(seed) => onChange({ seed })} />
    </>
  );
}
