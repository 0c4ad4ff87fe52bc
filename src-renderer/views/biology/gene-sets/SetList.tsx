import { useMemo } from 'react';
import type { GeneSet } from '../../../../src-shared/contract/calls/analysis.ts';
import { Button } from '../../../components/Button.tsx';
import { ResultTable, type TableColumn } from '../ResultTable.tsx';
import { knownCount, type KnownGenes } from './known-genes.ts';

interface SetListProps {
  readonly name: string;
  readonly sets: readonly GeneSet[];
  readonly known: KnownGenes | null;
  readonly chosen: number | null;
  readonly onChoose: (at: number) => void;
  /** Absent where nothing can be added. */
  readonly onAdd: (() => void) | undefined;
}

/** The sets of a collection, with how many of their genes the result knows. */
export function SetList({ name, sets, known, chosen, onChoose, onAdd }: SetListProps) {
  const columns = useMemo(
    (): TableColumn[] => [
      { name: 'set', title: 'Set', values: sets.map((set) => set.name) },
      { name: 'genes', title: 'Genes', values: sets.map(({ genes }) => genes.length) },
      {
        name: 'in_result',
        title: 'Found',
        about: 'Genes of the set that the result of this run knows, without regard to case',
        values: sets.map(({ genes }) => (known === null ? NaN : knownCount(genes, known))),
      },
    ],
    [sets, known],
  );
  return (
    <ResultTable
      title={name}
      of="set"
      columns={columns}
      sort={{ column: 'set', descending: false }}
      height={420}
      chosen={chosen === null ? null : (sets[chosen]?.name ?? null)}
      action="Show its genes"
      onChoose={(set) => onChoose(sets.findIndex((each) => each.name === set))}
    >
      {onAdd && (
        <Button icon="plus" onClick={onAdd}>
          Add a set
        </Button>
      )}
    </ResultTable>
  );
}
