/** The k nearest points found so far of each of several rows, nearest first. */
export class NeighbourLists {
  readonly k: number;
  /** Rows × k; −1 where none is found yet. */
  readonly neighbours: Int32Array;
  /** Squared, rows × k; infinite where none is found yet. */
  readonly squares: Float64Array;
  /** Round in which each entered. */
  readonly entered: Uint8Array;
  round = 0;

  constructor(rows: number, k: number) {
    this.k = k;
    this.neighbours = new Int32Array(rows * k).fill(-1);
    this.squares = new Float64Array(rows * k).fill(Infinity);
    this.entered = new Uint8Array(rows * k);
  }

  /** Enters a point unless it is there or k are nearer; says whether it did. Equally near ones go by index. */
  offer(row: number, point: number, square: number): boolean {
    const { neighbours, squares, entered } = this;
    const begin = row * this.k;
    const last = begin + this.k - 1;
    if (square > squares[last]! || (square === squares[last] && point >= neighbours[last]!)) return false;
    for (let at = begin; at <= last; at++) if (neighbours[at] === point) return false;
    let slot = last;
    for (; slot > begin; slot--) {
      const before = squares[slot - 1]!;
      if (before < square || (before === square && neighbours[slot - 1]! < point)) break;
      squares[slot] = before;
      neighbours[slot] = neighbours[slot - 1]!;
      entered[slot] = entered[slot - 1]!;
    }
    squares[slot] = square;
    neighbours[slot] = point;
    entered[slot] = this.round;
    return true;
  }
}
