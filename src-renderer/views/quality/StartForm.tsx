import { useState } from 'react';
import type { EvaluationRequest } from '../../../src-shared/contract/calls/job.ts';
import type { PresetName } from '../../../src-shared/domain/presets.ts';
import { presetNames } from '../../../src-shared/domain/presets.ts';
import { KIND_LABELS } from '../../../src-shared/plot/metric-labels.ts';
import { Button } from '../../components/Button.tsx';
import { Checkbox, Field, NumberField, Select } from '../../components/fields.tsx';
import type { Result } from '../../../src-shared/contract/handlers.ts';
import { presetWords } from '../model/titles.ts';

export type MethodOffer = Result<'evaluation:methods'>[number];

interface StartFormProps {
  readonly methods: readonly MethodOffer[];
  readonly preset: PresetName;
  readonly backend: EvaluationRequest['backend'];
  readonly sharedGenes: number | null;
  /** Why nothing can be started; null when it can. */
  readonly readOnly: string | null;
  readonly busy: boolean;
  readonly onStart: (request: EvaluationRequest) => void;
  /** Closes the form; absent where there is nothing to go back to. */
  readonly onCancel?: (() => void) | undefined;
}

const kindWords = {
  spagene: 'This app’s method and variants of it',
  peer: 'Published methods that do the same',
  floor: 'Floors: simple things that a method should beat',
} as const;

/** Takes many times longer than all others together, so it is run only where it is asked for. */
const SLOW = 'spagene-paper';

/** What is compared, and how often genes are left out. */
export function StartForm(props: StartFormProps) {
  const { methods, sharedGenes, readOnly, busy, onStart, onCancel } = props;
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(methods.filter(({ usual, name }) => usual && name !== SLOW).map(({ name }) => name)),
  );
  const [preset, setPreset] = useState(props.preset);
  const [folds, setFolds] = useState(5);
  const [repeats, setRepeats] = useState(1);
  const blocked = readOnly ?? (chosen.size === 0 ? 'Tick at least one method.' : undefined);
  return (
    <section className="quality-form card" aria-label="New evaluation">
      <h2>New evaluation</h2>
      <MethodChoice methods={methods} chosen={chosen} onChange={setChosen} />
      <div className="quality-form-row">
        <Select
          label="Settings of SpaGene"
          value={preset}
          options={presetNames.map((value) => ({ value, label: presetWords[value].title }))}
          onChange={setPreset}
          hint={presetWords[preset].about}
        />
        <Field label="Parts" hint={partsHint(sharedGenes, folds)}>
          {({ id, describedBy }) => (
            <NumberField
              id={id}
              describedBy={describedBy}
              value={folds}
              minimum={2}
              maximum={50}
              integer
              onChange={setFolds}
            />
          )}
        </Field>
        <Field label="Repeats" hint="Each with other random numbers; more take longer.">
          {({ id, describedBy }) => (
            <NumberField
              id={id}
              describedBy={describedBy}
              value={repeats}
              minimum={1}
              maximum={20}
              integer
              onChange={setRepeats}
            />
          )}
        </Field>
        <Field label="Name" hint="Optional">
          {({ id, describedBy }) => (
            <input
              id={id}
              aria-describedby={describedBy}
              className="input"
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </div>
      <div className="quality-form-end">
        <Button
          kind="primary"
          icon="play"
          blocked={blocked}
          disabled={busy}
          onClick={() =>
            onStart({
              ...(name.trim() !== '' && { name: name.trim() }),
              preset,
              parameters: {},
              methods: methods.filter((method) => chosen.has(method.name)).map((method) => method.name),
              folds,
              seeds: Array.from({ length: repeats }, (_, i) => i + 1),
              backend: props.backend,
            })
          }
        >
          Start the evaluation
        </Button>
        {onCancel && (
          <Button kind="quiet" onClick={onCancel}>
            Cancel
          </Button>
        )}
        <span className="muted small numeric">{chosen.size * folds * repeats} trainings or fits in all</span>
      </div>
    </section>
  );
}

function partsHint(sharedGenes: number | null, folds: number): string {
  if (sharedGenes === null) return 'Shared genes are dealt into so many parts.';
  return `About ${Math.max(1, Math.round(sharedGenes / folds))} of ${sharedGenes} shared genes are left out at a time.`;
}

interface MethodChoiceProps {
  readonly methods: readonly MethodOffer[];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

function MethodChoice({ methods, chosen, onChange }: MethodChoiceProps) {
  const toggle = (name: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(name);
    else next.delete(name);
    onChange(next);
  };
  return (
    <div className="quality-methods">
      {(['spagene', 'peer', 'floor'] as const).map((kind) => (
        <fieldset key={kind}>
          <legend>
            {KIND_LABELS[kind]} <span className="muted small">{kindWords[kind]}</span>
          </legend>
          {methods
            .filter((method) => method.kind === kind)
            .map(({ name, title, source }) => (
              <div key={name} title={source}>
                <Checkbox
                  checked={chosen.has(name)}
                  onChange={(on) => toggle(name, on)}
                  label={
                    <>
                      {title}
                      {name === SLOW && <span className="quality-slow small"> slow</span>}
                    </>
                  }
                />
              </div>
            ))}
        </fieldset>
      ))}
    </div>
  );
}
