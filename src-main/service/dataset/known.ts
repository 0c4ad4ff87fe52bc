import type { PresetName } from '../../../src-shared/domain/presets.ts';
import type { DatasetRecord } from '../../../src-shared/domain/project.ts';
import {
  publishedPairs,
  publishedTables,
  type PublishedTable,
  type PublishedTableName,
} from '../../../src-shared/domain/published-pairs.ts';
import type { OpenMatrix } from '../../matrix/dataset.ts';

/** A dataset that was recognised as a published table. */
export interface Known {
  readonly table: PublishedTableName;
  readonly title: string;
  readonly role: 'spatial' | 'reference';
  /** Of the pair that it belongs to, the first one where there are several. */
  readonly preset: PresetName;
}

/** How far the size of a table may be from the published one: releases differ by a few cells. */
const TOLERANCE = 0.02;

function near(found: number, published: number): boolean {
  return Math.abs(found - published) <= TOLERANCE * published;
}

/** The published table that these data are, by their size and by the names of their genes; else undefined. */
export function recognise({ cells, genes }: Pick<OpenMatrix, 'cells' | 'genes'>): Known | undefined {
  const names = new Set(genes);
  for (const [name, table] of Object.entries(publishedTables) as [PublishedTableName, PublishedTable][]) {
    if (!near(cells.length, table.cells) || !near(genes.length, table.genes)) continue;
    if (!table.marks.every((mark) => names.has(mark))) continue;
    const pair = publishedPairs.find(({ spatial, reference }) => spatial === name || reference === name)!;
    return { table: name, title: table.title, role: table.role, preset: pair.preset };
  }
  return undefined;
}

/**
 * The preset of the pair that two recognised datasets form; undefined when they form none. A table may belong to
 * several pairs, so the preset of a single record may be that of another of them.
 */
export function presetOfPair(
  spatial: PresetName | null,
  reference: PresetName | null,
): PresetName | undefined {
  const ofSpatial = publishedPairs.find(({ preset }) => preset === spatial);
  const ofReference = publishedPairs.find(({ preset }) => preset === reference);
  return publishedPairs.find(
    (pair) => pair.spatial === ofSpatial?.spatial && pair.reference === ofReference?.reference,
  )?.preset;
}

/** Both records with the preset of the pair that they form, where they form one. */
export function withPairPreset(
  spatial: DatasetRecord | null,
  reference: DatasetRecord | null,
): { spatial: DatasetRecord | null; reference: DatasetRecord | null } {
  const preset = presetOfPair(spatial?.preset ?? null, reference?.preset ?? null);
  if (spatial === null || reference === null || preset === undefined) return { spatial, reference };
  return { spatial: { ...spatial, preset }, reference: { ...reference, preset } };
}
