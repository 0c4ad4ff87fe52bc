import type { ParametersOf } from '../../../../src-shared/domain/analysis.ts';
import { Segmented } from '../../../components/fields.tsx';
import { AnalysisForm } from '../AnalysisForm.tsx';
import { useBiology } from '../biology-context.ts';
import { firstLabels, LabelSelect, offerOf } from '../LabelSelect.tsx';
import { NumberInput } from '../NumberInput.tsx';
import { SeedInput } from '../SeedInput.tsx';
import { labelsProblem } from '../use-labelled-form.ts';
import { nichesProblem, type NichesDraft } from './niches-draft.ts';

interface NichesFormProps {
  readonly id: string;
  readonly submit: string;
  readonly draft: NichesDraft;
  readonly isAgain: boolean;
  readonly busy: boolean;
  readonly onChange: (part: Partial<NichesDraft>) => void;
  readonly onStart: (parameters: ParametersOf<'niches'>, name: string) => void;
}

/** What niches are made of. */
export function NichesForm({ id, submit, draft, isAgain, busy, onChange, onStart }: NichesFormProps) {
  const { labels } = useBiology();
  const offers = labels.value ?? [];
  const source = offerOf(offers, draft.labels)?.source ?? firstLabels(offers);
  const blocked = labelsProblem(labels, 'Niches') ?? nichesProblem(draft);
  return (
    <AnalysisForm
      id={id}
      title={isAgain ? 'Find niches anew' : 'Find niches'}
      submit={submit}
      blocked={blocked}
      busy={busy}
      isAgain={isAgain}
      onSubmit={(name) => source !== null && onStart({ kind: 'niches', ...draft, labels: source }, name)}
      advanced={
        <>
          <NumberInput
            label="Starts of k-means"
            hint="The best of so many tries is kept."
            value={draft.starts}
            minimum={1}
            maximum={200}
            integer
            onChange={(starts) => onChange({ starts })}
          />
          <SeedInput of="niches" value={draft.seed} onChange={(seed) => onChange({ seed })} />
        </>
      }
    >
      <LabelSelect value={source} onChange={(chosen) => onChange({ labels: chosen })} />
      <NumberInput
        label="Neighbours"
        hint="A cell’s surroundings are its nearest so many cells; more make larger niches."
        value={draft.neighbours}
        minimum={2}
        maximum={500}
        integer
        onChange={(neighbours) => onChange({ neighbours })}
      />
      <HowMany draft={draft} onChange={onChange} />
    </AnalysisForm>
  );
}

function HowMany({ draft, onChange }: Pick<NichesFormProps, 'draft' | 'onChange'>) {
  const { niches, range } = draft;
  const bounds = { minimum: 2, maximum: 50, integer: true };
  return (
    <>
      <div className="field">
        <span className="biology-label">Number of niches</span>
        <Segmented
          label="Number of niches"
          value={niches === null ? 'best' : 'given'}
          options={[
            { value: 'best', label: 'Choose for me' },
            { value: 'given', label: 'This many' },
          ]}
          onChange={(how) => onChange({ niches: how === 'best' ? null : 6 })}
        />
      </div>
      {niches === null ? (
        <div className="biology-form-pair">
          <NumberInput
            {...bounds}
            label="From"
            value={range.from}
            onChange={(from) => onChange({ range: { ...range, from } })}
          />
          <NumberInput
            {...bounds}
            label="To"
            value={range.to}
            onChange={(to) => onChange({ range: { ...range, to } })}
          />
          <p className="field-hint">The number with the best silhouette is taken.</p>
        </div>
      ) : (
        <NumberInput
          {...bounds}
          label="Niches"
          value={niches}
          onChange={(value) => onChange({ niches: value })}
        />
      )}
    </>
  );
}
