import { formatCount } from '../../../src-shared/plot/format.ts';
import { mapColour, type ColourMapName, type SequentialMap } from '../../../src-shared/plot/colour-maps.ts';
import { hexOf } from '../../../src-shared/plot/colour-scale.ts';
import { colourOf, formatValue, limitsOf, mapOf, type Limits, type PanelPicture } from './panel-picture.ts';

interface LegendProps {
  readonly picture: PanelPicture;
  readonly limits: Limits | null;
  readonly clip: readonly [number, number];
  readonly colourMap: SequentialMap;
  readonly muted: ReadonlySet<number>;
  readonly onToggle: (code: number) => void;
  /** Height of the panel in pixels, which limits the list of categories. */
  readonly height: number;
}

/** What the colours of a panel mean. */
export function Legend(props: LegendProps) {
  const { picture, limits, clip, colourMap } = props;
  if (picture.kind === 'category') return <CategoryLegend {...props} picture={picture} />;
  return (
    <div className="spatial-legend" data-solid>
      {picture.kind === 'values' && limits && (
        <>
          <Ramp name={mapOf(picture, colourMap)} />
          <div className="spatial-legend-ends numeric">
            <span>{formatValue(limits[0])}</span>
            {picture.isDifference && <span>0</span>}
            <span>{formatValue(limits[1])}</span>
          </div>
          <div className="muted">{picture.vector.unit}</div>
          <div className="muted numeric">{clipInWords(clip)}</div>
          {picture.vector.spread.count < picture.vector.values.length && (
            <div className="spatial-legend-missing muted">
              <i /> no value
            </div>
          )}
        </>
      )}
      {picture.kind === 'rgb' &&
        picture.channels.map(({ gene, vector }, channel) => {
          const [low, high] = limitsOf(vector, clip);
          return (
            <div key={gene} className="spatial-legend-channel">
              <i style={{ background: ['#ff0000', '#00ff00', '#0000ff'][channel] }} />
              <span>
                {['red', 'green', 'blue'][channel]}: {gene}
              </span>
              <span className="muted numeric">
                {formatValue(low)} – {formatValue(high)}
              </span>
            </div>
          );
        })}
    </div>
  );
}

/** Which percentiles the ends of the scale are. */
export function clipInWords([low, high]: readonly [number, number]): string {
  return low === 0 && high === 100 ? 'all values' : `percentiles ${low} to ${high}`;
}

function Ramp({ name }: { readonly name: ColourMapName }) {
  const stops = Array.from({ length: 13 }, (_, i) => hexOf(mapColour(name, i / 12))).join(',');
  return <div className="spatial-ramp" style={{ background: `linear-gradient(to right, ${stops})` }} />;
}

type CategoryLegendProps = LegendProps & { readonly picture: Extract<PanelPicture, { kind: 'category' }> };

function CategoryLegend({ picture, muted, onToggle, height }: CategoryLegendProps) {
  return (
    <div className="spatial-legend is-list" data-solid style={{ maxHeight: Math.max(80, height - 80) }}>
      <ul aria-label={`Categories of ${picture.title}`}>
        {picture.names.map((name, code) => (
          <li key={name}>
            <button
              type="button"
              className="spatial-category"
              aria-pressed={!muted.has(code)}
              title={muted.has(code) ? `Show ${name}` : `Grey out ${name}`}
              onClick={() => onToggle(code)}
            >
              <i
                style={{ background: muted.has(code) ? 'var(--missing)' : hexOf(colourOf(picture, code)) }}
              />
              <span>{name}</span>
              <span className="muted numeric">{formatCount(picture.counts[code]!)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
