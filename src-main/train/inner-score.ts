import * as tf from '@tensorflow/tfjs-core';
import { pearson } from '../../src-shared/maths/metrics.ts';
import { gatherRows, plainView, rowRange, type AffineView } from '../matrix/affine-view.ts';
import type { Dense } from '../matrix/dense.ts';
import { restrictOutputs } from '../model/frozen-state.ts';
import type { FrozenNetwork } from '../model/network.ts';
import { applyToAll } from './stage.ts';

/** Genes whose prediction is scored while training: their measured values and the decoder's outputs for them. */
export interface ScoredGenes {
  /** cells × scored genes, as measured (any scale per gene) */
  readonly measured: AffineView;
  /** Output columns of the SC decoder, gene by gene. */
  readonly columns: Int32Array;
}

/**
 * Mean Pearson correlation over genes between D_sc(T_st→sc(z_st)) and the measured values.
 *
 * @param rows cells that are looked at
 */
export class InnerScore {
  readonly #decoder: FrozenNetwork;
  readonly #codes: AffineView;
  readonly #measured: Dense;

  constructor(zSt: Dense, genes: ScoredGenes, decodeSc: FrozenNetwork, rows: Int32Array) {
    this.#decoder = restrictOutputs(decodeSc, genes.columns);
    const codes = { rows: rows.length, columns: zSt.columns, values: gatherRows(plainView(zSt), rows) };
    this.#codes = plainView(codes);
    const width = genes.columns.length;
    this.#measured = { rows: rows.length, columns: width, values: gatherRows(genes.measured, rows) };
  }

  /** Score of a translator as it stands. */
  async of(translate: FrozenNetwork): Promise<number> {
    const codes = await applyToAll(translate, this.#codes);
    const predicted = await applyToAll(this.#decoder, plainView(codes));
    return meanColumnCorrelation(predicted, this.#measured);
  }

  dispose(): void {
    const last = this.#decoder.layers.at(-1)!;
    tf.dispose([last.weights, last.bias]);
  }
}

/** Mean over columns of Pearson's correlation between two matrices; constant columns count as 0. */
export function meanColumnCorrelation(a: Dense, b: Dense): number {
  const column = ({ values, rows, columns }: Dense, j: number) =>
    Float64Array.from(rowRange(0, rows), (row) => values[row * columns + j]!);
  let sum = 0;
  for (let j = 0; j < a.columns; j++) sum += pearson(column(a, j), column(b, j));
  return a.columns === 0 ? 0 : sum / a.columns;
}
