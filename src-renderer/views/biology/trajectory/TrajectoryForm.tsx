import { Checkbox, Segmented } from '../../../components/fields.tsx';
import { AnalysisForm } from '../AnalysisForm.tsx';
import { NeighbourFields, WithinFields } from '../genes/CellFields.tsx';
import { NumberInput } from '../NumberInput.tsx';
import { SeedInput } from '../SeedInput.tsx';
import { StartFields } from './StartFields.tsx';
import type { TrajectoryDraft } from './trajectory-draft.ts';

export const TRAJECTORY_FORM = 'trajectory-form';
export const TRAJECTORY_SUBMIT = 'Trace the trajectory';

interface TrajectoryFormProps {
  readonly draft: TrajectoryDraft;
  readonly isAgain: boolean;
  readonly blocked: string | undefined;
  readonly busy: boolean;
  readonly onChange: (part: Partial<TrajectoryDraft>) => void;
  readonly onSubmit: (name: string) => void;
}

export function TrajectoryForm({ draft, isAgain, blocked, busy, onChange, onSubmit }: TrajectoryFormProps) {
  return (
    <AnalysisForm
      id={TRAJECTORY_FORM}
      title={isAgain ? 'Other settings' : 'Trajectory'}
      submit={TRAJECTORY_SUBMIT}
      blocked={blocked}
      busy={busy}
      isAgain={isAgain}
      onSubmit={onSubmit}
      advanced={<Advanced draft={draft} onChange={onChange} />}
    >
      <WithinFields value={draft.within} among={draft.among} onChange={onChange} />
      <StartFields value={draft.start} onChange={(start) => onChange({ start })} />
      <div className="field">
        <span className="biology-label">Expression</span>
        <Segmented
          label="Expression"
          value={draft.expression}
          options={[
            { value: 'imputed', label: 'Imputed' },
            { value: 'measured', label: 'Measured' },
          ]}
          onChange={(expression) => onChange({ expression })}
        />
        <div className="field-hint">
          Imputed values draw on every gene but smooth; measured ones draw on the panel alone.
        </div>
      </div>
      <Checkbox
        label="Group cells by their neighbours"
        checked={draft.isGrouped}
        onChange={(isGrouped) => onChange({ isGrouped })}
      />
      {draft.isGrouped && (
        <NeighbourFields
          value={draft.neighbours}
          hint="One ridge each for cells with none, few, some and many of these around them."
          onChange={(neighbours) => onChange({ neighbours })}
        />
      )}
    </AnalysisForm>
  );
}

function Advanced({ draft, onChange }: Pick<TrajectoryFormProps, 'draft' | 'onChange'>) {
  return (
    <>
      <Checkbox label="Draw a UMAP" checked={draft.embed} onChange={(embed) => onChange({ embed })} />
      <NumberInput
        label="Share of expression"
        hint="1 looks at expression alone, 0 at places alone."
        value={draft.expressionWeight}
        minimum={0}
        maximum={1}
        onChange={(expressionWeight) => onChange({ expressionWeight })}
      />
      <NumberInput
        label="Principal components"
        value={draft.components}
        minimum={2}
        maximum={200}
        integer
        onChange={(components) => onChange({ components })}
      />
      <NumberInput
        label="Regularisation"
        hint="Of the optimal transport: higher is smoother."
        value={draft.regularisation}
        minimum={0.0001}
        maximum={10}
        onChange={(regularisation) => onChange({ regularisation })}
      />
      <NumberInput
        label="Landmarks"
        hint="Cells that the transport is solved for; the others follow their neighbours."
        value={draft.landmarks}
        minimum={50}
        maximum={20_000}
        integer
        onChange={(landmarks) => onChange({ landmarks })}
      />
      <SeedInput value={draft.seed} onChange={(seed) => onChange({ seed })} />
    </>
  );
}
