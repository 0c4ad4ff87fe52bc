import { analysisDefaults, type ParametersOf } from '../../../../src-shared/domain/analysis.ts';
import { Segmented } from '../../../components/fields.tsx';
import { AnalysisForm } from '../AnalysisForm.tsx';
import { NumberInput } from '../NumberInput.tsx';
import { SeedInput } from '../SeedInput.tsx';
import { withoutKind } from '../without-kind.ts';

export type CellTypesDraft = Omit<ParametersOf<'cell-types'>, 'kind'>;

/** What the form begins with: labels of the reference, where it has some. */
export function cellTypesDraft(
  before: ParametersOf<'cell-types'> | undefined,
  hasReferenceLabels: boolean,
): CellTypesDraft {
  if (before === undefined) {
    return { ...analysisDefaults['cell-types'], method: hasReferenceLabels ? 'transfer' : 'leiden' };
  }
  return withoutKind(before);
}

interface CellTypesFormProps {
  readonly id: string;
  readonly submit: string;
  readonly draft: CellTypesDraft;
  readonly hasReferenceLabels: boolean;
  readonly isAgain: boolean;
  readonly isPrimary: boolean;
  readonly busy: boolean;
  readonly onChange: (part: Partial<CellTypesDraft>) => void;
  readonly onStart: (parameters: ParametersOf<'cell-types'>, name: string) => void;
}

/** Where the types of the cells come from. */
export function CellTypesForm(props: CellTypesFormProps) {
  const { id, submit, draft, hasReferenceLabels, isAgain, isPrimary, busy, onChange, onStart } = props;
  const isTransfer = draft.method === 'transfer';
  const blocked =
    isTransfer && !hasReferenceLabels
      ? 'The reference was imported without labels; import it again and choose its column of cell types.'
      : undefined;
  return (
    <AnalysisForm
      id={id}
      title="Find cell types"
      submit={submit}
      blocked={blocked}
      busy={busy}
      isAgain={isAgain}
      isPrimary={isPrimary}
      onSubmit={(name) => onStart({ kind: 'cell-types', ...draft }, name)}
      advanced={
        <>
          <NumberInput
            label="Principal components"
            value={draft.components}
            minimum={2}
            maximum={200}
            integer
            onChange={(components) => onChange({ components })}
          />
          <SeedInput of="types" value={draft.seed} onChange={(seed) => onChange({ seed })} />
        </>
      }
    >
      <div className="field">
        <span className="biology-label">Types are</span>
        <Segmented
          label="Types are"
          value={draft.method}
          options={[
            { value: 'transfer', label: 'From the reference' },
            { value: 'leiden', label: 'Clusters' },
          ]}
          onChange={(method) => onChange({ method })}
        />
        <p className="field-hint">
          {isTransfer
            ? (blocked ?? 'Each cell takes the label of the reference cells that are most like it.')
            : 'Cells that are alike, grouped by Leiden’s method; you name the groups.'}
        </p>
      </div>
      <NumberInput
        label="Neighbours"
        hint={isTransfer ? 'So many reference cells vote.' : 'Each cell is joined to so many that are alike.'}
        value={draft.neighbours}
        minimum={1}
        maximum={200}
        integer
        onChange={(neighbours) => onChange({ neighbours })}
      />
      {!isTransfer && (
        <NumberInput
          label="Resolution"
          hint="Larger values give more clusters."
          value={draft.resolution}
          minimum={0.01}
          maximum={20}
          onChange={(resolution) => onChange({ resolution })}
        />
      )}
    </AnalysisForm>
  );
}
