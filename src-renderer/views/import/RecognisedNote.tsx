import type { PresetName } from '../../../src-shared/domain/presets.ts';
import { Button } from '../../components/Button.tsx';
import { Note } from '../../components/feedback.tsx';
import { CopyText } from './CopyText.tsx';
import type { Recognised } from './published.ts';

interface Props {
  readonly recognised: Recognised;
  /** Goes on with the settings of the pair. */
  readonly onPreset: (preset: PresetName) => void;
}

/** Says that the data are published ones, and what that is good for. */
export function RecognisedNote({ recognised, onPreset }: Props) {
  if (recognised.kind === 'pair') {
    const { pair } = recognised;
    return (
      <Note
        kind="ok"
        title={`A published pair: ${pair.title}`}
        actions={<Button onClick={() => onPreset(pair.preset)}>Use its settings</Button>}
      >
        The settings of the published work are at hand for these data.
      </Note>
    );
  }
  const { table, partners } = recognised;
  return (
    <Note kind="info" title={`Recognised: ${table.title}`}>
      Its published {table.role === 'spatial' ? 'reference' : 'spatial data'}:
      {partners.map((partner) => (
        <div key={partner.title}>
          {partner.title}
          <CopyText label={partner.source.label} text={partner.source.url} />
        </div>
      ))}
    </Note>
  );
}
