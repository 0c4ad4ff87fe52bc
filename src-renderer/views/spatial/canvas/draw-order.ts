/** The cells that are drawn, in random order: no cell type lies over the others, and the first ones stand for all. */
export interface DrawOrder {
  readonly order: Uint32Array;
  /** Interleaved x y in that order. */
  readonly xy: Float32Array;
}

/** Shuffles the cells that have a position and that `isShown` (all unless given); the same order every time. */
export function drawOrder(xy: Float32Array, isShown?: (cell: number) => boolean): DrawOrder {
  const cells = xy.length / 2;
  const order = new Uint32Array(cells);
  let count = 0;
  for (let cell = 0; cell < cells; cell++) {
    const isPlaced = Number.isFinite(xy[2 * cell]!) && Number.isFinite(xy[2 * cell + 1]!);
    if (isPlaced && (isShown?.(cell) ?? true)) order[count++] = cell;
  }
  shuffle(order, count);
  const drawn = order.slice(0, count);
  const positions = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    positions[2 * i] = xy[2 * drawn[i]!]!;
    positions[2 * i + 1] = xy[2 * drawn[i]! + 1]!;
  }
  return { order: drawn, xy: positions };
}

/** Fisher and Yates' shuffle with a small generator (xorshift32): fairness to the eye is all that is needed. */
function shuffle(items: Uint32Array, count: number): void {
  let state = 0x9e3779b9;
  for (let i = count - 1; i > 0; i--) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const j = (state >>> 0) % (i + 1);
    const item = items[i]!;
    items[i] = items[j]!;
    items[j] = item;
  }
}
