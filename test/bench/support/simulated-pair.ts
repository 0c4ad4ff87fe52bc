import { join } from 'node:path';
import { createH5ad, type H5adContent } from '../../../src-main/io/h5ad-writer.ts';
import type { Csr } from '../../../src-main/matrix/csr.ts';
import { Random } from '../../../src-shared/maths/random.ts';

/** Sizes of a simulated pair of files. */
export interface PairSizes {
  readonly cells: number;
  readonly panelGenes: number;
  readonly referenceCells: number;
  readonly genes: number;
  readonly seed: number;
}

const TYPES = 20;
const BLOCK = 4096;
/** Mean number of molecules of a cell: of an imaging panel, and of single-cell sequencing. */
const DEPTH = { spatial: 130, reference: 3600 };

/** Draws items in proportion to weights in constant time (Walker's alias method). */
class Alias {
  readonly #share: Float64Array;
  readonly #other: Int32Array;

  constructor(weights: Float64Array) {
    const n = weights.length;
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    this.#share = weights.map((weight) => (weight * n) / total);
    this.#other = Int32Array.from({ length: n }, (_, i) => i);
    const low = [...this.#share.keys()].filter((i) => this.#share[i]! < 1);
    const high = [...this.#share.keys()].filter((i) => this.#share[i]! >= 1);
    while (low.length > 0 && high.length > 0) {
      const [l, h] = [low.pop()!, high.at(-1)!];
      this.#other[l] = h;
      this.#share[h] = this.#share[h]! - (1 - this.#share[l]!);
      if (this.#share[h] < 1) low.push(high.pop()!);
    }
  }

  draw(random: Random): number {
    const at = (random.uint32() / 0x100000000) * this.#share.length;
    const i = Math.floor(at);
    return at - i < this.#share[i]! ? i : this.#other[i]!;
  }
}

/**
 * Writes spatial.h5ad and reference.h5ad: twenty cell types with profiles of their own, cells that mix two of them,
 * molecules drawn from the mixture. Much cheaper than `spagene simulate`, which draws every cell × gene.
 */
export async function writePair(folder: string, sizes: PairSizes): Promise<void> {
  const random = new Random(sizes.seed, 'genes');
  const base = Float64Array.from({ length: sizes.genes }, () => Math.exp(1.1 * random.normal()));
  const profiles = Array.from({ length: TYPES }, () =>
    base.map((rate) => rate * (random.uniform() < 0.15 ? Math.exp(1.5 * random.normal()) : 1)),
  );
  const panel = random.permutation(sizes.genes).slice(0, sizes.panelGenes).sort();
  const names = Array.from({ length: sizes.genes }, (_, gene) => `Gene${String(gene + 1)}`);
  await writeFile(join(folder, 'spatial.h5ad'), 'spatial', sizes.cells, new Random(sizes.seed, 'spatial'), {
    names: Array.from(panel, (gene) => names[gene]!),
    tables: profiles.map((profile) => new Alias(Float64Array.from(panel, (gene) => profile[gene]!))),
  });
  await writeFile(
    join(folder, 'reference.h5ad'),
    'reference',
    sizes.referenceCells,
    new Random(sizes.seed, 'reference'),
    { names, tables: profiles.map((profile) => new Alias(profile)) },
  );
}

interface Genes {
  readonly names: readonly string[];
  readonly tables: readonly Alias[];
}

async function writeFile(
  path: string,
  kind: keyof typeof DEPTH,
  cells: number,
  random: Random,
  { names, tables }: Genes,
): Promise<void> {
  const side = Math.sqrt(cells) * 10;
  const types = Uint8Array.from({ length: cells }, () => random.below(TYPES));
  const content: H5adContent = {
    obsNames: Array.from({ length: cells }, (_, cell) => `${kind}-${String(cell + 1).padStart(7, '0')}`),
    varNames: names,
    obs: [
      {
        name: 'cell_type',
        kind: 'category',
        categories: tables.map((_, type) => `type ${String(type + 1)}`),
        codes: Int32Array.from(types),
      },
    ],
    x: { layout: 'csr', compression: 1 },
    ...(kind === 'spatial' && {
      obsm: {
        spatial: {
          columns: 2,
          type: 'float64' as const,
          values: Float64Array.from({ length: 2 * cells }, () => random.uniform() * side),
        },
      },
      uns: { spatial_unit: 'micrometre' },
    }),
  };
  const writer = await createH5ad(path, content);
  for (let first = 0; first < cells; first += BLOCK) {
    const some = types.subarray(first, Math.min(first + BLOCK, cells));
    writer.writeX(first, drawn(some, DEPTH[kind], tables, names.length, random));
  }
  await writer.finish();
}

/** Counts of some cells, most of each cell's molecules from its own type and the rest from another one. */
function drawn(
  types: Uint8Array,
  depth: number,
  tables: readonly Alias[],
  genes: number,
  random: Random,
): Csr {
  const indptr = new Uint32Array(types.length + 1);
  let [indices, values] = [new Uint32Array(1 << 20), new Float32Array(1 << 20)];
  const row = new Uint16Array(genes);
  let filled = 0;
  for (const [cell, type] of types.entries()) {
    const other = random.below(TYPES);
    const share = 0.5 + 0.5 * random.uniform();
    const molecules = Math.round(depth * Math.exp(0.35 * random.normal()));
    for (let m = 0; m < molecules; m++) {
      const table = tables[m < share * molecules ? type : other]!;
      row[table.draw(random)]!++;
    }
    if (filled + genes > indices.length) {
      indices = grown(indices, new Uint32Array(2 * indices.length + genes));
      values = grown(values, new Float32Array(2 * values.length + genes));
    }
    for (let gene = 0; gene < genes; gene++) {
      if (row[gene] === 0) continue;
      indices[filled] = gene;
      values[filled++] = row[gene]!;
      row[gene] = 0;
    }
    indptr[cell + 1] = filled;
  }
  return {
    rows: types.length,
    columns: genes,
    indptr,
    indices: indices.subarray(0, filled),
    values: values.subarray(0, filled),
  };
}

function grown<A extends Uint32Array | Float32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
