import { useState } from 'react';
import { formatCount } from '../../../../src-shared/plot/format.ts';
import { Button } from '../../../components/Button.tsx';
import { Select } from '../../../components/fields.tsx';
import { counted } from '../../../lib/words.ts';
import { useProject } from '../../../store/project.ts';
import { useBiology } from '../biology-context.ts';
import { LabelSelect, offerOf } from '../LabelSelect.tsx';
import { TypeChoice } from '../TypeChoice.tsx';
import { PickCells } from './PickCells.tsx';
import type { StartDraft } from './start-cells.ts';

interface StartFieldsProps {
  readonly value: StartDraft;
  readonly onChange: (value: StartDraft) => void;
}

/** The cells at which a trajectory begins: by label, by hand, a saved group, or those of before. */
export function StartFields({ value, onChange }: StartFieldsProps) {
  const { labels, selection } = useBiology();
  const groups = useProject()!.groups;
  const [isPicking, setPicking] = useState(false);
  const offer = offerOf(labels.value ?? [], value.labels);
  const group = groups.find(({ id }) => id === value.group);
  return (
    <>
      <Select
        label="Begins at"
        value={value.from}
        options={[
          { value: 'labels', label: 'All cells with a label' },
          { value: 'selection', label: 'Cells drawn around on the map' },
          ...(groups.length > 0 ? [{ value: 'group' as const, label: 'A saved group of cells' }] : []),
          ...(value.earlier.length > 0
            ? [{ value: 'earlier' as const, label: `The ${counted(value.earlier.length, 'cell')} of before` }]
            : []),
        ]}
        onChange={(from) => onChange({ ...value, from })}
        hint="Pseudotime grows from here: how far a cell’s expression and place are from these cells."
      />
      {value.from === 'labels' && (
        <>
          <LabelSelect
            label="Labels of the first cells"
            value={value.labels}
            onChange={(source) => onChange({ ...value, labels: source, names: [] })}
          />
          {offer && (
            <TypeChoice
              label="Begin at cells of"
              types={offer.types}
              value={value.names}
              onChange={(names) => onChange({ ...value, names })}
            />
          )}
        </>
      )}
      {value.from === 'selection' && (
        <div className="trajectory-picked">
          <Button icon="lasso" onClick={() => setPicking(true)}>
            Draw around the first cells
          </Button>
          <p className="muted small numeric" role="status">
            {selection.now === null
              ? 'No cells are selected yet.'
              : `${formatCount(selection.now.count)} cells are selected.`}
          </p>
        </div>
      )}
      {value.from === 'group' && (
        <Select
          label="Group"
          value={group?.id ?? ''}
          options={[
            ...(group === undefined ? [{ value: '', label: 'Choose a group', disabled: true }] : []),
            ...groups.map(({ id, name, cells }) => ({ value: id, label: `${name} (${formatCount(cells)})` })),
          ]}
          onChange={(id) => onChange({ ...value, group: id })}
        />
      )}
      {isPicking && <PickCells labels={value.labels} onClose={() => setPicking(false)} />}
    </>
  );
}
