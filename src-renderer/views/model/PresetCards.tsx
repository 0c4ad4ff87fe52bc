import { presetNames, type PresetName } from '../../../src-shared/domain/presets.ts';
import { generalPresets, presetWords } from './titles.ts';

interface PresetCardsProps {
  readonly chosen: PresetName;
  /** Published pair that the project's data were recognised as. */
  readonly recognised: PresetName | null;
  readonly onChoose: (preset: PresetName) => void;
}

/** Starting points: three for any tissue, and those of the published pairs. */
export function PresetCards({ chosen, recognised, onChoose }: PresetCardsProps) {
  const published = presetNames.filter((name) => !generalPresets.includes(name));
  return (
    <div role="radiogroup" aria-label="Preset" className="model-presets">
      {generalPresets.map((name) => (
        <PresetCard key={name} name={name} chosen={chosen === name} onChoose={onChoose} />
      ))}
      <details className="model-published" open={published.includes(chosen) || recognised !== null}>
        <summary>Published pairs of datasets</summary>
        <div className="model-presets">
          {published.map((name) => (
            <PresetCard
              key={name}
              name={name}
              chosen={chosen === name}
              onChoose={onChoose}
              badge={name === recognised ? 'your data' : undefined}
            />
          ))}
        </div>
      </details>
    </div>
  );
}

interface PresetCardProps {
  readonly name: PresetName;
  readonly chosen: boolean;
  readonly onChoose: (preset: PresetName) => void;
  readonly badge?: string | undefined;
}

function PresetCard({ name, chosen, onChoose, badge }: PresetCardProps) {
  const { title, about } = presetWords[name];
  return (
    <label className={`model-preset${chosen ? ' is-chosen' : ''}`}>
      <input type="radio" name="preset" value={name} checked={chosen} onChange={() => onChoose(name)} />
      <span>
        <strong>{title}</strong> {badge !== undefined && <span className="badge">{badge}</span>}
        <span className="muted small">{about}</span>
      </span>
    </label>
  );
}
