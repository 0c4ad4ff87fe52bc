import { useEffect, useMemo } from 'react';
import type { Result } from '../../../src-shared/contract/handlers.ts';
import { boundsOf, pointGrid, type PointGrid } from '../../../src-shared/plot/point-grid.ts';
import { useEngine } from '../../engine/context.ts';
import { useCall } from '../../engine/use-call.ts';
import type { Bounds } from './canvas/camera.ts';
import { drawOrder, type DrawOrder } from './canvas/draw-order.ts';
import { readGenes, type Genes } from './genes.ts';
import { arrangeSections } from './sections.ts';

/** Ticket under which the engine tells how reading the genes is coming on. */
const GENES_TICKET = 'map-genes';

export type MapCells = Result<'map:cells'>;

/** The cells as they lie on the map. */
export interface MapLayout {
  /** Where cells are drawn. */
  readonly xy: Float32Array;
  /** Where the file says that they lie, relative to `origin`. */
  readonly filed: Float32Array;
  readonly origin: readonly [number, number];
  readonly sections: Uint16Array | null;
  readonly spacing: number;
  /** Sections were set beside each other. */
  readonly isMoved: boolean;
}

export interface MapData {
  readonly cells: MapCells | null;
  readonly layout: MapLayout | null;
  readonly genes: Genes | null;
  /** Whether the genes are those of the run that is asked for, and not of the one before. */
  readonly isFresh: boolean;
  readonly error: string | null;
  readonly again: () => void;
}

/** Cells, positions and genes of the open project; `run` is the one whose imputed genes are shown. */
export function useMapData(run: string | null): MapData {
  const engine = useEngine();
  const cells = useCall('map:cells', {});
  const positions = useCall('map:positions', {});
  const genes = useCall('map:genes', { run });
  const askGenes = genes.again;
  // Means and detection come when the engine has read the data through.
  useEffect(
    () =>
      engine.on('work:progress', ({ ticket, share }) => {
        if (ticket === GENES_TICKET && share === 1) askGenes();
      }),
    [engine, askGenes],
  );
  const layout = useMemo((): MapLayout | null => {
    if (!positions.value || !cells.value) return null;
    const { xy, origin, sections, spacing } = positions.value;
    return {
      filed: xy,
      origin,
      sections,
      spacing,
      ...arrangeSections(xy, sections, cells.value.sections.length),
    };
  }, [positions.value, cells.value]);
  const read = useMemo(() => (genes.value ? readGenes(genes.value) : null), [genes.value]);
  const askCells = cells.again;
  const askPositions = positions.again;
  return {
    cells: cells.value,
    layout,
    genes: read,
    isFresh: !genes.waiting,
    error: cells.error ?? positions.error ?? genes.error,
    again: () => {
      askCells();
      askPositions();
      askGenes();
    },
  };
}

/** The cells of one section (or of all), in the order in which they are drawn, and a way to find them. */
export interface ShownCells extends DrawOrder {
  readonly bounds: Bounds;
  /** Diameter of a cell on the map, in the unit of the positions: as large as its share of the tissue. */
  readonly diameter: number;
  /** Finds cells by place. */
  readonly grid: () => PointGrid;
}

export function useShownCells(layout: MapLayout, section: number | null): ShownCells {
  return useMemo(() => {
    const { xy, sections } = layout;
    const isShown =
      section === null || sections === null ? undefined : (cell: number) => sections[cell] === section;
    const drawn = drawOrder(xy, isShown);
    let grid: PointGrid | undefined;
    const gridOf = () => (grid ??= isShown ? pointGrid(xy, drawn.order) : pointGrid(xy));
    return {
      ...drawn,
      bounds: boundsOf(xy, drawn.order),
      diameter: diameterOf(gridOf(), layout.spacing),
      grid: gridOf,
    };
  }, [layout, section]);
}

/** Cells in no order lie nearer to one neighbour than a share of the tissue is wide; on a lattice both are the same. */
function diameterOf({ starts, items, size }: PointGrid, spacing: number): number {
  let occupied = 0;
  for (let box = 1; box < starts.length; box++) if (starts[box] !== starts[box - 1]) occupied++;
  const share = items.length > 0 ? Math.sqrt(occupied / items.length) * size : 0;
  // Never so large that a few cells far apart become blots.
  return Math.max(spacing, Math.min(0.85 * share, 3 * spacing));
}
