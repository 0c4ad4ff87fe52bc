import type { Result } from '../../../src-shared/contract/handlers.ts';
import type { OpenMatrix } from '../../matrix/dataset.ts';
import { geneKey } from '../../preprocess/gene-names.ts';
import type { ResultFile } from './result-file.ts';
import type { GeneStatistics } from './gene-columns.ts';

/** Where the values of one gene lie; −1 where they do not. */
export interface GenePlace {
  readonly name: string;
  /** Column of the spatial dataset. */
  readonly panel: number;
  /** Column of the result's X and of its obsm/measured. */
  readonly imputed: number;
  readonly processed: number;
}

/**
 * Every gene that can be shown, the panel first: names as the spatial file spells them, else as the reference does.
 * A gene is the same in both when its names agree but for case and version, or its second name does.
 */
export function genePlaces(matrix: OpenMatrix, result: ResultFile | undefined): GenePlace[] {
  const imputed = firstByKey(result?.facts.genes ?? []);
  const processed = new Map(
    (result?.facts.measuredGenes ?? []).map((name, column) => [name, column]).reverse() as [string, number][],
  );
  const exact = new Map(
    (result?.facts.genes ?? []).map((name, column) => [name, column]).reverse() as [string, number][],
  );
  const taken = new Set<number>();
  const seen = new Set<string>();
  const places: GenePlace[] = [];
  matrix.genes.forEach((name, panel) => {
    if (name === '' || seen.has(name)) return;
    seen.add(name);
    const second = matrix.geneIds?.[panel] ?? '';
    const column =
      exact.get(name) ??
      imputed.get(geneKey(name)) ??
      (second === '' ? undefined : imputed.get(geneKey(second)));
    const isFree = column !== undefined && !taken.has(column);
    if (isFree) taken.add(column);
    places.push({ name, panel, imputed: isFree ? column : -1, processed: processed.get(name) ?? -1 });
  });
  result?.facts.genes.forEach((name, column) => {
    if (taken.has(column) || name === '') return;
    const unique = seen.has(name) ? `${name} (reference)` : name;
    seen.add(unique);
    places.push({ name: unique, panel: -1, imputed: column, processed: -1 });
  });
  return places;
}

function firstByKey(names: readonly string[]): Map<string, number> {
  const columns = new Map<string, number>();
  names.forEach((name, column) => {
    const key = geneKey(name);
    if (key !== '' && !columns.has(key)) columns.set(key, column);
  });
  return columns;
}

/** What is known of each gene in numbers; without statistics (not read yet) they are NaN. */
export interface GeneNumbers {
  readonly statistics: GeneStatistics | undefined;
  readonly imputedMeans: Float32Array | undefined;
  readonly processedMeans: Float32Array | undefined;
}

/** The list as the page takes it. */
export function describeGenes(
  places: readonly GenePlace[],
  result: ResultFile | undefined,
  { statistics, imputedMeans, processedMeans }: GeneNumbers,
): Result<'map:genes'> {
  const mean = ({ panel, imputed, processed }: GenePlace): number => {
    if (processed >= 0) return processedMeans?.[processed] ?? NaN;
    return panel >= 0 ? (statistics?.mean[panel] ?? NaN) : (imputedMeans?.[imputed] ?? NaN);
  };
  return {
    names: places.map(({ name }) => name),
    measured: Uint8Array.from(places, ({ panel }) => (panel >= 0 ? 1 : 0)),
    imputed: Uint8Array.from(places, ({ imputed }) => (imputed >= 0 ? 1 : 0)),
    expected: Float32Array.from(places, ({ imputed }) => result?.facts.expected[imputed] ?? NaN),
    mean: Float32Array.from(places, mean),
    detected: Float32Array.from(places, ({ panel }) => statistics?.detected[panel] ?? NaN),
  };
}
