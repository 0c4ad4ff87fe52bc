import type { z } from 'zod';
import type { backendChoice } from '../../../src-shared/contract/calls/app.ts';
import { Checkbox, Field, NumberField, Segmented, Select } from '../../components/fields.tsx';
import { namesIn } from '../../lib/names-in.ts';
import type { Draft } from './draft.ts';

interface RunSettingsProps {
  readonly draft: Draft;
  readonly backends: readonly z.infer<typeof backendChoice>[];
  readonly onChange: (part: Partial<Draft>, tag: string) => void;
}

/** What comes out, on what it is computed, and from which seed. */
export function RunSettings({ draft, backends, onChange }: RunSettingsProps) {
  const options = [
    { value: 'auto' as const, label: 'Best that is available' },
    ...backends.map(({ name, label, available, reason }) => ({
      value: name,
      label: available ? label : `${label} (not available${reason === undefined ? '' : `: ${reason}`})`,
      disabled: !available,
    })),
  ];
  return (
    <div className="model-settings">
      <Field label="Name of the run" hint="Left empty, it is numbered, such as Run 3.">
        {({ id, describedBy }) => (
          <input
            id={id}
            aria-describedby={describedBy}
            className="input"
            maxLength={200}
            value={draft.name}
            onChange={(event) => onChange({ name: event.target.value }, 'name')}
          />
        )}
      </Field>
      <div className="field">
        <span className="model-label">Genes to impute</span>
        <Segmented
          label="Genes to impute"
          value={draft.genes}
          options={[
            { value: 'usual', label: 'Variable and shared' },
            { value: 'all', label: 'All' },
            { value: 'list', label: 'Also these' },
          ]}
          onChange={(genes) => onChange({ genes }, 'genes')}
        />
        <div className="field-hint">
          Variable and shared: the most variable genes of the reference and those of the panel.
        </div>
      </div>
      {draft.genes === 'list' && (
        <Field
          label="Gene names"
          hint={`${namesIn(draft.geneList).length} names, as the reference spells them.`}
        >
          {({ id, describedBy }) => (
            <textarea
              id={id}
              aria-describedby={describedBy}
              className="textarea"
              value={draft.geneList}
              placeholder="Gad1, Sst, Vip"
              onChange={(event) => onChange({ geneList: event.target.value }, 'geneList')}
            />
          )}
        </Field>
      )}
      <Checkbox
        label="Also write the imputed values on the scale of counts"
        checked={draft.counts}
        onChange={(counts) => onChange({ counts }, 'counts')}
      />
      <Select
        label="Compute on"
        value={draft.backend}
        options={options}
        onChange={(backend) => onChange({ backend }, 'backend')}
      />
      <Field label="Seed" hint="The same seed gives the same result again.">
        {({ id, describedBy }) => (
          <NumberField
            id={id}
            describedBy={describedBy}
            value={draft.seed}
            minimum={0}
            maximum={2 ** 31 - 1}
            integer
            onChange={(seed) => onChange({ seed }, 'seed')}
          />
        )}
      </Field>
    </div>
  );
}
