import { extent, niceStep } from '../../../src-shared/plot/scale.ts';
import { discOffsets } from './disc-raster.ts';
import type { DiscLayout } from './disc-raster.ts';

/** Cells expected in a bin when the area of the tissue is measured. */
const CELLS_IN_BIN = 3;

/** How positions become a panel of the drawing. */
export interface MapLayout {
  /** Size of a panel in units of the drawing. */
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly raster: DiscLayout;
  /** Units of the drawing for a unit of the positions. */
  readonly zoom: number;
}

/**
 * Area that the cells cover: bins of a square grid that hold a cell, about three cells a bin. Unlike the area of the
 * bounding box, it does not grow with holes and corners.
 */
export function occupiedArea(positions: Float64Array): number {
  const [left, right] = extent(positions.filter((_, i) => i % 2 === 0));
  const [bottom, top] = extent(positions.filter((_, i) => i % 2 === 1));
  const cells = positions.length / 2;
  const area = (right - left) * (top - bottom);
  if (!(area > 0)) return 0;
  const side = Math.sqrt((area * CELLS_IN_BIN) / cells);
  const columns = Math.ceil((right - left) / side) + 1;
  const occupied = new Set<number>();
  for (let i = 0; i < positions.length; i += 2) {
    const row = Math.floor((positions[i + 1]! - bottom) / side);
    occupied.add(row * columns + Math.floor((positions[i]! - left) / side));
  }
  return Math.min(area, occupied.size * side * side);
}

/** Radius at which discs on a square grid of this density overlap a little. */
export function discRadius(positions: Float64Array): number {
  return 0.58 * Math.sqrt(occupiedArea(positions) / (positions.length / 2));
}

/** Long tissues get fewer columns, tall ones more, so that panels stay about as large; rows are about equally full. */
function columnsFor(aspect: number, panels: number): number {
  const columns = aspect > 2.2 ? 3 : aspect > 0.75 ? 4 : aspect > 0.4 ? 6 : 8;
  const most = Math.min(columns, Math.max(panels, 3));
  return Math.max(Math.ceil(panels / Math.ceil(panels / most)), Math.min(3, most));
}

/**
 * Fits the cells into panels of equal aspect, y upwards as in plots; `width` is that of all columns with a `gap`
 * between them, `density` the pixels of the raster for
 * each unit. Positions that are not finite are not drawn.
 */
export function mapLayout(
  positions: Float64Array,
  panels: number,
  { width, gap, density }: { readonly width: number; readonly gap: number; readonly density: number },
): MapLayout {
  const [left, right] = extent(positions.filter((_, i) => i % 2 === 0));
  const [bottom, top] = extent(positions.filter((_, i) => i % 2 === 1));
  const [dx, dy] = [Math.max(right - left, 1e-9), Math.max(top - bottom, 1e-9)];
  const columns = columnsFor(dx / dy, panels);
  // Whole units, so that pixels of the raster are pixels of the figure.
  const side = Math.floor((width - (columns - 1) * gap) / columns);
  const radius = discRadius(positions);
  const [wide, high] = [dx + 2 * radius, dy + 2 * radius];
  // A line of cells would otherwise be endlessly tall or flat.
  const height = Math.round(Math.min(Math.max((side * high) / wide, 40), 420));
  const zoom = Math.min(side / wide, height / high);
  const shiftX = (side - zoom * wide) / 2 + zoom * radius;
  const shiftY = (height - zoom * high) / 2 + zoom * radius;
  const centres = Int32Array.from(positions, (value, i) => {
    const at = i % 2 === 0 ? shiftX + zoom * (value - left) : height - shiftY - zoom * (value - bottom);
    // Far outside the raster, where nothing is drawn.
    return Number.isFinite(at) ? Math.round(at * density) : -0x40000000;
  });
  const disc = discOffsets(Math.min(Math.max(zoom * radius * density, 0.7), 12));
  const size = { width: Math.round(side * density), height: Math.round(height * density) };
  return { width: side, height, columns, raster: { ...size, centres, disc }, zoom };
}

/** Length of a scale bar (a nice number of units of the positions, up to a third of the panel). */
export function scaleBarLength({ width, zoom }: MapLayout): number {
  return niceStep(width / zoom, 3) > width / zoom / 2 ? niceStep(width / zoom, 5) : niceStep(width / zoom, 3);
}
