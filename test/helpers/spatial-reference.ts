import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NeighbourGraph } from '../../src-main/analysis/neighbour-graph.ts';

interface MoranReference {
  readonly i: readonly number[];
  readonly p: readonly number[];
  readonly q: readonly number[];
  readonly variance: number;
}

interface EnrichmentReference {
  readonly counts: readonly number[];
  /** Mean and sample standard deviation over eight seeds. */
  readonly z: readonly number[];
  readonly zSpread: readonly number[];
}

/** test/reference/spatial-squidpy.json: a made-up tissue and what Squidpy, scikit-learn and esda make of it. */
interface SpatialReference {
  readonly positions: readonly number[];
  readonly sections: readonly number[];
  readonly labels: readonly number[];
  readonly types: number;
  /** cells × 4. */
  readonly genes: readonly number[];
  /** Neighbours of each cell, nearest first: 6 of its section, and those of its section within the radius. */
  readonly nearest: readonly (readonly number[])[];
  readonly radius: number;
  readonly within: readonly (readonly number[])[];
  readonly moran: MoranReference;
  readonly enrichment: Record<'one' | 'sections' | 'within', EnrichmentReference>;
  readonly niches: {
    /** First 40 cells × types. */
    readonly composition: readonly number[];
    readonly cases: readonly {
      readonly k: number;
      readonly starts: readonly number[];
      readonly of: readonly number[];
      readonly inertia: number;
      readonly silhouette: number;
      readonly bestOf: readonly number[];
      readonly bestInertia: number;
    }[];
  };
  readonly real: readonly {
    readonly pair: string;
    /** Cells with several others as far as the 20th, left out of the digest. */
    readonly tied: readonly number[];
    /** Digests of the graphs of 20 neighbours and of those within the radius. */
    readonly nearest: string;
    readonly radius: number;
    readonly edges: number;
    readonly within: string;
    /** Cells with several others as far as the 6th. */
    readonly tiedBySix: number;
    /** Over 6 neighbours. */
    readonly moran: MoranReference;
  }[];
}

export const spatialReference = JSON.parse(
  readFileSync(join(import.meta.dirname, '../reference/spatial-squidpy.json'), 'utf8'),
) as SpatialReference;

/** The made-up tissue in the form that the analyses take. */
export const madeUp = {
  positions: { dimensions: 2, values: Float64Array.from(spatialReference.positions) },
  sections: Int32Array.from(spatialReference.sections),
  labels: Int32Array.from(spatialReference.labels),
  types: spatialReference.types,
};

/** Neighbours of each cell, in the graph's order. */
export function rowsOf({ size, starts, neighbours }: NeighbourGraph): number[][] {
  return Array.from({ length: size }, (_, i) => [...neighbours.subarray(starts[i], starts[i + 1])]);
}

/** SHA-256 of the edges of all but some cells as lines 'i j', sorted by i and j. */
export function edgeDigest(graph: NeighbourGraph, without: readonly number[] = []): string {
  const hash = createHash('sha256');
  for (const [i, row] of rowsOf(graph).entries()) {
    if (without.includes(i)) continue;
    hash.update(
      row
        .sort((a, b) => a - b)
        .map((j) => `${i} ${j}\n`)
        .join(''),
    );
  }
  return hash.digest('hex');
}
