import { gatherRows, type AffineView } from '../matrix/affine-view.ts';
import { affineExpression, crossProduct } from './expression-view.ts';
import type { Fit, FitProgress, Method, MethodInput } from './method.ts';
import { scaling, type MethodData } from './predictor.ts';

/**
 * The best-gene floor: a target gene t follows the one training gene g that is most correlated with it in the
 * reference (largest |r|, the earlier among equals): x̂_it = max(0, mean_t + r_tg sd_t z_ig), with mean and
 * population sd of t in the reference and the spatial z-score of g. No paper; it is what one would do by hand.
 */
export const bestGene: Method = {
  name: 'best-gene',
  title: 'Most correlated gene',
  kind: 'floor',
  source: 'The training gene most correlated with the target in the reference',
  fit: fitBestGene,
};

/** Which training gene stands for a target, and their correlation in the reference. */
interface Stand {
  /** Position in the list of shared genes. */
  readonly gene: number;
  readonly r: number;
}

// eslint-disable-next-line require-yield, @typescript-eslint/require-await -- done in a moment
async function* fitBestGene({ data, targets }: MethodInput): AsyncGenerator<FitProgress, Fit> {
  const { spatial, reference, shared } = data;
  const stands = new Map(standsFor(data, targets).map((stand, t) => [targets[t]!, stand]));
  const predictor = {
    name: 'best-gene',
    at: (rows: Int32Array) => (genes: Int32Array) => {
      const chosen = Array.from(genes, (gene) => stands.get(gene)!);
      const columns = Int32Array.from(chosen, ({ gene }) => shared.spatial[gene]!);
      const values = gatherRows({ source: spatial.values, columns, ...scaling(spatial, columns) }, rows);
      const [slope, level] = [
        chosen.map(({ r }, j) => r * reference.sd[genes[j]!]!),
        Array.from(genes, (gene) => reference.mean[gene]!),
      ];
      return values.map((z, n) => Math.max(0, level[n % genes.length]! + slope[n % genes.length]! * z));
    },
    dispose: () => undefined,
  };
  return { predictor, departures: [] };
}

/** The stand of each target; correlations are means of products of z-scores. */
function standsFor({ reference, shared }: MethodData, targets: Int32Array): Stand[] {
  const z = (columns: Int32Array): AffineView => ({
    source: reference.values,
    columns,
    ...scaling(reference, columns),
  });
  const products = crossProduct(affineExpression(z(targets)), affineExpression(z(shared.reference)));
  const count = shared.reference.length;
  return Array.from(targets, (_, t) => {
    const row = products.subarray(t * count, (t + 1) * count);
    const gene = row.reduce((best, value, g) => (Math.abs(value) > Math.abs(row[best]!) ? g : best), 0);
    return { gene, r: row[gene]! / reference.values.rows };
  });
}
