import type { Turns } from './long-work.ts';

/** Scalings further than this from 1, as a logarithm, are moved into the potentials. */
const FAR_SCALING = 50;

/** Entries between looks at the clock. */
const ENTRIES_AT_ONCE = 1 << 18;

interface Plan {
  readonly plan: Float64Array;
  readonly rowPotentials: Float64Array;
  readonly columnPotentials: Float64Array;
}

/** The state of the iterations: potentials f and g, the kernel they make, and scalings u and v on top. */
export class Scaling {
  readonly #cost: Float64Array | Float32Array;
  readonly #a: Float64Array;
  readonly #b: Float64Array;
  readonly #epsilon: number;
  readonly #turns: Turns;
  readonly #f: Float64Array;
  readonly #g: Float64Array;
  readonly #u: Float64Array;
  readonly #v: Float64Array;
  readonly #kernel: Float64Array;
  /** Kᵀ u. */
  readonly #columns: Float64Array;

  constructor(
    cost: Float64Array | Float32Array,
    a: Float64Array,
    b: Float64Array,
    epsilon: number,
    turns: Turns,
  ) {
    [this.#cost, this.#a, this.#b, this.#epsilon, this.#turns] = [cost, a, b, epsilon, turns];
    this.#f = new Float64Array(a.length).fill(Infinity);
    this.#g = new Float64Array(b.length).fill(Infinity);
    this.#u = new Float64Array(a.length).fill(1);
    this.#v = new Float64Array(b.length).fill(1);
    this.#kernel = new Float64Array(cost.length);
    this.#columns = new Float64Array(b.length);
    this.#begin();
  }

  #begin(): void {
    const [n, m] = [this.#a.length, this.#b.length];
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < m; j++) {
        if (this.#b[j]! > 0) this.#f[i] = Math.min(this.#f[i]!, this.#cost[i * m + j]!);
      }
      if (this.#a[i] === 0) this.#f[i] = -Infinity;
      if (this.#f[i] === Infinity) throw new RangeError(`row ${i} has nowhere to go`);
    }
    for (let j = 0; j < m; j++) {
      for (let i = 0; i < n; i++) {
        if (this.#a[i]! > 0) this.#g[j] = Math.min(this.#g[j]!, this.#cost[i * m + j]! - this.#f[i]!);
      }
      if (this.#b[j] === 0) this.#g[j] = -Infinity;
      if (this.#g[j] === Infinity) throw new RangeError(`nothing can reach column ${j}`);
    }
  }

  /** Moves the scalings into the potentials and makes the kernel anew. */
  async absorb(): Promise<void> {
    this.#takeIn();
    const m = this.#b.length;
    await this.#eachRow((i, from) => {
      const f = this.#f[i]!;
      for (let j = 0; j < m; j++) {
        this.#kernel[from + j] = Math.exp((f + this.#g[j]! - this.#cost[from + j]!) / this.#epsilon);
      }
    });
  }

  #takeIn(): void {
    for (let i = 0; i < this.#u.length; i++) this.#f[i] = this.#f[i]! + this.#epsilon * Math.log(this.#u[i]!);
    for (let j = 0; j < this.#v.length; j++) this.#g[j] = this.#g[j]! + this.#epsilon * Math.log(this.#v[j]!);
    this.#u.fill(1);
    this.#v.fill(1);
  }

  /** u = a / (K v), and Kᵀ u in the same pass; the error that the columns have until they are scaled too. */
  async scaleRows(): Promise<number> {
    const [kernel, v, columns, m] = [this.#kernel, this.#v, this.#columns, this.#b.length];
    columns.fill(0);
    await this.#eachRow((i, from) => {
      let sum = 0;
      for (let j = 0; j < m; j++) sum += kernel[from + j]! * v[j]!;
      const u = scale(this.#a[i]!, sum);
      this.#u[i] = u;
      for (let j = 0; j < m; j++) columns[j] = columns[j]! + u * kernel[from + j]!;
    });
    let error = 0;
    for (let j = 0; j < m; j++) error += Math.abs(v[j]! * columns[j]! - this.#b[j]!);
    return error;
  }

  /** v = b / (Kᵀ u); true where a scaling has gone far. */
  finishColumns(): boolean {
    for (let j = 0; j < this.#v.length; j++) this.#v[j] = scale(this.#b[j]!, this.#columns[j]!);
    return isFar(this.#u) || isFar(this.#v);
  }

  /** The plan takes the place of the kernel. */
  async finish(): Promise<Plan> {
    const m = this.#b.length;
    await this.#eachRow((i, from) => {
      const u = this.#u[i]!;
      for (let j = 0; j < m; j++) this.#kernel[from + j] = u * this.#kernel[from + j]! * this.#v[j]!;
    });
    this.#takeIn();
    return { plan: this.#kernel, rowPotentials: this.#f, columnPotentials: this.#g };
  }

  async #eachRow(visit: (row: number, from: number) => void): Promise<void> {
    const m = this.#b.length;
    const rowsAtOnce = Math.max(1, Math.floor(ENTRIES_AT_ONCE / m));
    for (let i = 0; i < this.#a.length; i++) {
      visit(i, i * m);
      if ((i + 1) % rowsAtOnce === 0 && this.#turns.due) await this.#turns.take();
    }
  }
}

function scale(mass: number, sum: number): number {
  if (mass === 0) return 0;
  if (sum === 0) throw new RangeError('the masses cannot be moved where the costs are finite');
  return mass / sum;
}

function isFar(scalings: Float64Array): boolean {
  for (const scaling of scalings) {
    if (scaling > 0 && Math.abs(Math.log(scaling)) > FAR_SCALING) return true;
  }
  return false;
}
