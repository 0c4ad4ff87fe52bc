import type { AnalysisVector } from '../../../src-shared/domain/analysis-result.ts';
import type { Rgb } from '../../../src-shared/plot/colour-scale.ts';
import { Percentiles } from '../../../src-shared/plot/percentiles.ts';
import { columnPicture, type PanelPicture } from '../spatial/panel-picture.ts';
import type { PanelState } from '../spatial/use-pictures.ts';

/** What one panel of a map of an analysis shows. */
export interface MapPanel {
  readonly vector: AnalysisVector;
  /** Stands behind the title, such as `imputed`. */
  readonly what: string;
  /** Of numbers. */
  readonly unit?: string | undefined;
  /** Of categories, where they have an order of their own. */
  readonly colours?: readonly Rgb[] | undefined;
  /** Numbers around zero. */
  readonly isDifference?: boolean | undefined;
}

/** A vector as the map draws it. */
export function panelState({ vector, what, unit = '', colours, isDifference = false }: MapPanel): PanelState {
  const picture: PanelPicture =
    vector.kind === 'number'
      ? {
          kind: 'values',
          title: vector.title,
          gene: null,
          what,
          vector: { values: vector.values, unit, spread: new Percentiles(vector.values) },
          isDifference,
        }
      : { ...(columnPicture(vector.title, vector) as CategoryPicture), what, colours };
  return { title: vector.title, what, picture, error: null, isWaiting: false };
}

type CategoryPicture = Extract<PanelPicture, { kind: 'category' }>;

/** From no neighbour of the types to nearly all: grey, then colder to warmer (Okabe & Ito's), seen on light and dark. */
export const GROUP_COLOURS: readonly Rgb[] = [
  [143, 152, 161],
  [86, 180, 233],
  [230, 159, 0],
  [213, 94, 0],
];
