import { UserError } from '../../src-shared/contract/errors.ts';
import { nearestRows } from './nearest-rows.ts';
import type { NearestRows, NearestRowsOptions } from './nearest-rows.ts';

export interface LabelTransferInput {
  /** Codes of the reference cells in a space that both share: cells × dimensions, row-major. */
  readonly reference: Float32Array;
  /** Codes of the spatial cells in that space. */
  readonly spatial: Float32Array;
  readonly dimensions: number;
  /** Label of each reference cell, 0 … ; below 0 where it has none. */
  readonly labels: Int32Array;
}

export interface LabelTransferOptions extends NearestRowsOptions {
  /** Neighbours that vote; 30 when left out. */
  readonly k?: number;
}

export interface TransferredLabels {
  /** Label of each spatial cell. */
  readonly labels: Int32Array;
  /** Share of the vote that its label has, 0 … 1. */
  readonly confidence: Float32Array;
}

const VOTERS = 30;

/**
 * Labels of reference cells for spatial cells by a vote of the k nearest labelled reference cells, each with weight
 * 1 / distance; where some are at distance 0, only those vote, equally (scikit-learn's KNeighborsClassifier with
 * `weights='distance'`). Equal votes go to the smaller label.
 *
 * Throws a UserError where no reference cell has a label; a RangeError where the sizes do not match or k < 1.
 */
export async function transferLabels(
  { reference, spatial, dimensions, labels }: LabelTransferInput,
  { k = VOTERS, ...options }: LabelTransferOptions = {},
): Promise<TransferredLabels> {
  if (reference.length !== labels.length * dimensions) {
    throw new RangeError(
      `${labels.length} labels for ${reference.length} values in ${dimensions} dimensions`,
    );
  }
  const labelled = Int32Array.from(labels.keys()).filter((cell) => labels[cell]! >= 0);
  if (labelled.length === 0) {
    throw new UserError(
      'No reference cell has a label, so there is none to transfer; choose another column.',
    );
  }
  const points = labelled.length === labels.length ? reference : rows(reference, dimensions, labelled);
  const nearest = await nearestRows(spatial, points, dimensions, k, options);
  return vote(nearest, labels, labelled);
}

function rows(values: Float32Array, dimensions: number, chosen: Int32Array): Float32Array {
  const result = new Float32Array(chosen.length * dimensions);
  chosen.forEach((row, at) => {
    result.set(values.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
  });
  return result;
}

function vote(
  { k, neighbours, distances }: NearestRows,
  labels: Int32Array,
  labelled: Int32Array,
): TransferredLabels {
  const cells = neighbours.length / k;
  const result = { labels: new Int32Array(cells), confidence: new Float32Array(cells) };
  const votes = new Float64Array(labels.reduce((most, label) => Math.max(most, label), 0) + 1);
  for (let cell = 0; cell < cells; cell++) {
    const from = cell * k;
    const isHit = distances[from] === 0;
    let total = 0;
    for (let at = from; at < from + k; at++) {
      const weight = isHit ? Number(distances[at] === 0) : 1 / distances[at]!;
      const label = labels[labelled[neighbours[at]!]!]!;
      votes[label] = votes[label]! + weight;
      total += weight;
    }
    let best = 0;
    for (let label = 1; label < votes.length; label++) if (votes[label]! > votes[best]!) best = label;
    result.labels[cell] = best;
    result.confidence[cell] = votes[best]! / total;
    votes.fill(0);
  }
  return result;
}
