import { useId } from 'react';
import { Checkbox, Select } from '../../../components/fields.tsx';
import { COLOUR_MAP_LABELS, SEQUENTIAL } from '../../../../src-shared/plot/colour-maps.ts';
import type { MapContext } from '../map-context.ts';

/** Colour map, clipping, point size, and the picture under the cells. */
export function ColourSettings({ context }: { readonly context: MapContext }) {
  const { settings, change, cells, layout, panels } = context;
  const { clip } = settings;
  return (
    <section className="spatial-block" aria-label="Colours">
      <h3>Colours</h3>
      <Select
        label="Colour map"
        value={settings.colourMap}
        options={SEQUENTIAL.map((value) => ({ value, label: COLOUR_MAP_LABELS[value] }))}
        onChange={(colourMap) => change({ colourMap })}
      />
      <Slider
        label="First colour at percentile"
        value={clip[0]}
        range={[0, 100, 0.5]}
        onChange={(low) =>
          change({ clip: [Math.min(low, 99.5), Math.max(clip[1], Math.min(low, 99.5) + 0.5)] })
        }
      />
      <Slider
        label="Last colour at percentile"
        value={clip[1]}
        range={[0, 100, 0.5]}
        onChange={(high) =>
          change({ clip: [Math.min(clip[0], Math.max(high, 0.5) - 0.5), Math.max(high, 0.5)] })
        }
      />
      {panels.length > 1 && (
        <Checkbox
          label="One scale for panels of the same unit"
          checked={settings.isShared}
          onChange={(isShared) => change({ isShared })}
        />
      )}
      <Slider
        label="Size of a cell"
        value={settings.pointSize}
        range={[0.2, 3, 0.1]}
        onChange={(pointSize) => change({ pointSize })}
      />
      {cells.images.length > 0 && !layout.isMoved && (
        <>
          <Select
            label="Picture under the cells"
            value={settings.image ?? ''}
            options={[
              { value: '', label: 'none' },
              ...cells.images.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(image) => change({ image: image === '' ? null : image })}
          />
          {settings.image !== null && (
            <Slider
              label="Opacity of the picture"
              value={settings.imageOpacity}
              range={[0, 1, 0.05]}
              onChange={(imageOpacity) => change({ imageOpacity })}
            />
          )}
        </>
      )}
    </section>
  );
}

interface SliderProps {
  readonly label: string;
  readonly value: number;
  /** Lowest, highest, step. */
  readonly range: readonly [number, number, number];
  readonly onChange: (value: number) => void;
}

function Slider({ label, value, range: [min, max, step], onChange }: SliderProps) {
  const id = useId();
  return (
    <div className="spatial-slider">
      <label htmlFor={id}>{label}</label>
      <output htmlFor={id} className="numeric">
        {Number(value.toFixed(2))}
      </output>
      <input
        id={id}
        type="range"
        className="slider"
        {...{ min, max, step, value }}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </div>
  );
}
