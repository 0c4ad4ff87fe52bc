import { Checkbox, Segmented } from '../../../components/fields.tsx';
import { useBiology } from '../biology-context.ts';
import { GraphChoice } from '../GraphChoice.tsx';
import { LabelSelect, offerOf } from '../LabelSelect.tsx';
import { TypeChoice } from '../TypeChoice.tsx';
import type { NeighbourDraft, WithinDraft } from './within.ts';

interface WithinFieldsProps {
  readonly value: WithinDraft;
  readonly among: WithinDraft;
  readonly onChange: (part: { readonly within: WithinDraft } | { readonly among: WithinDraft }) => void;
}

/** All cells, or only those with some labels, such as one niche, and of those only one type. */
export function WithinFields({ value, among, onChange }: WithinFieldsProps) {
  const change = (within: WithinDraft) => onChange({ within });
  return (
    <>
      <div className="field">
        <span className="biology-label">Cells</span>
        <Segmented
          label="Cells"
          value={value.isSome ? 'some' : 'all'}
          options={[
            { value: 'all', label: 'All' },
            { value: 'some', label: 'Only some' },
          ]}
          onChange={(which) => change({ ...value, isSome: which === 'some' })}
        />
      </div>
      {value.isSome && (
        <>
          <LabelledFields by="Chosen by" only="Only cells of" value={value} onChange={change} />
          <Checkbox
            label="Of those, only some types"
            checked={among.isSome}
            onChange={(isSome) => onChange({ among: { ...among, isSome } })}
          />
          {among.isSome && (
            <LabelledFields
              by="Types from"
              only="Of those, only"
              value={among}
              onChange={(chosen) => onChange({ among: chosen })}
            />
          )}
        </>
      )}
    </>
  );
}

interface LabelledFieldsProps {
  readonly by: string;
  readonly only: string;
  readonly value: WithinDraft;
  readonly onChange: (value: WithinDraft) => void;
}

function LabelledFields({ by, only, value, onChange }: LabelledFieldsProps) {
  const { labels } = useBiology();
  const offer = offerOf(labels.value ?? [], value.labels);
  return (
    <>
      <LabelSelect
        label={by}
        value={value.labels}
        onChange={(source) => onChange({ ...value, labels: source, names: [] })}
      />
      {offer && (
        <TypeChoice
          label={only}
          types={offer.types}
          value={value.names}
          onChange={(names) => onChange({ ...value, names })}
        />
      )}
    </>
  );
}

interface NeighbourFieldsProps {
  readonly value: NeighbourDraft;
  readonly hint?: string;
  readonly onChange: (value: NeighbourDraft) => void;
}

/** Types whose share among a cell's neighbours is looked at, and who is a neighbour. */
export function NeighbourFields({ value, hint, onChange }: NeighbourFieldsProps) {
  const { labels } = useBiology();
  const offer = offerOf(labels.value ?? [], value.labels);
  return (
    <>
      <LabelSelect
        label="Types of the neighbours from"
        value={value.labels}
        onChange={(source) => onChange({ ...value, labels: source, types: [] })}
      />
      {offer && (
        <TypeChoice
          label="Neighbours of these types"
          {...(hint !== undefined && { hint })}
          types={offer.types}
          value={value.types}
          onChange={(types) => onChange({ ...value, types })}
        />
      )}
      <GraphChoice value={value.graph} onChange={(graph) => onChange({ ...value, graph })} />
    </>
  );
}
