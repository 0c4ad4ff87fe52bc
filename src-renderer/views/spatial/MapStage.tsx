import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from '../../components/Button.tsx';
import { Note } from '../../components/feedback.tsx';
import type { LengthUnit } from '../../../src-shared/domain/project.ts';
import { nearestPoint } from '../../../src-shared/plot/point-grid.ts';
import { pointsInside } from '../../../src-shared/plot/inside-polygon.ts';
import {
  aspectOf,
  fitted,
  moved,
  panelBoxes,
  pixelAt,
  placeAt,
  zoomed,
  zoomLimits,
  type Box,
} from './canvas/camera.ts';
import type { CameraStore } from './canvas/camera-store.ts';
import type { MapCanvas, MapImage } from './canvas/map-canvas.ts';
import { useMapCanvas } from './canvas/use-map-canvas.ts';
import { usePointer, type Outline, type Tool } from './canvas/use-pointer.ts';
import { HoverCard } from './HoverCard.tsx';
import { PanelOverlay } from './PanelOverlay.tsx';
import type { Limits } from './panel-picture.ts';
import type { Combination } from './selection.ts';
import type { SpatialSettings } from './settings.ts';
import { useStageSize } from './use-stage-size.ts';
import type { MapLayout, ShownCells } from './use-map-data.ts';
import type { PanelState } from './use-pictures.ts';

export interface MapStageProps {
  readonly layout: MapLayout;
  readonly cells: ShownCells;
  /** Null where places mean nothing, as in an embedding: then there is no scale bar. */
  readonly unit: LengthUnit | null;
  readonly panels: readonly PanelState[];
  readonly limits: readonly (Limits | null)[];
  readonly settings: SpatialSettings;
  readonly camera: CameraStore;
  readonly image: MapImage | null;
  readonly tool: Tool;
  readonly muted: ReadonlySet<number>;
  /** The drawing, once it is there, for those who colour it. */
  readonly onCanvas: (canvas: MapCanvas | null) => void;
  readonly onSelect: (cells: Uint32Array, how: Combination) => void;
  readonly onFocusPanel: (panel: number) => void;
  readonly onToggleCategory: (code: number) => void;
  readonly onPlace?: ((x: number, y: number) => void) | undefined;
  /** The cell under the pointer, for maps beside this one; and a cell that is pointed at there. */
  readonly onHoverCell?: ((cell: number | null) => void) | undefined;
  readonly pointedAt?: number | null | undefined;
  /** What else lies over the panels. */
  readonly overlay?: ((boxes: readonly Box[]) => ReactNode) | undefined;
  readonly label?: string | undefined;
  /** Part of a page that scrolls. */
  readonly isEmbedded?: boolean;
}

interface Hover {
  readonly panel: number;
  readonly cell: number;
  readonly x: number;
  readonly y: number;
}

const STEP = 60;
const LABEL = 'Map of the tissue. Arrow keys move, plus and minus zoom, 0 shows everything, L and R select.';

