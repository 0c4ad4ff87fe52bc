import { useSyncExternalStore } from 'react';
import type { LengthUnit } from '../../../src-shared/domain/project.ts';
import { formatCount } from '../../../src-shared/plot/format.ts';
import { scaleBar } from '../../../src-shared/plot/scale-bar.ts';
import type { Box } from './canvas/camera.ts';
import type { CameraStore } from './canvas/camera-store.ts';
import { Legend } from './Legend.tsx';
import { formatValue, type Limits } from './panel-picture.ts';
import type { SpatialSettings } from './settings.ts';
import type { PanelState } from './use-pictures.ts';

interface PanelOverlayProps {
  readonly number: number;
  readonly box: Box;
  readonly panel: PanelState;
  readonly limits: Limits | null;
  readonly settings: SpatialSettings;
  readonly cells: number;
  readonly unit: LengthUnit | null;
  readonly camera: CameraStore;
  readonly isFocused: boolean;
  readonly isAlone: boolean;
  readonly muted: ReadonlySet<number>;
  readonly onToggleCategory: (code: number) => void;
}

/** Words around the cells of one panel: what it shows, its legend, its scale bar, how many cells. */
export function PanelOverlay(props: PanelOverlayProps) {
  const { number, box, panel, limits, settings, cells, isFocused, isAlone } = props;
  const { title, what, picture, error, isWaiting } = panel;
  return (
    <section
      className={`spatial-panel${isFocused && !isAlone ? ' is-focused' : ''}`}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      aria-label={`Panel ${number + 1}: ${title}, ${what}`}
    >
      <header className="spatial-panel-title">
        <strong>{title}</strong> <span className={whatClass(what)}>{what}</span>
      </header>
      <p className="visually-hidden">{inWords(panel, cells)}</p>
      {error !== null && (
        <div className="spatial-panel-message" data-solid role="status">
          {error}
        </div>
      )}
      {error === null && isWaiting && (
        <div className="spatial-panel-message spatial-panel-waiting" role="status">
          Fetching {title}
        </div>
      )}
      {picture && error === null && (
        <Legend
          picture={picture}
          limits={limits}
          clip={settings.clip}
          colourMap={settings.colourMap}
          muted={props.muted}
          onToggle={props.onToggleCategory}
          height={box.height}
        />
      )}
      <footer className="spatial-panel-foot">
        {props.unit === null ? <span /> : <ScaleBarView camera={props.camera} unit={props.unit} />}
        <span className="numeric">{formatCount(cells)} cells</span>
      </footer>
    </section>
  );
}

function whatClass(what: string): string {
  if (what.startsWith('measured')) return 'spatial-what is-measured';
  return what.startsWith('imputed') ? 'spatial-what is-imputed' : 'spatial-what';
}

/** The picture as a sentence, for those who do not see it. */
function inWords({ title, what, picture }: PanelState, cells: number): string {
  if (!picture) return `${title}, ${what}: nothing is shown yet.`;
  if (picture.kind === 'values') {
    const { low, high, mean, count } = picture.vector.spread;
    return `${title}, ${what}: ${count} values from ${formatValue(low)} to ${formatValue(high)}, mean ${formatValue(mean)} ${picture.vector.unit}.`;
  }
  if (picture.kind === 'rgb') return `${title} as red, green and blue over ${cells} cells.`;
  return `${title}: ${picture.names.length} categories over ${cells} cells.`;
}

function ScaleBarView({ camera, unit }: { readonly camera: CameraStore; readonly unit: LengthUnit }) {
  const { scale } = useSyncExternalStore(camera.subscribe, camera.get);
  const { pixels, label } = scaleBar(scale, unit);
  return (
    <span className="spatial-scale-bar">
      <svg width={Math.ceil(pixels) + 2} height="8" aria-hidden="true">
        <path d={`M1 1v5h${pixels.toFixed(1)}v-5`} />
      </svg>
      <span className="numeric">{label}</span>
    </span>
  );
}
