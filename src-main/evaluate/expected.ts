import type { ExpectedAccuracy } from '../../src-shared/domain/evaluation.ts';
import { spearman } from '../../src-shared/maths/metrics.ts';
import { mean } from '../../src-shared/maths/statistics.ts';
import type { JobRecord } from './job-files.ts';

/** A held-out gene: the PCC that the method itself expected, and the one that it achieved; means over seeds. */
export interface ExpectedGene {
  readonly gene: string;
  readonly expected: number;
  readonly achieved: number;
}

/** Expected and achieved PCC of every held-out gene of a method that foretells them. */
export function expectedGenes(records: readonly JobRecord[], method: string): ExpectedGene[] {
  const pairs = new Map<string, { expected: number[]; achieved: number[] }>();
  for (const record of records) {
    if (record.method !== method || record.expected === null) continue;
    for (const [i, score] of record.scores.entries()) {
      const seen = pairs.get(score.gene) ?? { expected: [], achieved: [] };
      seen.expected.push(record.expected[i]!);
      seen.achieved.push(score.pcc);
      pairs.set(score.gene, seen);
    }
  }
  return [...pairs].map(([gene, { expected, achieved }]) => ({
    gene,
    expected: mean(expected),
    achieved: mean(achieved),
  }));
}

/** How well the expectation foretold the result; null without any. */
export function expectedAccuracy(method: string, genes: readonly ExpectedGene[]): ExpectedAccuracy | null {
  if (genes.length === 0) return null;
  const expected = genes.map((gene) => gene.expected);
  const achieved = genes.map((gene) => gene.achieved);
  return {
    method,
    genes: genes.length,
    spearman: spearman(expected, achieved),
    meanAbsoluteError: mean(expected.map((value, i) => Math.abs(value - achieved[i]!))),
  };
}