/** The tissue: up to four panels on one canvas, and what lies over them. */
export function MapStage(props: MapStageProps) {
  const { cells, layout, panels, settings, camera, tool } = props;
  const stage = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const size = useStageSize(stage);
  const [hover, setHover] = useState<Hover | null>(null);
  const [outline, setOutline] = useState<Outline | null>(null);
  const count = Math.max(1, panels.length);
  const boxes = useMemo(
    () => panelBoxes(count, size.width, size.height, aspectOf(cells.bounds)),
    [count, size, cells.bounds],
  );
  const fit = useMemo(() => fitted(cells.bounds, boxes[0]!.width, boxes[0]!.height), [cells.bounds, boxes]);
  const limits = useMemo(() => zoomLimits(fit, layout.spacing), [fit, layout.spacing]);
  useFirstLook(camera, settings, fit, size.width > 0);
  const diameter = cells.diameter * settings.pointSize;
  const { canvas, problem, again } = useMapCanvas(host, camera, {
    cells,
    diameter,
    boxes,
    image: props.image,
  });
  const { onCanvas } = props;
  useEffect(() => onCanvas(canvas), [canvas, onCanvas]);
  useEffect(() => camera.subscribe(() => setHover(null)), [camera]);
  const { onHoverCell } = props;
  const cellHovered = hover?.cell ?? null;
  useEffect(() => onHoverCell?.(cellHovered), [onHoverCell, cellHovered]);

  usePointer(stage, camera, {
    ...{ boxes, limits, tool },
    isEmbedded: props.isEmbedded ?? false,
    bounds: cells.bounds,
    onHover: (at) => setHover(at && hovered(at, boxes[at.panel]!, camera, cells, diameter)),
    onOutline: setOutline,
    onSelect: (corners, how) => props.onSelect(pointsInside(cells.grid(), corners), how),
    onFocusPanel: props.onFocusPanel,
    onPlace: props.onPlace,
  });
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.target !== stage.current) return;
    const arrow = arrows[event.key];
    const factor = { '+': 1.4, '=': 1.4, '-': 1 / 1.4 }[event.key];
    if (arrow) camera.set(moved(camera.get(), arrow[0] * STEP, arrow[1] * STEP, cells.bounds), true);
    else if (factor !== undefined) camera.set(zoomed(camera.get(), factor, 0, 0, limits), true);
    else if (event.key === '0') camera.set(fit, false);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={stage}
      className={`spatial-stage is-${tool}`}
      role="application"
      aria-roledescription="map"
      aria-label={props.label ?? LABEL}
      tabIndex={0}
      onKeyDown={keys}
      data-fit={`${fit.x} ${fit.y} ${fit.scale}`}
    >
      <div ref={host} className="spatial-canvas" aria-hidden="true" inert />
      {panels.map((panel, i) => (
        <PanelOverlay
          key={i}
          number={i}
          box={boxes[i]!}
          panel={panel}
          limits={props.limits[i] ?? null}
          settings={settings}
          cells={cells.order.length}
          unit={props.unit}
          camera={camera}
          isFocused={settings.focus === i}
          isAlone={panels.length === 1}
          muted={props.muted}
          onToggleCategory={props.onToggleCategory}
        />
      ))}
      <StageMarks
        boxes={boxes}
        outline={outline}
        cell={cellHovered ?? props.pointedAt ?? null}
        camera={camera}
        layout={layout}
        diameter={diameter}
      />
      {props.overlay?.(boxes)}
      {hover && <HoverCard cell={hover.cell} x={hover.x} y={hover.y} panels={panels} stage={size} />}
      {problem !== null && (
        <div className="spatial-problem" data-solid>
          <Note
            kind="error"
            title="The map cannot be drawn"
            actions={<Button onClick={again}>Draw again</Button>}
          >
            {problem}
          </Note>
        </div>
      )}
    </div>
  );
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/**
 * Shows the saved part at first, and everything when there is none or other cells are shown. A view of everything
 * stays one when the stage changes its size.
 */
function useFirstLook(
  camera: CameraStore,
  settings: SpatialSettings,
  fit: ReturnType<typeof fitted>,
  isReady: boolean,
): void {
  const looked = useRef<{ readonly section: number | null; readonly fit: unknown } | null>(null);
  const { section } = settings;
  useEffect(() => {
    if (!isReady) return;
    const before = looked.current;
    const isWhole = before?.section !== section || camera.get() === before.fit;
    looked.current = { section, fit };
    if (isWhole) camera.set((before === null ? settings.camera : null) ?? fit, false);
  }, [camera, fit, isReady, section, settings.camera]);
}

function hovered(
  at: { readonly panel: number; readonly x: number; readonly y: number },
  box: Box,
  camera: CameraStore,
  cells: ShownCells,
  diameter: number,
): Hover | null {
  const now = camera.get();
  const [x, y] = placeAt(now, box, at.x, at.y);
  const cell = nearestPoint(cells.grid(), x, y, Math.max(diameter / 2, 6 / now.scale));
  return cell < 0 ? null : { ...at, cell };
}

interface StageMarksProps {
  readonly boxes: readonly Box[];
  readonly outline: Outline | null;
  /** The cell that is pointed at, here or in a map beside this one. */
  readonly cell: number | null;
  readonly camera: CameraStore;
  readonly layout: MapLayout;
  readonly diameter: number;
}

/** The outline that is drawn, and a ring around the cell under the pointer in every panel. */
function StageMarks({ boxes, outline, cell, camera, layout, diameter }: StageMarksProps) {
  const now = camera.get();
  const points = outline?.points.map((point) => point.join(',')).join(' ');
  return (
    <svg className="spatial-marks" aria-hidden="true">
      {outline && <polygon points={points} />}
      {cell !== null &&
        boxes.map((box, i) => {
          const [x, y] = pixelAt(now, box, layout.xy[2 * cell]!, layout.xy[2 * cell + 1]!);
          const isSeen = x > box.x && y > box.y && x < box.x + box.width && y < box.y + box.height;
          return isSeen && <circle key={i} cx={x} cy={y} r={Math.max(5, (diameter * now.scale) / 2 + 2)} />;
        })}
    </svg>
  );
}
