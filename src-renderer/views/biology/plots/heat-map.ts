import { mapColour, type ColourMapName } from '../../../../src-shared/plot/colour-maps.ts';
import { hexOf, type Rgb } from '../../../../src-shared/plot/colour-scale.ts';
import { textWidth } from '../../../../src-shared/plot/svg.ts';

/** Where the parts of a heat map lie, in pixels. */
export interface HeatPlane {
  readonly left: number;
  readonly top: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly width: number;
  readonly height: number;
}

const SIZE = 11;
const LABEL = 132;
/** Height of the legend with its words. */
export const LEGEND = 56;
/** Names of up to so many columns are slanted, which is read more easily; of more they stand upright. */
const SLANTED = 6;

/** Width of the longest name, within reason. */
export function labelRoom(names: readonly string[]): number {
  return Math.min(LABEL, Math.max(0, ...names.map((name) => textWidth(name, SIZE)))) + 10;
}

/** Height of a row: as large as 420 pixels allow, within what can be read and pointed at. */
export function rowHeight(rows: number): number {
  return Math.max(10, Math.min(28, Math.floor(420 / Math.max(1, rows))));
}

/** Height of the whole drawing: names of columns (slanted), rows, legend. */
export function heatHeight(rows: readonly string[], columns: readonly string[]): number {
  return Math.ceil(headOf(columns) + rowHeight(rows.length) * rows.length + LEGEND);
}

export function heatPlane(rows: readonly string[], columns: readonly string[], width: number): HeatPlane {
  const left = labelRoom(rows);
  // The last slanted name leans beyond the plane.
  const lean = isSlanted(columns) ? labelRoom(columns.slice(-1)) * Math.SQRT1_2 - 20 : 4;
  const right = Math.min(0.4 * width, Math.max(4, lean));
  const room = Math.max(columns.length * 4, width - left - right);
  const cellWidth = Math.min(56, room / Math.max(1, columns.length));
  const cellHeight = rowHeight(rows.length);
  return {
    left,
    top: headOf(columns),
    cellWidth,
    cellHeight,
    width: cellWidth * columns.length,
    height: cellHeight * rows.length,
  };
}

/** Whether the names of columns lean rather than stand. */
export function isSlanted(columns: readonly string[]): boolean {
  return columns.length <= SLANTED;
}

function headOf(columns: readonly string[]): number {
  return Math.ceil(labelRoom(columns) * (isSlanted(columns) ? Math.SQRT1_2 : 1) + 8);
}

/** The row and column under a point; undefined outside. */
export function cellAt(
  plane: HeatPlane,
  x: number,
  y: number,
): { readonly row: number; readonly column: number } | undefined {
  const [across, down] = [x - plane.left, y - plane.top];
  if (across < 0 || down < 0 || across >= plane.width || down >= plane.height) return undefined;
  return { row: Math.floor(down / plane.cellHeight), column: Math.floor(across / plane.cellWidth) };
}

/** Ends of the colours: around zero where the values are, else from the smallest to the largest. */
export function heatLimits(values: ArrayLike<number>, isDiverging: boolean): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return isDiverging ? [-1, 1] : [0, 1];
  if (isDiverging) {
    const reach = Math.max(Math.abs(low), Math.abs(high)) || 1;
    return [-reach, reach];
  }
  return high > low ? [Math.min(0, low), high] : [Math.min(0, low), low + 1];
}

/** Colour of a value; of none, the colour of missing ones. */
export function heatColour(
  map: ColourMapName,
  [low, high]: readonly [number, number],
  value: number,
): string {
  if (!Number.isFinite(value)) return 'var(--missing)';
  return hexOf(mapColour(map, (value - low) / (high - low)));
}

/** Black or white, whichever is read better on the colour (WCAG's relative luminance). */
export function inkOn(hex: string): string {
  if (!hex.startsWith('#')) return 'var(--text)';
  const channels = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255) as unknown as Rgb;
  const [red, green, blue] = channels.map((channel) =>
    channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
  ) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? '#111111' : '#ffffff';
}
