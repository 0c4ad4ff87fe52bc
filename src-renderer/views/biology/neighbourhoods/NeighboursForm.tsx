import type { ParametersOf } from '../../../../src-shared/domain/analysis.ts';
import { Checkbox } from '../../../components/fields.tsx';
import { AnalysisForm } from '../AnalysisForm.tsx';
import { useBiology } from '../biology-context.ts';
import { GraphChoice } from '../GraphChoice.tsx';
import { firstLabels, LabelSelect, offerOf } from '../LabelSelect.tsx';
import { NumberInput } from '../NumberInput.tsx';
import { SeedInput } from '../SeedInput.tsx';
import { TypeChoice } from '../TypeChoice.tsx';
import { labelsProblem } from '../use-labelled-form.ts';
import { unitOf } from '../units.ts';
import type { NeighboursDraft } from './neighbours-draft.ts';

interface NeighboursFormProps {
  readonly id: string;
  readonly submit: string;
  readonly draft: NeighboursDraft;
  readonly isAgain: boolean;
  readonly busy: boolean;
  readonly onChange: (part: Partial<NeighboursDraft>) => void;
  readonly onStart: (parameters: ParametersOf<'neighbours'>, name: string) => void;
}

/** Who is a neighbour of whom, and which types are mapped. */
export function NeighboursForm(props: NeighboursFormProps) {
  const { id, submit, draft, isAgain, busy, onChange, onStart } = props;
  const { labels } = useBiology();
  const offers = labels.value ?? [];
  const offer = offerOf(offers, draft.labels) ?? offerOf(offers, firstLabels(offers));
  // Types of other labels mean nothing here.
  const types = draft.types.filter((name) => offer?.types.some((type) => type.name === name));
  return (
    <AnalysisForm
      id={id}
      title={isAgain ? 'Map neighbourhoods anew' : 'Map neighbourhoods'}
      submit={submit}
      blocked={labelsProblem(labels, 'Neighbourhoods')}
      busy={busy}
      isAgain={isAgain}
      onSubmit={(name) =>
        offer !== undefined &&
        onStart({ kind: 'neighbours', ...draft, labels: offer.source, types: [...types] }, name)
      }
      advanced={<Advanced draft={draft} onChange={onChange} />}
    >
      <LabelSelect
        value={offer?.source ?? null}
        onChange={(chosen) => onChange({ labels: chosen, types: [] })}
      />
      <GraphChoice value={draft.graph} onChange={(graph) => onChange({ graph })} />
      {offer !== undefined && (
        <TypeChoice
          label="Types to map"
          hint="Their share among each cell’s neighbours is drawn on the tissue. None is needed to see which types lie beside each other."
          types={offer.types}
          value={types}
          onChange={(chosen) => onChange({ types: chosen })}
        />
      )}
    </AnalysisForm>
  );
}

function Advanced({ draft, onChange }: Pick<NeighboursFormProps, 'draft' | 'onChange'>) {
  const { cells } = useBiology();
  const { fields, permutations, seed } = draft;
  return (
    <>
      <NumberInput
        label="Permutations"
        hint="Labels are shuffled so often within each section to say what chance would give."
        value={permutations}
        minimum={10}
        maximum={100_000}
        integer
        onChange={(value) => onChange({ permutations: value })}
      />
      <NumberInput
        label="Fields"
        hint="So many with the most, and so many with the least of the types to map."
        value={fields.count}
        minimum={0}
        maximum={12}
        integer
        onChange={(count) => onChange({ fields: { ...fields, count } })}
      />
      <Checkbox
        label="Choose the side of a field for me"
        checked={fields.side === null}
        onChange={(on) => onChange({ fields: { ...fields, side: on ? null : 200 } })}
      />
      {fields.side !== null && (
        <NumberInput
          label={`Side of a field in ${unitOf(cells.unit)}`}
          value={fields.side}
          minimum={Number.MIN_VALUE}
          onChange={(side) => onChange({ fields: { ...fields, side } })}
        />
      )}
      <SeedInput of="result" value={seed} onChange={(value) => onChange({ seed: value })} />
    </>
  );
}
