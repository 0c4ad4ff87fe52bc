import { UserError } from '../../src-shared/contract/errors.ts';
import { MINIMUM_SHARED_GENES } from './match-genes.ts';
import type { GeneMatches } from './match-genes.ts';
import type { Matrix } from '../matrix/dense.ts';
import type { ProcessedDomain } from './processed-domain.ts';

/** Shared genes that both processed matrices hold, sorted as folds go by. */
export interface AlignedGenes {
  /** As the spatial file spells them. */
  readonly names: readonly string[];
  /** Column of each in the processed spatial matrix and in the processed reference. */
  readonly spatial: Int32Array;
  readonly reference: Int32Array;
}

function positions(columns: Int32Array): Map<number, number> {
  return new Map(Array.from(columns, (column, position) => [column, position]));
}

function losses({ report }: Pick<ProcessedDomain, 'report'>): string {
  const { kept, lostToDensity, lostToVariability } = report.shared;
  return (
    `${report.file} keeps ${kept.length} of them (${lostToDensity.length} lost to the density filter, ` +
    `${lostToVariability.length} to the cut to the most variable)`
  );
}

/**
 * The matched genes that survived processing in both domains. Genes that were left out of processing count as
 * lost. Throws a UserError with the numbers of each step when fewer than ten are left.
 */
export function alignDomains(
  spatial: ProcessedDomain<Matrix>,
  reference: ProcessedDomain<Matrix>,
  matches: GeneMatches,
): AlignedGenes {
  const ours = positions(spatial.genes.columns);
  const theirs = positions(reference.genes.columns);
  const kept = Array.from(matches.names.keys()).filter(
    (i) => ours.has(matches.spatial[i]!) && theirs.has(matches.reference[i]!),
  );
  if (kept.length < MINIMUM_SHARED_GENES) {
    throw new UserError(
      `Of ${matches.names.length} shared genes only ${kept.length} survive processing in both files, and at least ` +
        `${MINIMUM_SHARED_GENES} are needed: ${losses(spatial)}, ${losses(reference)}. ` +
        'Lower the gene density threshold or raise the number of highly variable genes.',
      { file: spatial.report.file },
    );
  }
  return {
    names: kept.map((i) => matches.names[i]!),
    spatial: Int32Array.from(kept, (i) => ours.get(matches.spatial[i]!)!),
    reference: Int32Array.from(kept, (i) => theirs.get(matches.reference[i]!)!),
  };
}
