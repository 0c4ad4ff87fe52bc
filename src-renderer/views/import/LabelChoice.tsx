import { useId, useState } from 'react';
import type { DatasetPreview } from '../../../src-shared/domain/preview.ts';
import type { DatasetChoice } from '../../../src-shared/domain/project.ts';
import { Button } from '../../components/Button.tsx';
import { nameOf } from '../../components/file-browser/listing.ts';
import { Select } from '../../components/fields.tsx';
import { choosing, labelOptions } from './choice.ts';
import type { Draft } from './imports.ts';
import { labelSourceOf, labelsOf, type LabelSource } from './labels.ts';

interface Props {
  readonly draft: Draft;
  readonly preview: DatasetPreview;
  readonly onChange: (choice: DatasetChoice) => void;
  readonly chooseTable: (title: string) => Promise<string | null>;
}

/** Cell types of the reference: a column, or a table beside it. They are optional. */
export function LabelChoice({ draft, preview, onChange, chooseTable }: Props) {
  const source = labelSourceOf(draft.choice.labels);
  const set = (next: LabelSource) => onChange(choosing(draft.choice, 'labels', labelsOf(next)));
  const choose = async () => {
    const file = await chooseTable('Choose the table of cell types');
    if (file !== null) set({ kind: 'table', file, column: '' });
  };
  return (
    <>
      <div className="import-choice">
        <Select
          label="Cell types (optional)"
          value={valueOf(source)}
          options={labelOptions(preview, source.kind === 'table' ? source.file : undefined)}
          onChange={(value) => set(sourceOf(value))}
          hint={hintOf(preview, source)}
        />
        <Button onClick={() => void choose()}>Choose a table</Button>
      </div>
      {source.kind === 'table' && (
        <ColumnField
          key={source.file}
          column={source.column}
          onColumn={(column) => set({ ...source, column })}
        />
      )}
    </>
  );
}

function hintOf({ tables }: DatasetPreview, source: LabelSource): string {
  const [table] = tables;
  if (source.kind === 'none' && table !== undefined) return `${nameOf(table)} beside the data may hold them.`;
  return 'Tangram, one of the methods to compare with, works by cell type; SpaGene does not need them.';
}

function valueOf(source: LabelSource): string {
  if (source.kind === 'none') return '';
  return source.kind === 'column' ? `column:${source.column}` : `table:${source.file}`;
}

function sourceOf(value: string): LabelSource {
  if (value === '') return { kind: 'none' };
  const rest = value.slice(value.indexOf(':') + 1);
  return value.startsWith('column:')
    ? { kind: 'column', column: rest }
    : { kind: 'table', file: rest, column: '' };
}

/** Which column of the table; found by itself where left empty. */
function ColumnField({
  column,
  onColumn,
}: {
  readonly column: string;
  readonly onColumn: (column: string) => void;
}) {
  const [typed, setTyped] = useState(column);
  const id = useId();
  const take = () => {
    if (typed.trim() !== column) onColumn(typed.trim());
  };
  return (
    <div className="field">
      <label htmlFor={id}>Column of the table</label>
      <input
        id={id}
        className="input"
        placeholder="found by itself"
        maxLength={256}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
        }}
      />
    </div>
  );
}
