import { useMemo, useState } from 'react';
import type { ParametersOf } from '../../../../src-shared/domain/analysis.ts';
import { fixed, formatCount, listed } from '../../../../src-shared/plot/format.ts';
import { Button, IconButton } from '../../../components/Button.tsx';
import { DownloadMenu } from '../../../components/charts/DownloadMenu.tsx';
import { NumberField, Segmented } from '../../../components/fields.tsx';
import { useThemeColours } from '../../spatial/canvas/use-theme-colours.ts';
import { painted } from '../../spatial/panel-picture.ts';
import { useShownCells } from '../../spatial/use-map-data.ts';
import { useBiology } from '../biology-context.ts';
import { panelState } from '../map-panels.ts';
import { unitOf } from '../units.ts';
import { useLabelVector } from '../use-label-vector.ts';
import type { CategoryVector, NumberVector } from '../result-parts.ts';
import { factsOf, type Field, type FieldFacts } from './fields.ts';
import { FieldPicture } from './FieldPicture.tsx';
import { FieldsLegend } from './FieldsLegend.tsx';
import { useFieldsDownload } from './use-fields-download.ts';
import type { Fields } from './use-fields.ts';

interface FieldsCardProps {
  readonly fields: Fields;
  readonly side: number;
  readonly parameters: ParametersOf<'neighbours'>;
  readonly proportion: NumberVector;
  readonly group: CategoryVector;
  readonly onSide: (side: number) => void;
}

export type FieldColour = 'type' | 'share';

const SIZE = 208;
const NONE: ReadonlySet<number> = new Set();

/** Fields of the tissue side by side, and the figure of all of it. */
export function FieldsCard({ fields, side, parameters, proportion, group, onSide }: FieldsCardProps) {
  const { layout, cells } = useBiology();
  const [colour, setColour] = useState<FieldColour>('type');
  const shown = useShownCells(layout, null);
  const labels = useLabelVector(parameters.labels);
  const state = useMemo(
    () =>
      panelState(
        labels !== null && colour === 'type'
          ? { vector: labels, what: '' }
          : { vector: proportion, what: '', unit: '' },
      ),
    [colour, labels, proportion],
  );
  const facts = useMemo(
    () => fields.all.map((field) => factsOf(shown.grid(), field, proportion.values)),
    [fields.all, shown, proportion],
  );
  const types = listed(parameters.types);
  const download = useFieldsDownload({ fields: fields.all, facts, state, proportion, group, types });
  return (
    <section className="card fields" aria-label="Fields">
      <div className="biology-table-head">
        <h2>Fields with the most and the least {types}</h2>
        <Segmented
          label="Cells coloured by"
          value={colour}
          options={[
            { value: 'type', label: 'Cell type', disabled: labels === null },
            { value: 'share', label: 'Share' },
          ]}
          onChange={setColour}
        />
        <div className="fields-side">
          <NumberField
            label={`Side of a new field in ${unitOf(cells.unit)}`}
            value={side}
            minimum={Number.MIN_VALUE}
            onChange={onSide}
          />
          <span className="muted small">{unitOf(cells.unit)} wide</span>
        </div>
        {fields.isChanged && (
          <Button kind="quiet" icon="reset" onClick={fields.reset}>
            As suggested
          </Button>
        )}
        <DownloadMenu title="Figure of map, groups and fields" onDownload={download} />
      </div>
      {fields.all.length === 0 ? (
        <p className="muted">No field is chosen. Press “Add a field”, then click on the map.</p>
      ) : (
        <ul className="fields-list">
          {fields.all.map((field, i) => (
            <FieldItem
              key={field.name}
              field={field}
              facts={facts[i]!}
              state={state}
              types={types}
              diameter={shown.diameter}
              onRemove={() => fields.remove(field.name)}
            />
          ))}
        </ul>
      )}
      {fields.all.length > 0 && <FieldsLegend picture={state.picture} facts={facts} />}
    </section>
  );
}

interface FieldItemProps {
  readonly field: Field;
  readonly facts: FieldFacts;
  readonly state: ReturnType<typeof panelState>;
  readonly types: string;
  readonly diameter: number;
  readonly onRemove: () => void;
}

function FieldItem({ field, facts: { cells, mean }, state, types, diameter, onRemove }: FieldItemProps) {
  const { layout } = useBiology();
  const theme = useThemeColours();
  const colours = useMemo(() => fieldColours(state, cells, theme.missing), [state, cells, theme.missing]);
  return (
    <li>
      <div className="fields-title">
        <strong>{field.name}</strong>
        <span className="muted small">{field.byHand ? 'by hand' : ''}</span>
        <IconButton icon="close" label={`Remove field ${field.name}`} onClick={onRemove} />
      </div>
      <FieldPicture
        field={field}
        cells={cells}
        xy={layout.xy}
        diameter={diameter}
        colours={colours}
        size={SIZE}
        label={`Field ${field.name}: ${formatCount(cells.length)} cells, mean share of ${types} ${fixed(mean, 2)}`}
      />
      <p className="small numeric">
        {formatCount(cells.length)} cells · mean share {fixed(mean, 2)}
      </p>
    </li>
  );
}

/** Colours of the cells of a field; shares always run from 0 to 1, so that fields can be compared. */
export function fieldColours(
  { picture }: ReturnType<typeof panelState>,
  order: Uint32Array,
  missing: readonly [number, number, number],
): Uint8Array {
  return painted(picture, [0, 1], {
    ...{ order, missing, ground: missing, muted: NONE },
    colourMap: 'viridis',
    clip: [0, 100],
    selection: null,
  });
}
