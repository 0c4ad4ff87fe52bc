import { mapColour } from '../../../../src-shared/plot/colour-maps.ts';
import { hexOf } from '../../../../src-shared/plot/colour-scale.ts';
import { colourOf, type PanelPicture } from '../../spatial/panel-picture.ts';
import type { FieldFacts } from './fields.ts';

interface FieldsLegendProps {
  readonly picture: PanelPicture | null;
  readonly facts: readonly FieldFacts[];
}

const STOPS = Array.from({ length: 13 }, (_, i) => hexOf(mapColour('viridis', i / 12))).join(',');

/** What the colours of the fields mean: the types that are in them, or the scale of the share. */
export function FieldsLegend({ picture, facts }: FieldsLegendProps) {
  if (picture?.kind !== 'category') {
    return (
      <p className="fields-legend small muted">
        <span>0</span>
        <i className="fields-ramp" style={{ background: `linear-gradient(to right, ${STOPS})` }} />
        <span>1 · share of neighbours</span>
      </p>
    );
  }
  const seen = new Set<number>();
  for (const { cells } of facts) for (const cell of cells) seen.add(picture.codes[cell]!);
  const codes = picture.names.flatMap((_, code) => (seen.has(code) ? [code] : []));
  return (
    <ul className="fields-legend small" aria-label="Types in the fields">
      {codes.map((code) => (
        <li key={code}>
          <i className="biology-swatch" style={{ background: hexOf(colourOf(picture, code)) }} />
          {picture.names[code]}
        </li>
      ))}
    </ul>
  );
}
