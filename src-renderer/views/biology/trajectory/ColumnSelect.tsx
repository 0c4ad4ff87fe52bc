import { useMemo } from 'react';
import type { AnalysisVector } from '../../../../src-shared/domain/analysis-result.ts';
import { Select } from '../../../components/fields.tsx';
import { useCall } from '../../../engine/use-call.ts';
import { useBiology } from '../biology-context.ts';
import { columnTitle, vectorOfColumn } from './columns.ts';

interface ColumnSelectProps {
  readonly label: string;
  /** Name of a column of the cells, or of what `first` offers; null shows none of them. */
  readonly value: string | null;
  /** What else can be chosen, before the columns. */
  readonly first?: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (name: string | null) => void;
}

/** What a map is coloured by. */
export function ColumnSelect({ label, value, first = [], onChange }: ColumnSelectProps) {
  const { columns } = useBiology().cells;
  const none = first.length === 0 ? [{ value: '', label: 'Nothing' }] : [];
  return (
    <Select
      label={label}
      hideLabel
      value={value ?? ''}
      options={[
        ...none,
        ...first,
        ...columns.map((column) => ({ value: column.name, label: columnTitle(column) })),
      ]}
      onChange={(name) => onChange(name === '' ? null : name)}
    />
  );
}

/** A column of the cells as a vector; null while it is awaited, or where there is none. */
export function useColumn(name: string | null): AnalysisVector | null {
  const column = useBiology().cells.columns.find((each) => each.name === name);
  const answer = useCall('map:column', column === undefined ? null : { name: column.name });
  const { value, waiting } = answer;
  return useMemo(
    () =>
      value === null || waiting || column === undefined
        ? null
        : vectorOfColumn(column.name, columnTitle(column), value),
    [value, waiting, column],
  );
}
