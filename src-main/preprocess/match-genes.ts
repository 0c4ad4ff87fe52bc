import { UserError } from '../../src-shared/contract/errors.ts';
import type { Warning } from '../../src-shared/contract/errors.ts';
import { sortedByName } from '../../src-shared/maths/folds.ts';
import { indexGenes, namingStyle } from './gene-names.ts';
import type { GeneIndex, GeneNames, NamingStyle } from './gene-names.ts';

/** Fewer shared genes than this say nothing about the others. */
export const MINIMUM_SHARED_GENES = 10;

/** How one file took part in the match. */
export interface MatchedSide {
  readonly file: string;
  readonly genes: number;
  /** Which of its names were compared: the main ones or the second ones. */
  readonly by: 'names' | 'ids';
  readonly style: NamingStyle;
  /** Names that occur more than once (without regard to case and version); the first column counts. */
  readonly duplicates: number;
}

/** What was matched and how, for the report of a run. */
export interface MatchReport {
  readonly shared: number;
  /** Shared genes whose names differ as written (in case, version or kind of name). */
  readonly differentlyWritten: number;
  readonly spatial: MatchedSide;
  readonly reference: MatchedSide;
}

/** The shared genes, sorted as folds go by: upper-cased name, code-point order. */
export interface GeneMatches {
  /** Names as the spatial file has them. */
  readonly names: readonly string[];
  /** Columns of the spatial matrix and of the reference, gene by gene. */
  readonly spatial: Int32Array;
  readonly reference: Int32Array;
  readonly report: MatchReport;
  readonly warnings: readonly Warning[];
}

/** One list of names of a file, ready to be compared. */
interface Naming extends GeneIndex {
  readonly file: string;
  readonly by: 'names' | 'ids';
  readonly names: readonly string[];
  readonly style: NamingStyle;
}

function namings(genes: GeneNames): [Naming, ...Naming[]] {
  const naming = (by: 'names' | 'ids', names: readonly string[]): Naming => ({
    file: genes.file,
    by,
    names,
    style: namingStyle(names),
    ...indexGenes(names),
  });
  const main = naming('names', genes.names);
  return genes.ids === undefined ? [main] : [main, naming('ids', genes.ids)];
}

interface Pairing {
  readonly spatial: Naming;
  readonly reference: Naming;
  readonly columns: readonly (readonly [spatial: number, reference: number])[];
}

/** Columns whose names agree; among several of one key the one that is spelled alike, since case tells fly genes apart. */
function pair(spatial: Naming, reference: Naming): Pairing {
  const spelled = new Map(reference.names.map((name, column) => [name, column] as const).reverse());
  const columns: [number, number][] = [];
  for (const [key, column] of spatial.columns) {
    const other = spelled.get(spatial.names[column]!) ?? reference.columns.get(key);
    if (other !== undefined) columns.push([column, other]);
  }
  return { spatial, reference, columns };
}

/** Main names if both files use the same kind and they match; else whichever names agree on most genes. */
function bestPairing(spatial: GeneNames, reference: GeneNames): Pairing {
  const ours = namings(spatial);
  const theirs = namings(reference);
  const main = pair(ours[0], theirs[0]);
  if (main.spatial.style === main.reference.style && main.columns.length >= MINIMUM_SHARED_GENES) return main;
  return ours
    .flatMap((naming) => theirs.map((other) => pair(naming, other)))
    .reduce((best, next) => (next.columns.length > best.columns.length ? next : best), main);
}

function examples(genes: GeneNames): string {
  const style = namingStyle(genes.names);
  return `${style} such as ${genes.names.slice(0, 3).join(', ')}`;
}

function tooFew(spatial: GeneNames, reference: GeneNames, shared: number): UserError {
  const small = Math.min(spatial.names.length, reference.names.length) < MINIMUM_SHARED_GENES;
  const advice = small
    ? 'A panel this small cannot tell cells apart.'
    : 'Give files of the same species whose genes are named alike.';
  return new UserError(
    `Only ${shared} of the ${spatial.names.length} genes in ${spatial.file} (${examples(spatial)}) are among the ` +
      `${reference.names.length} in ${reference.file} (${examples(reference)}), and at least ` +
      `${MINIMUM_SHARED_GENES} are needed. ${advice}`,
    { file: spatial.file },
  );
}

function side({ file, by, names, style, duplicates }: Naming): MatchedSide {
  return { file, genes: names.length, by, style, duplicates: duplicates.length };
}

function duplicateWarnings({ file, duplicates }: Naming): Warning[] {
  if (duplicates.length === 0) return [];
  const some = [...new Set(duplicates)].slice(0, 3).join(', ');
  return [
    {
      code: 'duplicate-genes',
      message:
        `${file}: ${duplicates.length} columns repeat the name of an earlier one (for example ${some}); ` +
        'of equal names the one spelled as in the other file is matched, else the first column.',
      place: { file },
    },
  ];
}

/**
 * Finds the genes that both files measure: without regard to case, and to the version of Ensembl ids. Where one
 * file speaks Ensembl and the other symbols, second names are used. Of names equal but for case the one spelled
 * alike counts, else the first column.
 * Throws a UserError when fewer than {@link MINIMUM_SHARED_GENES} are shared.
 */
export function matchGenes(spatial: GeneNames, reference: GeneNames): GeneMatches {
  const best = bestPairing(spatial, reference);
  if (best.columns.length < MINIMUM_SHARED_GENES) throw tooFew(spatial, reference, best.columns.length);
  const order = sortedByName(best.columns.map(([column]) => spatial.names[column]!));
  const columns = Array.from(order, (i) => best.columns[i]!);
  const writtenAlike = columns.filter(
    ([ours, theirs]) => spatial.names[ours] === reference.names[theirs],
  ).length;
  return {
    names: columns.map(([column]) => spatial.names[column]!),
    spatial: Int32Array.from(columns, ([column]) => column),
    reference: Int32Array.from(columns, ([, column]) => column),
    report: {
      shared: columns.length,
      differentlyWritten: columns.length - writtenAlike,
      spatial: side(best.spatial),
      reference: side(best.reference),
    },
    warnings: [...duplicateWarnings(best.spatial), ...duplicateWarnings(best.reference)],
  };
}
