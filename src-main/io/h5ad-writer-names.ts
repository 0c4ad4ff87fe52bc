import type { Warning } from '../../src-shared/contract/errors.ts';

/**
 * Names as they can stand in an AnnData file: not empty, no `/` (HDF5's separator), no NUL, no `.`, none of those
 * that AnnData keeps for itself, no name twice. A name that had to change is reported.
 */
export function safeNames(
  names: readonly string[],
  place: string,
): { names: readonly string[]; warnings: readonly Warning[] } {
  const taken = new Set(['_index', '__categories', '', '.', '..']);
  const warnings: Warning[] = [];
  const safe = names.map((name) => {
    // eslint-disable-next-line no-control-regex -- NUL is what C libraries end a string at
    const plain = name.replace(/[/\u0000]/g, '_');
    let unique = plain;
    for (let i = 1; taken.has(unique); i++) unique = `${plain}_${i}`;
    taken.add(unique);
    if (unique !== name) {
      warnings.push({
        code: 'renamed-element',
        message: `“${name}” in ${place} cannot be a name in an .h5ad file; it is written as “${unique}”.`,
        place: { element: `${place}/${name}` },
      });
    }
    return unique;
  });
  return { names: safe, warnings };
}

/** Says that row names of a table are not unique, which anndata warns about whenever it opens the file. */
export function duplicateNames(names: readonly string[], place: string): readonly Warning[] {
  const unique = new Set(names).size;
  if (unique === names.length) return [];
  const message = `${names.length - unique} of the names in ${place} occur more than once in the file written.`;
  return [{ code: 'duplicate-names', message, place: { element: place } }];
}
