import type { PresetName } from '../../../src-shared/domain/presets.ts';
import type { DatasetRole, ProjectState } from '../../../src-shared/domain/project.ts';
import {
  publishedPairs,
  publishedTables,
  type PublishedPair,
  type PublishedTable,
} from '../../../src-shared/domain/published-pairs.ts';

/** What the two datasets of a project are known as. */
export type Recognised =
  | { readonly kind: 'pair'; readonly pair: PublishedPair }
  /** One of them, and the tables that were published with it. */
  | { readonly kind: 'one'; readonly table: PublishedTable; readonly partners: readonly PublishedTable[] };

/** The published pair that the data are, or the published table that one of them is; undefined for other data. */
export function recognised(project: Pick<ProjectState, DatasetRole>): Recognised | undefined {
  const { spatial, reference } = project;
  const pair = pairOf(spatial?.preset ?? null);
  if (spatial && reference) {
    return pair !== undefined && spatial.preset === reference.preset ? { kind: 'pair', pair } : undefined;
  }
  const known = spatial ?? reference;
  const of = pairOf(known?.preset ?? null);
  if (known === null || of === undefined) return undefined;
  const other = known.role === 'spatial' ? 'reference' : 'spatial';
  const partners = publishedPairs
    .filter((each) => each[known.role] === of[known.role])
    .map((each) => publishedTables[each[other]]);
  return { kind: 'one', table: publishedTables[of[known.role]], partners };
}

function pairOf(preset: PresetName | null): PublishedPair | undefined {
  return publishedPairs.find((pair) => pair.preset === preset);
}
