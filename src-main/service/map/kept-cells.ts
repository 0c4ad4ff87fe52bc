import { UserError } from '../../../src-shared/contract/errors.ts';

/**
 * Row of the dataset of each cell of a result. Filters keep the order, so both lists are walked once, which also
 * tells cells of the same name apart; where that fails, cells are found by name.
 *
 * Throws a UserError when the result holds cells that the dataset does not have.
 */
export function rowsInDataset(file: string, kept: readonly string[], all: readonly string[]): Int32Array {
  const rows = new Int32Array(kept.length);
  if (kept.length === all.length) return rows.map((_, i) => i);
  let row = 0;
  for (let i = 0; i < kept.length; i++) {
    while (row < all.length && all[row] !== kept[i]) row++;
    if (row === all.length) return rowsByName(file, kept, all);
    rows[i] = row++;
  }
  return rows;
}

function rowsByName(file: string, kept: readonly string[], all: readonly string[]): Int32Array {
  const position = new Map(all.map((name, row) => [name, row]));
  return Int32Array.from(kept, (name) => {
    const row = position.get(name);
    if (row !== undefined) return row;
    throw new UserError(
      `${file} holds cell ${name}, which the spatial data of the project do not have; they were replaced since, so train again.`,
      { file, element: name },
    );
  });
}
