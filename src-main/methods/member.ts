import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';
import { Random } from '../../src-shared/maths/random.ts';
import { plainView, type AffineView } from '../matrix/affine-view.ts';
import { scaling, type MethodData } from './predictor.ts';

/** The data of one network of the ensemble: what it sees, and the genes that it sets aside. */
export interface MemberData {
  /** ST cells × genes of E_st: all but the inner genes. */
  readonly st: AffineView;
  /** SC cells × all reference genes. */
  readonly sc: AffineView;
  /** SC cells as the spatial assay would have measured them: the columns of `st`. */
  readonly panel: AffineView;
  /** Columns of the shared genes that it trains on, in `st` and in `sc`. */
  readonly shared: { readonly st: Int32Array; readonly sc: Int32Array };
  /** Columns of all shared genes in the whole spatial and reference matrices. */
  readonly allShared: { readonly st: Int32Array; readonly sc: Int32Array };
  /** Positions in the list of shared genes of those set aside and of those trained on. */
  readonly inner: Int32Array;
  readonly training: Int32Array;
}

/**
 * Positions of the shared genes that a member sets aside. The shared genes are dealt out at random into folds, and
 * members take one fold after the other, so that `folds` members together leave out every gene once.
 */
export function innerGenes(shared: number, folds: number, member: number, seed: number): Int32Array {
  const round = Math.floor(member / folds);
  const order = new Random(seed, `inner genes ${round}`).permutation(shared);
  return order.filter((_, i) => i % folds === member % folds).sort();
}

/** Lays out the data of one member. */
export function memberData(
  data: MethodData,
  parameters: Hyperparameters,
  member: number,
  seed: number,
): MemberData {
  const { spatial, reference, shared } = data;
  const count = shared.names.length;
  const inner =
    parameters['train.select'] === 'inner'
      ? innerGenes(count, parameters['train.innerFolds'], member, seed)
      : new Int32Array(0);
  const aside = new Set(inner);
  const training = Int32Array.from({ length: count }, (_, i) => i).filter((i) => !aside.has(i));
  const hidden = new Set(Array.from(inner, (i) => shared.spatial[i]!));
  const columns = Int32Array.from({ length: spatial.values.columns }, (_, i) => i).filter(
    (c) => !hidden.has(c),
  );
  const position = new Map(Array.from(columns, (column, i) => [column, i]));
  const zscore = parameters['data.scale'] === 'zscore';
  return {
    st: {
      source: spatial.values,
      columns,
      ...(zscore ? scaling(spatial, columns) : identity(columns.length)),
    },
    sc: zscore
      ? { ...plainView(reference.values), ...scaling(reference, plainView(reference.values).columns) }
      : plainView(reference.values),
    panel: panelView(data, columns, zscore),
    shared: {
      st: training.map((i) => position.get(shared.spatial[i]!)!),
      sc: training.map((i) => shared.reference[i]!),
    },
    allShared: { st: shared.spatial, sc: shared.reference },
    inner,
    training,
  };
}

function identity(count: number): { readonly factor: Float32Array; readonly offset: Float32Array } {
  return { factor: new Float32Array(count).fill(1), offset: new Float32Array(count) };
}

/**
 * Reference cells moment-matched to the spatial data, gene by gene: (x − m_sc) / s_sc · s_st + m_st, in z-scores
 * where the networks see z-scores. Genes that the reference lacks take their spatial mean.
 */
function panelView(data: MethodData, columns: Int32Array, zscore: boolean): AffineView {
  const { spatial, reference, shared } = data;
  const partner = new Map(Array.from(shared.spatial, (column, i) => [column, shared.reference[i]!]));
  const source = columns.map((column) => partner.get(column) ?? -1);
  const z = scaling(
    reference,
    source.map((column) => Math.max(column, 0)),
  );
  const sd = (i: number) => (zscore ? 1 : spatial.sd[columns[i]!]!);
  const mean = (i: number) => (zscore ? 0 : spatial.mean[columns[i]!]!);
  return {
    source: reference.values,
    columns: source,
    factor: z.factor.map((factor, i) => factor * sd(i)),
    offset: z.offset.map((offset, i) => (source[i]! < 0 ? 0 : offset * sd(i)) + mean(i)),
  };
}
