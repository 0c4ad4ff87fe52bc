import { UserError } from '../../src-shared/contract/errors.ts';
import { chosenColumns, gatherRows, plainView, rowRange } from '../matrix/affine-view.ts';
import type { Dense } from '../matrix/dense.ts';
import { gimviPredictor } from './gimvi-predictor.ts';
import { EPOCHS, trainGimvi } from './gimvi-training.ts';
import type { Method, MethodInput } from './method.ts';

/**
 * gimVI (Lopez et al. 2019, arXiv 1905.02269), with the defaults of scvi-tools' GIMVI. Counts of both datasets come
 * from one latent z ~ N(0, I) of 10 dimensions:
 *
 * - ρ = softmax(W z + b) are the genes' shares of a cell's expression;
 * - reference: x_g ~ ZINB(mean l ρ_g, inverse dispersion θ_g, dropout logit of a linear decoder), log l ~ N(μ₀, σ₀²)
 *   with the moments of the observed log totals;
 * - spatial: x_g ~ NB(mean l ρ_g / Σ_panel ρ, θ'_g), l the cell's observed total over the panel.
 *
 * q(z | x) has one block of 64 units for each dataset and a shared one, on log(1 + x); q(log l | x) one of 128. A
 * classifier of the datasets by z is trained against the encoders (κ = 5). gimvi-step.ts is the objective and its
 * step, gimvi-training.ts the schedule, gimvi-likelihood.ts the likelihoods.
 *
 * Both datasets are restricted to the training genes, and the reference has the target genes besides, as in the
 * authors' tutorial. Imputed are expected counts, l ρ_g / Σ_panel ρ at the posterior mean of z (normalized=False in
 * scvi-tools, as in that tutorial), brought to processed units. The shares alone (normalized=True) lack the cell's
 * total, which the measured values have: held-out correlation of scvi-tools' GIMVI, mean over seeds on fold 0, is
 * 0.089 against 0.219 on starmap_zeisel, 0.208 against 0.285 on osmfish_zeisel, 0.239 against 0.361 on
 * merfish_moffitt.
 */
export const gimvi: Method = {
  name: 'gimvi',
  title: 'gimVI',
  kind: 'peer',
  source:
    'Lopez et al., A joint model of unpaired data from scRNA-seq and spatial transcriptomics for imputing missing ' +
    'gene expression measurements, arXiv 1905.02269 (2019)',
  async *fit(input) {
    const { data, counts, seed, stop, processed } = input;
    const genes = referenceGenes(input);
    const used = {
      reference: takeColumns(counts.reference.values, genes),
      spatial: takeColumns(counts.spatial.values, data.shared.spatial),
    };
    requireCounts(used.spatial, data.spatial.report.file);
    requireCounts(used.reference, data.reference.report.file);
    const { network, epochs } = yield* trainGimvi(used, seed, stop);
    return {
      predictor: gimviPredictor({ network, spatial: used.spatial, genes, processed }),
      departures: departures(used, epochs),
    };
  },
};

/** Columns of the processed reference: training genes, then the targets that are none. */
function referenceGenes({ data, targets }: MethodInput): Int32Array {
  return Int32Array.from(new Set([...data.shared.reference, ...targets]));
}

function takeColumns(counts: Dense, columns: Int32Array): Dense {
  const view = chosenColumns(plainView(counts), columns);
  return { rows: counts.rows, columns: columns.length, values: gatherRows(view, rowRange(0, counts.rows)) };
}

function requireCounts({ values }: Dense, file: string): void {
  if (values.every((value) => value >= 0)) return;
  throw new UserError(
    `${file} has values below zero, and gimVI is a model of counts; give the matrix of counts or leave gimvi out.`,
    { file },
  );
}

function departures({ reference, spatial }: Record<'reference' | 'spatial', Dense>, epochs: number) {
  const found: string[] = [];
  if (epochs < EPOCHS) {
    found.push(
      `gimVI was trained for ${epochs} epochs instead of ${EPOCHS}, because the data are large; the weight of its ` +
        'Kullback–Leibler terms grew accordingly faster.',
    );
  }
  for (const [name, { values }] of [['spatial', spatial] as const, ['reference', reference] as const]) {
    if (values.every(Number.isInteger)) continue;
    found.push(`The ${name} data are not whole counts; gimVI, a model of counts, got them as they are.`);
  }
  return found;
}
