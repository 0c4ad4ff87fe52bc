import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import type { SequentialMap } from '../../../src-shared/plot/colour-maps.ts';
import { formatCount } from '../../../src-shared/plot/format.ts';
import { IconButton } from '../../components/Button.tsx';
import { Segmented, Select } from '../../components/fields.tsx';
import { DownloadMenu } from '../../components/charts/DownloadMenu.tsx';
import { CameraStore } from '../spatial/canvas/camera-store.ts';
import { fitted, type Box } from '../spatial/canvas/camera.ts';
import type { MapCanvas } from '../spatial/canvas/map-canvas.ts';
import type { Tool } from '../spatial/canvas/use-pointer.ts';
import { useThemeColours } from '../spatial/canvas/use-theme-colours.ts';
import { MapStage } from '../spatial/MapStage.tsx';
import type { Look } from '../spatial/panel-picture.ts';
import { DEFAULT_SETTINGS, type SpatialSettings } from '../spatial/settings.ts';
import { useShownCells, type MapLayout } from '../spatial/use-map-data.ts';
import { usePainting } from '../spatial/use-painting.ts';
import { useBiology } from './biology-context.ts';
import { panelState, type MapPanel } from './map-panels.ts';
import { SelectionLine } from './SelectionLine.tsx';
import { useMapDownload } from './use-map-download.ts';
import '../spatial/spatial.css';

interface AnalysisMapProps {
  /** Title of the map and of its downloads. */
  readonly title: string;
  /** Up to four; the same array as long as nothing of it has changed. */
  readonly panels: readonly MapPanel[];
  readonly height?: number;
  /** Where cells lie, when that is not the tissue: an embedding. Then there is no scale bar and no choice of section. */
  readonly places?: MapLayout;
  /** The category that stands out, of all panels; the others are grey. */
  readonly focus?: number | null;
  /** A category was chosen in the legend. Without it the legend greys out what is clicked. */
  readonly onFocus?: (code: number | null) => void;
  readonly onPlace?: ((x: number, y: number) => void) | undefined;
  readonly pointedAt?: number | null;
  readonly onHoverCell?: (cell: number | null) => void;
  readonly overlay?: (boxes: readonly Box[], camera: CameraStore) => ReactNode;
  readonly colourMap?: SequentialMap;
  /** Percentiles that get the first and the last colour; all values by default. */
  readonly clip?: readonly [number, number];
  readonly actions?: ReactNode;
  /** What dragging does at first. */
  readonly firstTool?: Tool;
}

const TOOLS = [
  { value: 'move', label: 'Move' },
  { value: 'lasso', label: 'Lasso' },
  { value: 'rectangle', label: 'Rectangle' },
] as const;
const LABEL =
  'Map of the tissue. Arrow keys move, plus and minus zoom, 0 shows everything; after a click the wheel zooms.';
const NONE: ReadonlySet<number> = new Set();
/** No panel is the one that a tool works on. */
const NO_FOCUS = -1;

/** Cells on the tissue (or in an embedding), coloured by vectors of a result; its selection is that of all maps here. */
export function AnalysisMap(props: AnalysisMapProps) {
  const { title, panels, height = 460, places, colourMap = 'viridis' } = props;
  const biology = useBiology();
  const { cells, selection } = biology;
  const layout = places ?? biology.layout;
  const [camera] = useState(() => new CameraStore({ x: 0, y: 0, scale: 1 }));
  const [canvas, setCanvas] = useState<MapCanvas | null>(null);
  const [tool, setTool] = useState<Tool>(props.firstTool ?? 'move');
  const [section, setSection] = useState<number | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const shown = useShownCells(layout, section);
  const states = useMemo(() => panels.map(panelState), [panels]);
  const { muted, toggle } = useMuted(props);
  const [low, high] = props.clip ?? [0, 100];
  const settings = useMemo(
    (): SpatialSettings => ({ ...DEFAULT_SETTINGS, section, colourMap, clip: [low, high], focus: NO_FOCUS }),
    [section, colourMap, low, high],
  );
  const theme = useThemeColours();
  const look = useMemo(
    (): Look => ({
      ...theme,
      ...{ order: shown.order, colourMap, clip: [low, high], muted },
      selection: selection.now,
    }),
    [theme, shown.order, colourMap, low, high, selection.now, muted],
  );
  const limits = usePainting(canvas, states, look, false);
  const download = useMapDownload(
    { cells, layout, shown, states, limits, look, settings, image: null },
    camera,
  );
  const ignore = useCallback(() => undefined, []);
  const { overlay } = props;
  return (
    <figure className="biology-map" aria-label={title} ref={root}>
      <div className="biology-map-tools">
        <h2>{title}</h2>
        {props.actions}
        <Segmented label="Tool" value={tool} options={TOOLS} onChange={setTool} />
        {cells.sections.length > 1 && places === undefined && (
          <SectionSelect value={section} onChange={setSection} />
        )}
        <IconButton
          icon="fit"
          label="Show everything (0)"
          onClick={() => {
            const panel = root.current?.querySelector('.spatial-panel')?.getBoundingClientRect();
            camera.set(fitted(shown.bounds, panel?.width ?? 600, panel?.height ?? height), false);
          }}
        />
        <DownloadMenu title={title} onDownload={(format) => download(format, title, root.current)} />
      </div>
      <div className="biology-stage" style={{ height }}>
        <MapStage
          {...{ layout, settings, camera, tool, muted, limits }}
          cells={shown}
          unit={places === undefined ? (cells.unit ?? 'unknown') : null}
          image={null}
          panels={states}
          label={LABEL}
          isEmbedded
          onCanvas={setCanvas}
          onSelect={selection.combine}
          onFocusPanel={ignore}
          onToggleCategory={toggle}
          onPlace={props.onPlace}
          onHoverCell={props.onHoverCell}
          pointedAt={props.pointedAt}
          overlay={overlay && ((boxes) => overlay(boxes, camera))}
        />
      </div>
      <SelectionLine />
    </figure>
  );
}

/** Categories that are greyed out: all but the one in focus, else those that were clicked in the legend. */
function useMuted({ panels, focus = null, onFocus }: AnalysisMapProps) {
  const [clicked, setClicked] = useState(NONE);
  const names = Math.max(
    0,
    ...panels.map(({ vector }) => (vector.kind === 'category' ? vector.names.length : 0)),
  );
  const muted = useMemo(
    () =>
      focus === null
        ? clicked
        : new Set(Array.from({ length: names }, (_, code) => code).filter((code) => code !== focus)),
    [focus, clicked, names],
  );
  const toggle = useCallback(
    (code: number) => {
      if (onFocus !== undefined) {
        onFocus(code === focus ? null : code);
        return;
      }
      setClicked((before) => {
        const next = new Set(before);
        if (!next.delete(code)) next.add(code);
        return next;
      });
    },
    [onFocus, focus],
  );
  return { muted, toggle };
}

interface SectionSelectProps {
  readonly value: number | null;
  readonly onChange: (section: number | null) => void;
}

function SectionSelect({ value, onChange }: SectionSelectProps) {
  const { sections } = useBiology().cells;
  return (
    <Select
      label="Section"
      hideLabel
      value={String(value ?? 'all')}
      options={[
        { value: 'all', label: `All ${sections.length} sections` },
        ...sections.map(({ name, cells }, i) => ({
          value: String(i),
          label: `${name} (${formatCount(cells)})`,
        })),
      ]}
      onChange={(text) => onChange(text === 'all' ? null : Number(text))}
    />
  );
}
