import type { OpenMatrix } from '../matrix/dataset.ts';
import { geneKey } from './gene-names.ts';
import type { GeneMatches } from './match-genes.ts';

/** Shared genes that are treated as if the spatial file did not have them. Names as matched. */
export interface HeldOut {
  readonly genes: readonly string[];
  /** Those of them that shall come out of the reference, whatever its filters say. */
  readonly wanted: readonly string[];
}

/** Columns of both files that take part, and those that do not. */
export interface Hidden {
  readonly sharedSpatial: Int32Array;
  readonly sharedReference: Int32Array;
  readonly excludedSpatial: Int32Array;
  readonly wantedReference: Int32Array;
}

export function nothingHidden(matches: GeneMatches): Hidden {
  const none = new Int32Array(0);
  return {
    sharedSpatial: matches.spatial,
    sharedReference: matches.reference,
    excludedSpatial: none,
    wantedReference: none,
  };
}

/**
 * Leaves genes out of the spatial file, every column of theirs: a second column of the same name or id would give
 * the held-out values away.
 */
export function hiddenFrom(spatial: OpenMatrix, matches: GeneMatches, heldOut: HeldOut): Hidden {
  const [genes, wanted] = [new Set(heldOut.genes), new Set(heldOut.wanted)];
  const positions = Array.from(matches.names.keys());
  const hidden = positions.filter((i) => genes.has(matches.names[i]!));
  const keysOf = (column: number) =>
    [spatial.genes[column]!, spatial.geneIds?.[column] ?? ''].map(geneKey).filter((key) => key !== '');
  const keys = new Set(hidden.flatMap((i) => keysOf(matches.spatial[i]!)));
  const excluded = new Set(
    Array.from(spatial.genes.keys()).filter((column) => keysOf(column).some((key) => keys.has(key))),
  );
  const open = positions.filter((i) => !excluded.has(matches.spatial[i]!));
  return {
    sharedSpatial: Int32Array.from(open, (i) => matches.spatial[i]!),
    sharedReference: Int32Array.from(open, (i) => matches.reference[i]!),
    excludedSpatial: Int32Array.from(excluded),
    wantedReference: Int32Array.from(
      hidden.filter((i) => wanted.has(matches.names[i]!)),
      (i) => matches.reference[i]!,
    ),
  };
}
