import type { CameraStore } from './canvas/camera-store.ts';
import type { MapImage } from './canvas/map-canvas.ts';
import type { Genes } from './genes.ts';
import type { PanelContent } from './panel-content.ts';
import type { Limits, Look } from './panel-picture.ts';
import type { SpatialSettings } from './settings.ts';
import type { ChangeSettings } from './spatial-state.ts';
import type { MapCells, MapLayout, ShownCells } from './use-map-data.ts';
import type { PanelState } from './use-pictures.ts';
import type { SelectionState } from './use-selection.ts';
import type { Vectors } from './vectors.ts';

/** Everything about the map that its tools and its inspector work with. */
export interface MapContext {
  readonly cells: MapCells;
  readonly layout: MapLayout;
  readonly shown: ShownCells;
  readonly genes: Genes | null;
  readonly run: string | null;
  readonly settings: SpatialSettings;
  readonly change: ChangeSettings;
  readonly panels: readonly PanelContent[];
  readonly states: readonly PanelState[];
  readonly limits: readonly (Limits | null)[];
  readonly look: Look;
  readonly camera: CameraStore;
  readonly image: MapImage | null;
  readonly selection: SelectionState;
  readonly vectors: Vectors;
}
