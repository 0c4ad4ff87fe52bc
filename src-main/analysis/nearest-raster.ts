/** A rectangle cut into square pixels (the last ones may stand over), each with the point nearest its centre. */
export interface NearestRaster {
  readonly width: number;
  readonly height: number;
  /** Index of a point for each pixel, row by row; −1 everywhere where there is none. */
  readonly nearest: Int32Array;
}

/**
 * Nearest points of the pixels of a raster, by propagating candidates through it (Danielsson 1980): each pixel takes
 * the nearest of its neighbours' points, in two sweeps. Not exact: of several points in one pixel only one is passed
 * on, so that some pixels get a point that is up to about a pixel farther than the nearest. O(pixels).
 *
 * @param x, y coordinates of the points in units of the pixels, within [0, width) × [0, height)
 */
export function nearestRaster(
  x: Float64Array,
  y: Float64Array,
  width: number,
  height: number,
): NearestRaster {
  const nearest = new Int32Array(width * height).fill(-1);
  const sweep = new Sweep(x, y, width, nearest);
  for (let point = 0; point < x.length; point++) {
    sweep.offer(Math.floor(x[point]!), Math.floor(y[point]!), point);
  }
  for (let row = 0; row < height; row++) sweep.row(row, row > 0 ? row - 1 : undefined);
  for (let row = height - 1; row >= 0; row--) sweep.row(row, row < height - 1 ? row + 1 : undefined);
  return { width, height, nearest };
}

class Sweep {
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #width: number;
  readonly #nearest: Int32Array;

  constructor(x: Float64Array, y: Float64Array, width: number, nearest: Int32Array) {
    this.#x = x;
    this.#y = y;
    this.#width = width;
    this.#nearest = nearest;
  }

  /** Takes candidates from the row before, then from the left and from the right. */
  row(row: number, before: number | undefined): void {
    const last = this.#width - 1;
    if (before !== undefined) {
      for (let column = 0; column <= last; column++) {
        const above = before * this.#width + column;
        this.offer(column, row, this.#nearest[above]!);
        if (column > 0) this.offer(column, row, this.#nearest[above - 1]!);
        if (column < last) this.offer(column, row, this.#nearest[above + 1]!);
      }
    }
    const first = row * this.#width;
    for (let column = 1; column <= last; column++)
      this.offer(column, row, this.#nearest[first + column - 1]!);
    for (let column = last - 1; column >= 0; column--) {
      this.offer(column, row, this.#nearest[first + column + 1]!);
    }
  }

  offer(column: number, row: number, point: number): void {
    const pixel = row * this.#width + column;
    const held = this.#nearest[pixel]!;
    if (point < 0 || point === held) return;
    if (held < 0 || this.#distance(column, row, point) < this.#distance(column, row, held)) {
      this.#nearest[pixel] = point;
    }
  }

  #distance(column: number, row: number, point: number): number {
    const dx = this.#x[point]! - column - 0.5;
    const dy = this.#y[point]! - row - 0.5;
    return dx * dx + dy * dy;
  }
}
