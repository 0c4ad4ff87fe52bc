/** What is looked at: the place in the middle of every panel, and how many pixels one unit of the positions takes. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** A box in pixels, or in the unit of the positions. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Left, top, right and bottom of the cells. */
export type Bounds = readonly [number, number, number, number];

/** Room that title and legend take in a corner of a panel. */
const CORNER = { width: 172, height: 88 };
/** Narrower panels have the legend below the title, over their whole width (see spatial.css). */
const NARROW = 320;

/**
 * The camera that shows all of the bounds in a panel, with a margin, beside the legend or below it: whichever leaves
 * more room.
 */
export function fitted(
  [left, top, right, bottom]: Bounds,
  width: number,
  height: number,
  margin = 24,
): Camera {
  const [wide, high] = [Math.max(right - left, 1e-9), Math.max(bottom - top, 1e-9)];
  const scaleIn = (w: number, h: number): number =>
    Math.min(Math.max(w - 2 * margin, 40) / wide, Math.max(h - 2 * margin, 40) / high);
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  const [beside, below] = [scaleIn(width - CORNER.width, height), scaleIn(width, height - CORNER.height)];
  // Where the whole panel gives nothing more, the legend is not in the way.
  const whole = scaleIn(width, height);
  const isFree = (width - wide * whole) / 2 >= CORNER.width + margin / 2;
  if (isFree) return { ...middle, scale: whole };
  return width >= NARROW && beside > below
    ? { ...middle, x: middle.x + CORNER.width / 2 / beside, scale: beside }
    : { ...middle, y: middle.y - CORNER.height / 2 / below, scale: below };
}

/** Zooms by a factor so that the place under the pointer (pixels from the panel's middle) stays where it is. */
export function zoomed(camera: Camera, factor: number, dx: number, dy: number, limits: Limits): Camera {
  const scale = Math.min(limits.largest, Math.max(limits.smallest, camera.scale * factor));
  return {
    x: camera.x + dx / camera.scale - dx / scale,
    y: camera.y + dy / camera.scale - dy / scale,
    scale,
  };
}

/** Moves by pixels of the screen; the middle never leaves the cells. */
export function moved(camera: Camera, dx: number, dy: number, [left, top, right, bottom]: Bounds): Camera {
  return {
    x: Math.min(right, Math.max(left, camera.x - dx / camera.scale)),
    y: Math.min(bottom, Math.max(top, camera.y - dy / camera.scale)),
    scale: camera.scale,
  };
}

export interface Limits {
  readonly smallest: number;
  readonly largest: number;
}

/** From half of the fitted size up to cells of 160 pixels. */
export function zoomLimits(fit: Camera, spacing: number): Limits {
  return { smallest: fit.scale / 2, largest: Math.max(fit.scale * 4, 160 / spacing) };
}

/** The place under a pixel of a panel. */
export function placeAt(camera: Camera, panel: Box, px: number, py: number): [number, number] {
  return [
    camera.x + (px - panel.x - panel.width / 2) / camera.scale,
    camera.y + (py - panel.y - panel.height / 2) / camera.scale,
  ];
}

/** The pixel of a panel at which a place is seen. */
export function pixelAt(camera: Camera, panel: Box, x: number, y: number): [number, number] {
  return [
    panel.x + panel.width / 2 + (x - camera.x) * camera.scale,
    panel.y + panel.height / 2 + (y - camera.y) * camera.scale,
  ];
}

/**
 * Panels beside and below each other, a gap of one pixel between them, so that something of the given shape (width by
 * height) is seen as large as can be.
 */
export function panelBoxes(count: number, width: number, height: number, aspect = 1): Box[] {
  const boxesIn = (columns: number): Box[] => {
    const rows = Math.ceil(count / columns);
    const [wide, high] = [
      Math.floor((width - columns + 1) / columns),
      Math.floor((height - rows + 1) / rows),
    ];
    return Array.from({ length: count }, (_, i) => ({
      x: (i % columns) * (wide + 1),
      y: Math.floor(i / columns) * (high + 1),
      width: wide,
      height: high,
    }));
  };
  const sizeOf = ([box]: readonly Box[]): number => Math.min(box!.width / aspect, box!.height);
  // Of arrangements that are as good, the one with more columns: comparing beside each other is easier than below.
  return Array.from({ length: count }, (_, i) => boxesIn(count - i)).reduce((best, next) =>
    sizeOf(next) > 1.05 * sizeOf(best) ? next : best,
  );
}

/** Width by height of what is looked at, within reason. */
export function aspectOf([left, top, right, bottom]: Bounds): number {
  return Math.min(4, Math.max(0.25, (right - left) / Math.max(bottom - top, 1e-9) || 1));
}
