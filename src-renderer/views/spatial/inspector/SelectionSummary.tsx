import { useMemo, useState } from 'react';
import { formatCount } from '../../../../src-shared/plot/format.ts';
import { Button } from '../../../components/Button.tsx';
import { Select } from '../../../components/fields.tsx';
import { useEngine } from '../../../engine/context.ts';
import { useAction } from '../../../engine/use-call.ts';
import { useProject } from '../../../store/project.ts';
import { useApp } from '../../../store/store.ts';
import type { MapContext } from '../map-context.ts';
import { compareGroups, selectedCells, type Selection } from '../selection.ts';
import { selectionCsv } from '../selection-csv.ts';
import { saveFile } from '../../../lib/save-file.ts';
import { Composition } from './Composition.tsx';
import { GeneComparison } from './GeneComparison.tsx';
import { Groups } from './Groups.tsx';

/** How many cells are selected, what sets them apart, and what can be done with them. */
export function SelectionSummary({ context }: { readonly context: MapContext }) {
  const { selection, shown, cells } = context;
  const { now } = selection;
  if (!now) {
    return (
      <section className="spatial-block" aria-label="Selection">
        <h3>Selection</h3>
        <p className="muted small">
          {formatCount(shown.order.length)} cells are shown
          {shown.order.length < cells.cells && ` of ${formatCount(cells.cells)}`}. Draw around some with the
          lasso (L) or a rectangle (R); Shift adds, Alt takes away.
        </p>
        <Groups context={context} />
      </section>
    );
  }
  return (
    <section className="spatial-block" aria-label="Selection">
      <header>
        <h3>Selection</h3>
        <Button kind="quiet" onClick={selection.clear}>
          Clear
        </Button>
      </header>
      <p className="numeric" role="status">
        <strong>{formatCount(now.count)}</strong> of {formatCount(cells.cells)} cells (
        {((100 * now.count) / cells.cells).toFixed(1)} %)
      </p>
      <ShownGenes context={context} selection={now} />
      <CategoryChoice context={context} selection={now} />
      <SelectionActions context={context} selection={now} />
      <Groups context={context} />
    </section>
  );
}

interface PartProps {
  readonly context: MapContext;
  readonly selection: Selection;
}

function ShownGenes({ context: { states }, selection }: PartProps) {
  const rows = useMemo(
    () =>
      states.flatMap(({ picture, what }) => {
        if (picture?.kind === 'values') {
          const kind = what.split(' · ')[0]!;
          return [{ name: picture.title, what: kind, ...compareGroups(picture.vector.values, selection) }];
        }
        if (picture?.kind !== 'rgb') return [];
        return picture.channels.map(({ gene, vector }) => ({
          name: gene,
          what,
          ...compareGroups(vector.values, selection),
        }));
      }),
    [states, selection],
  );
  return rows.length === 0 ? null : <GeneComparison rows={rows} />;
}

function CategoryChoice({ context, selection }: PartProps) {
  const { cells, settings, change, vectors } = context;
  const columns = cells.columns.filter(({ kind }) => kind === 'category');
  if (columns.length === 0) return null;
  const name = columns.find((column) => column.name === settings.category)?.name ?? columns[0]!.name;
  return (
    <>
      <Select
        label="Made up of"
        value={name}
        options={columns.map((column) => ({ value: column.name, label: column.title ?? column.name }))}
        onChange={(category) => change({ category })}
      />
      <Composition key={name} name={name} vectors={vectors} selection={selection} />
    </>
  );
}

function SelectionActions({ context, selection }: PartProps) {
  const engine = useEngine();
  const project = useProject();
  const notify = useApp((state) => state.notify);
  const [name, setName] = useState('');
  const save = useAction(async () => {
    const cells = selectedCells(selection);
    await engine.call('group:save', { name: name.trim(), cells });
    setName('');
    notify({
      kind: 'ok',
      message: `${formatCount(cells.length)} cells are saved as the group ${name.trim()}.`,
    });
  });
  const exported = useAction(async () => {
    const cells = selectedCells(selection);
    const { names } = await engine.call('map:cell-names', { cells });
    saveFile('selected-cells.csv', selectionCsv(context, cells, names), 'text/csv');
  });
  const blocked = project?.readOnly ?? (name.trim() === '' ? 'Give the group a name first.' : undefined);
  return (
    <div className="spatial-actions">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (blocked === undefined) save.run();
        }}
      >
        <input
          className="input"
          aria-label="Name of the group"
          placeholder="Name of the group"
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" blocked={blocked} disabled={save.busy}>
          Save
        </Button>
      </form>
      <Button icon="download" disabled={exported.busy} onClick={() => exported.run()}>
        Selected cells as CSV
      </Button>
    </div>
  );
}
