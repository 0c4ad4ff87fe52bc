/** A point of a drawing with the size of its label, in pixels. */
export interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a label stands: the upper left corner of its box, and whether it is so far off that it needs a line. */
export interface PlacedLabel {
  /** Which of the points it belongs to. */
  readonly point: number;
  readonly left: number;
  readonly top: number;
  readonly isFar: boolean;
}

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Distances of a label from its point, in pixels: tried from near to far. */
const AWAY = [6, 14, 26, 42, 60];
/** Pixels kept free between two labels. */
const GAP = 2;

/**
 * Sets labels beside their points so that none lies on another label or on a dot, the first ones first; those without a
 * free place inside of the plane are left out. Places are tried right, left, above, below and in the corners, from near
 * to far. O(labels × (labels + dots)).
 *
 * @param points in the order of their importance
 * @param dots what labels may not cover: interleaved x y
 * @param radius of a dot, in pixels
 */
export function placedLabels(
  points: readonly LabelledPoint[],
  dots: Float64Array,
  radius: number,
  plane: Rectangle,
): PlacedLabel[] {
  const taken: Rectangle[] = [];
  return points.flatMap((point, i): PlacedLabel[] => {
    for (const away of AWAY) {
      for (const [left, top] of corners(point, away)) {
        const box = { left, top, right: left + point.width, bottom: top + point.height };
        if (!isInside(box, plane) || isTaken(box, taken) || coversDot(box, dots, radius)) continue;
        taken.push(box);
        return [{ point: i, left, top, isFar: away > AWAY[1]! }];
      }
    }
    return [];
  });
}

/** Upper left corners of the label's box, around the point. */
function corners({ x, y, width, height }: LabelledPoint, away: number): (readonly [number, number])[] {
  const [right, left, middle] = [x + away, x - away - width, x - width / 2];
  const [above, below, level] = [y - away - height, y + away, y - height / 2];
  return [
    [right, level],
    [left, level],
    [right, above],
    [right, below],
    [left, above],
    [left, below],
    [middle, above],
    [middle, below],
  ];
}

function isInside(box: Rectangle, plane: Rectangle): boolean {
  return (
    box.left >= plane.left && box.right <= plane.right && box.top >= plane.top && box.bottom <= plane.bottom
  );
}

function isTaken(box: Rectangle, taken: readonly Rectangle[]): boolean {
  return taken.some(
    (other) =>
      box.left < other.right + GAP &&
      other.left < box.right + GAP &&
      box.top < other.bottom + GAP &&
      other.top < box.bottom + GAP,
  );
}

function coversDot(box: Rectangle, dots: Float64Array, radius: number): boolean {
  for (let i = 0; i < dots.length; i += 2) {
    const [x, y] = [dots[i]!, dots[i + 1]!];
    if (x > box.left - radius && x < box.right + radius && y > box.top - radius && y < box.bottom + radius)
      return true;
  }
  return false;
}
