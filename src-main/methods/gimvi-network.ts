import type { Random } from '../../src-shared/maths/random.ts';
import type { Dense } from '../matrix/dense.ts';
import type { Wanted } from '../model/block.ts';
import { Block, type BlockPass } from './gimvi-block.ts';
import { Linear } from './gimvi-linear.ts';
import { Parameters, type Parameter } from './gimvi-parameters.ts';

/** Where a step's random numbers come from. */
export interface Draws {
  /** Standard normal deviates. */
  normal(length: number): Float32Array;
  /** rows × width of 0 and 1/(1 − p); undefined for no dropout. */
  mask(rows: number, width: number, dropout: number): Float32Array | undefined;
}

/** Numbers of genes and units. */
export interface GimviSizes {
  /** Genes of the reference; the spatial ones come first among them. */
  readonly reference: number;
  readonly spatial: number;
  readonly latent: number;
  readonly hidden: number;
  readonly libraryHidden: number;
  readonly dropout: number;
}

/** The networks of gimVI: inference and generation. */
export class GimviNetwork {
  readonly sizes: GimviSizes;
  readonly parameters: Parameters;
  /** Of each dataset, reference first. */
  readonly own: readonly [Block, Block];
  readonly shared: Block;
  /** Means, then log variances of z. */
  readonly posterior: Linear;
  readonly libraryBlock: Block;
  /** Mean and log variance of the reference's log library size. */
  readonly library: Linear;
  /** Logits of the genes' shares, then of their dropouts. */
  readonly decoder: Linear;
  /** log θ of each gene, reference and spatial. */
  readonly dispersions: readonly [Parameter, Parameter];

  constructor(sizes: GimviSizes, random: Random) {
    const parameters = new Parameters(random);
    const { reference, spatial, latent, hidden, libraryHidden } = sizes;
    this.sizes = sizes;
    this.parameters = parameters;
    this.own = [new Block(reference, hidden, parameters), new Block(spatial, hidden, parameters)];
    this.shared = new Block(hidden, hidden, parameters);
    this.posterior = new Linear(hidden, 2 * latent, parameters);
    this.libraryBlock = new Block(reference, libraryHidden, parameters);
    this.library = new Linear(libraryHidden, 2, parameters);
    this.decoder = new Linear(latent, 2 * reference, parameters);
    this.dispersions = [parameters.normal(1, reference), parameters.normal(1, spatial)];
  }

  /**
   * q(z | x) in training mode, of a batch of each dataset.
   *
   * @param x log(1 + counts) of reference and spatial cells
   */
  encode(x: readonly [Dense, Dense], draws: Draws): EncoderPass {
    const { hidden, dropout } = this.sizes;
    const parts = x.map(({ rows }) => rows);
    const own = this.own.map((block, i) =>
      block.forward(x[i]!, [parts[i]!], draws.mask(parts[i]!, hidden, dropout)),
    );
    const joined = stacked(own.map(({ out }) => out));
    const shared = this.shared.forward(joined, parts, draws.mask(joined.rows, hidden, dropout));
    return { own, shared, posterior: this.posterior.forward(shared.out) };
  }

  /** Gathers the encoders' gradients from that of the posterior's parameters. */
  encodeBackward({ own, shared }: EncoderPass, upstream: Dense): void {
    const byShared = this.posterior.backward(shared.out, upstream);
    const byOwn = this.shared.backward(shared, byShared, 'both')!;
    let first = 0;
    for (const [i, block] of this.own.entries()) {
      const rows = shared.parts[i]!;
      block.backward(own[i]!, rowsOf(byOwn, first, rows), 'parameters');
      first += rows;
    }
  }

  /** Posterior mean of z for spatial cells, in inference mode: cells × latent. */
  spatialLatent(x: Dense): Dense {
    const { latent } = this.sizes;
    const posterior = this.posterior.forward(this.shared.infer(this.own[1].infer(x)));
    const values = new Float32Array(x.rows * latent);
    for (let i = 0; i < x.rows; i++) {
      values.set(posterior.values.subarray(2 * latent * i, 2 * latent * i + latent), latent * i);
    }
    return { rows: x.rows, columns: latent, values };
  }
}

export interface EncoderPass {
  readonly own: readonly BlockPass[];
  readonly shared: BlockPass;
  /** All cells × (means, log variances) of z, reference cells first. */
  readonly posterior: Dense;
}

/** Tells reference from spatial cells by their z: three blocks and a Linear to two logits. */
export class DomainClassifier {
  readonly parameters: Parameters;
  readonly blocks: readonly Block[];
  readonly logits: Linear;
  readonly #hidden: number;
  readonly #dropout: number;

  constructor(latent: number, hidden: number, dropout: number, random: Random) {
    this.parameters = new Parameters(random);
    this.blocks = [latent, hidden, hidden].map((inputs) => new Block(inputs, hidden, this.parameters));
    this.logits = new Linear(hidden, 2, this.parameters);
    this.#hidden = hidden;
    this.#dropout = dropout;
  }

  /**
   * Gradient of weight · mean(−log p(class)) of a stack of reference and spatial cells; both share one BatchNorm
   * batch.
   *
   * @param referenceRows how many of the rows are reference cells
   * @param fooled whether each cell's class is taken to be the other one
   * @param wanted `input` for the gradient by z; `parameters` gathers the classifier's own
   */
  gradients(
    z: Dense,
    referenceRows: number,
    fooled: boolean,
    weight: number,
    wanted: Exclude<Wanted, 'both'>,
    draws: Draws,
  ): Dense | undefined {
    const passes: BlockPass[] = [];
    let h = z;
    for (const block of this.blocks) {
      const pass = block.forward(h, [z.rows], draws.mask(z.rows, this.#hidden, this.#dropout));
      passes.push(pass);
      h = pass.out;
    }
    const logits = this.logits.forward(h);
    const byLogits = crossEntropyGradient(logits, (row) => row < referenceRows !== fooled, weight);
    let upstream: Dense | undefined = this.logits.backward(h, byLogits, wanted);
    for (let i = this.blocks.length - 1; i >= 0; i--) {
      const here = wanted === 'parameters' && i > 0 ? 'both' : wanted;
      upstream = this.blocks[i]!.backward(passes[i]!, upstream!, here);
    }
    return upstream;
  }
}

/** weight · (softmax − one-hot) / rows for two classes. */
function crossEntropyGradient(logits: Dense, isFirst: (row: number) => boolean, weight: number): Dense {
  const values = new Float32Array(logits.values.length);
  for (let row = 0; row < logits.rows; row++) {
    const first = 1 / (1 + Math.exp(logits.values[2 * row + 1]! - logits.values[2 * row]!));
    const gradient = (weight * (first - (isFirst(row) ? 1 : 0))) / logits.rows;
    values[2 * row] = gradient;
    values[2 * row + 1] = -gradient;
  }
  return { ...logits, values };
}

function stacked(parts: readonly Dense[]): Dense {
  const columns = parts[0]!.columns;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const values = new Float32Array(rows * columns);
  let first = 0;
  for (const part of parts) {
    values.set(part.values, first);
    first += part.values.length;
  }
  return { rows, columns, values };
}

function rowsOf({ columns, values }: Dense, first: number, rows: number): Dense {
  return { rows, columns, values: values.subarray(first * columns, (first + rows) * columns) };
}
