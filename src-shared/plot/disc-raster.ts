/** Discs of one size, painted one over the other. */
export interface Discs {
  /** Middles in pixels. */
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  /** Radius in pixels, 0.5 at least. */
  readonly radius: number;
  /** Red, green, blue, opacity of each. */
  readonly colours: Uint8Array;
}

/** The discs as red, green, blue, opacity of every pixel, with soft edges, on nothing. */
export function rasterDiscs(
  { xs, ys, radius, colours }: Discs,
  width: number,
  height: number,
): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(4 * width * height);
  const reach = Math.max(0.5, radius);
  for (let i = 0; i < xs.length; i++) {
    const [x, y] = [xs[i]!, ys[i]!];
    const [left, right] = [Math.max(0, Math.floor(x - reach)), Math.min(width - 1, Math.floor(x + reach))];
    const [top, bottom] = [Math.max(0, Math.floor(y - reach)), Math.min(height - 1, Math.floor(y + reach))];
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        const away = Math.hypot(column + 0.5 - x, row + 0.5 - y);
        // A pixel is covered in proportion to how far its middle is inside of the edge.
        const cover = Math.min(1, Math.max(0, reach - away + 0.5));
        if (cover > 0) blend(pixels, 4 * (row * width + column), colours, 4 * i, cover);
      }
    }
  }
  return pixels;
}

/** Lays a colour over a pixel that may be see-through (Porter & Duff's "over"). */
function blend(
  pixels: Uint8ClampedArray,
  to: number,
  colours: Uint8Array,
  from: number,
  cover: number,
): void {
  const above = (cover * colours[from + 3]!) / 255;
  const below = (pixels[to + 3]! / 255) * (1 - above);
  const sum = above + below;
  for (let channel = 0; channel < 3; channel++) {
    pixels[to + channel] = (colours[from + channel]! * above + pixels[to + channel]! * below) / sum;
  }
  pixels[to + 3] = 255 * sum;
}
