import { join } from 'node:path';
import { openDataset } from '../../src-main/io/registry.ts';
import {
  chosenColumns,
  gatherRows,
  plainView,
  rowRange,
  type AffineView,
} from '../../src-main/matrix/affine-view.ts';
import { matchGenes } from '../../src-main/preprocess/match-genes.ts';
import { processDomain } from '../../src-main/preprocess/pipeline.ts';
import { readFixture, sharedFolder, type Golden } from './shared-folder.ts';

interface Peer {
  readonly pcc: readonly number[];
  readonly predicted_first20: Golden;
}

/** peers.json. */
export interface PeersFixture {
  readonly st_used: number;
  readonly sc_used: number;
  readonly checksum: { readonly st_sum: number; readonly sc_sum: number };
  readonly training_genes: readonly string[];
  readonly held_out_genes: readonly string[];
  readonly truth_first20: Golden;
  readonly spage: Peer & {
    readonly n_pv: number;
    readonly neighbours: number;
    readonly cosine_threshold: number;
    readonly effective_pv: number;
    readonly principal_cosines: Golden;
  };
  readonly tangram: Peer & { readonly epochs: number };
  readonly tangram_toy: {
    readonly S: Golden;
    readonly G: Golden;
    readonly M0: Golden;
    readonly epochs: number;
    readonly losses: Readonly<Record<'total' | 'cosine_mean' | 'kl', readonly number[]>>;
    readonly gradient_epoch1: Golden;
    readonly mapping_after_50: Golden;
  };
}

/** The cells of the fixture as views over its training and held-out genes, in square roots of counts. */
export interface PeersData {
  readonly golden: PeersFixture;
  readonly spatial: { readonly training: AffineView; readonly heldOut: AffineView };
  readonly reference: { readonly training: AffineView; readonly heldOut: AffineView };
}

const settings = {
  geneDensity: 0.05,
  cellDensity: 0.1,
  hvgCount: 2000,
  clipSd: 2,
  normalisation: 'sqrt',
  libraryTarget: 'median',
  allGenes: false,
} as const;

/** Follows the recipe of ../shared/fixtures/README.md. */
export async function loadPeers(): Promise<PeersData> {
  const golden = readFixture<PeersFixture>('peers');
  const folder = join(sharedFolder, 'data', 'pairs', 'merfish_moffitt');
  const files = [
    await openDataset(join(folder, 'st_counts.csv.gz')),
    await openDataset(join(folder, 'sc_counts.csv.gz')),
  ];
  const [st, sc] = [await files[0]!.open(), await files[1]!.open()];
  const matches = matchGenes({ file: 'st', names: st.genes }, { file: 'sc', names: sc.genes });
  const shared = new Set(matches.reference);
  const spatial = await processDomain(st, { ...settings, domain: 'spatial', sharedColumns: matches.spatial });
  const reference = await processDomain(sc, {
    ...settings,
    domain: 'reference',
    sharedColumns: matches.reference,
    genesExcluded: Int32Array.from(sc.genes.keys()).filter((column) => !shared.has(column)),
  });
  for (const file of files) await file.close();
  const views = (domain: typeof spatial, cells: number) => {
    const { columns, values } = domain.values;
    const all = plainView({ rows: cells, columns, values: values.subarray(0, cells * columns) });
    const position = new Map(domain.genes.names.map((name, i) => [name.toUpperCase(), i]));
    const of = (names: readonly string[]) =>
      chosenColumns(
        all,
        Int32Array.from(names, (name) => position.get(name.toUpperCase())!),
      );
    return { training: of(golden.training_genes), heldOut: of(golden.held_out_genes) };
  };
  return {
    golden,
    spatial: views(spatial, golden.st_used),
    reference: views(reference, golden.sc_used),
  };
}

/** All rows of a view. */
export function allRows(view: AffineView): Float32Array {
  return gatherRows(view, rowRange(0, view.source.rows));
}

/** rows × columns → one array a column. */
export function columnsOf(values: ArrayLike<number>, columns: number): Float64Array[] {
  return Array.from({ length: columns }, (_, j) =>
    Float64Array.from({ length: values.length / columns }, (_value, i) => values[i * columns + j]!),
  );
}
