import { takeRows, type Dense } from '../matrix/dense.ts';
import { logsOf, rowSums } from './gimvi-batches.ts';
import { softmax } from './gimvi-likelihood.ts';
import type { GimviNetwork } from './gimvi-network.ts';
import type { CellPrediction, Predictor } from './predictor.ts';

/** A trained network and what it takes to ask it. */
export interface FittedGimvi {
  readonly network: GimviNetwork;
  /** All spatial cells × spatial genes, counts. */
  readonly spatial: Dense;
  /** Reference columns in the order of the network's genes. */
  readonly genes: Int32Array;
  readonly processed: (count: number, row: number) => number;
}

/**
 * Imputes counts as `get_imputed_values(normalized=False)` does: the posterior mean of z is decoded, genes are
 * shares of the expression of the spatial genes together, and a share times the cell's total count over the spatial
 * genes is the expected count. A cell without counts gets zeros.
 */
export function gimviPredictor({ network, spatial, genes, processed }: FittedGimvi): Predictor {
  const totals = rowSums(spatial);
  const position = new Map(Array.from(genes, (gene, i) => [gene, i]));
  return {
    name: 'gimvi',
    at: (rows) => {
      const logits = network.decoder.forward(network.spatialLatent(logsOf(takeRows(spatial, rows))));
      return (wanted) => {
        const positions = wanted.map((gene) => position.get(gene)!);
        return expectedCounts(logits, spatial.columns, positions, (share, i) =>
          processed(share * totals[rows[i]!]!, rows[i]!),
        );
      };
    },
    dispose: () => undefined,
  };
}

/**
 * @param logits cells × network's genes (and more)
 * @param shares how many genes, from the first, sum to 1
 * @param inUnits a share of a cell (by its position) in the units wanted
 */
function expectedCounts(
  logits: Dense,
  shares: number,
  genes: Int32Array,
  inUnits: (share: number, cell: number) => number,
): ReturnType<CellPrediction> {
  const result = new Float32Array(logits.rows * genes.length);
  const ofFirst = new Float64Array(shares);
  for (let i = 0; i < logits.rows; i++) {
    const at = i * logits.columns;
    softmax(logits.values, at, ofFirst);
    // Other genes' shares follow from the distance of their logits to the largest share's.
    const top = argmax(ofFirst);
    for (let j = 0; j < genes.length; j++) {
      const share = ofFirst[top]! * Math.exp(logits.values[at + genes[j]!]! - logits.values[at + top]!);
      result[i * genes.length + j] = inUnits(share, i);
    }
  }
  return result;
}

function argmax(values: Float64Array): number {
  let best = 0;
  for (let j = 1; j < values.length; j++) if (values[j]! > values[best]!) best = j;
  return best;
}
