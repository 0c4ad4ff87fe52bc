import type { LabelSource } from '../../../src-shared/domain/analysis.ts';
import { Button } from '../../components/Button.tsx';
import { Select } from '../../components/fields.tsx';
import { Note } from '../../components/feedback.tsx';
import { counted } from '../../lib/words.ts';
import { useBiology, type LabelOffer } from './biology-context.ts';
import { showTab } from './view-state.ts';

interface LabelSelectProps {
  readonly label?: string;
  readonly value: LabelSource | null;
  readonly hint?: string;
  readonly onChange: (value: LabelSource) => void;
}

/** Which labels of the cells an analysis goes by; where there are none, how to get some. */
export function LabelSelect({ label = 'Cell types from', value, hint, onChange }: LabelSelectProps) {
  const { labels } = useBiology();
  if (labels.error !== null) {
    return (
      <Note kind="error" actions={<Button onClick={labels.again}>Ask again</Button>}>
        {labels.error}
      </Note>
    );
  }
  const offers = labels.value ?? [];
  if (offers.length === 0) {
    if (labels.value === null) return <p className="muted">Looking for labels of the cells</p>;
    return (
      <Note
        kind="info"
        title="The cells have no types yet"
        actions={<Button onClick={() => showTab('cell-types')}>Find cell types</Button>}
      >
        Take them over from the reference, or group cells that are alike.
      </Note>
    );
  }
  const found = offerOf(offers, value);
  return (
    <Select
      label={label}
      value={found === undefined ? '' : keyOf(found.source)}
      {...(hint !== undefined && { hint })}
      options={[
        ...(found === undefined ? [{ value: '', label: 'Choose labels', disabled: true }] : []),
        ...offers.map(({ source, title, types }) => ({
          value: keyOf(source),
          label: `${title} (${counted(types.length, 'type')})`,
        })),
      ]}
      onChange={(key) => {
        const offer = offers.find(({ source }) => keyOf(source) === key);
        if (offer !== undefined) onChange(offer.source);
      }}
    />
  );
}

/** The labels that a source means; undefined when they are not offered. */
export function offerOf(offers: readonly LabelOffer[], source: LabelSource | null): LabelOffer | undefined {
  return source === null ? undefined : offers.find((offer) => keyOf(offer.source) === keyOf(source));
}

/** What a form begins with: labels that say what cells are, rather than clusters of something else. */
export function firstLabels(offers: readonly LabelOffer[]): LabelSource | null {
  const named = offers.find(({ title }) => /type|class|annotation|label/iu.test(title));
  return (named ?? offers[0])?.source ?? null;
}

const keyOf = (source: LabelSource) =>
  'column' in source ? `column ${source.column}` : `analysis ${source.analysis}`;
