import type { DatasetPreview } from '../../../src-shared/domain/preview.ts';
import type { DatasetChoice, DatasetRole } from '../../../src-shared/domain/project.ts';
import { Button } from '../../components/Button.tsx';
import { Select } from '../../components/fields.tsx';
import { choosing, matrixOptions, positionOptions, sectionOptions } from './choice.ts';
import type { Draft } from './imports.ts';
import { LabelChoice } from './LabelChoice.tsx';

interface Props {
  readonly role: DatasetRole;
  readonly draft: Draft;
  readonly preview: DatasetPreview;
  readonly disabled: boolean;
  readonly onChange: (choice: DatasetChoice) => void;
  readonly chooseTable: (title: string) => Promise<string | null>;
}

export const matrixFieldId = (role: DatasetRole): string => `import-matrix-${role}`;

/** What has to be decided about the data; only what there is a choice of. */
export function Choices(props: Props) {
  const { role, draft, preview, onChange, disabled } = props;
  const { choice } = draft;
  const sections = sectionOptions(preview);
  return (
    <fieldset className="import-choices" disabled={disabled}>
      <legend className="visually-hidden">Choices</legend>
      {preview.matrices.length > 1 && (
        <div id={matrixFieldId(role)}>
          <Select
            label="Matrix of counts"
            value={choice.matrix ?? preview.matrix}
            options={matrixOptions(preview)}
            onChange={(matrix) => onChange(choosing(choice, 'matrix', matrix))}
            hint="Raw counts work best; cells × genes as read."
          />
        </div>
      )}
      {role === 'spatial' && <PositionChoice {...props} />}
      {role === 'spatial' && sections.length > 1 && (
        <Select
          label="Tissue sections"
          value={choice.section ?? ''}
          options={sections}
          onChange={(section) => onChange(choosing(choice, 'section', section || undefined))}
          hint="Sections are drawn apart, and no cell has a neighbour in another one."
        />
      )}
      {role === 'reference' && <LabelChoice {...props} />}
    </fieldset>
  );
}

function PositionChoice({ draft, preview, onChange, chooseTable }: Props) {
  const { choice } = draft;
  const choose = async () => {
    const table = await chooseTable('Choose the table of positions');
    if (table !== null) onChange(choosing(choice, 'coordinates', table));
  };
  return (
    <div className="import-choice">
      <Select
        label="Positions of the cells"
        value={choice.coordinates ?? ''}
        options={positionOptions(preview, choice)}
        onChange={(table) => onChange(choosing(choice, 'coordinates', table || undefined))}
      />
      <Button onClick={() => void choose()}>Choose a table</Button>
    </div>
  );
}
