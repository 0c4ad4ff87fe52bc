/** By which column rows are sorted. */
export interface RowSort {
  readonly column: string;
  readonly descending: boolean;
}

interface Values {
  readonly name: string;
  readonly values: readonly (string | number)[];
  readonly isWide?: boolean;
}

/**
 * Rows whose name (the first column) or wide text holds what is typed, without regard to case, sorted; numbers that do not exist
 * come last either way, and equal ones by name.
 *
 * @returns positions of rows
 */
export function arrangedRows(
  columns: readonly Values[],
  typed: string,
  { column, descending }: RowSort,
): Uint32Array {
  const names = columns[0]!.values;
  const wanted = typed.trim().toUpperCase();
  const searched = columns.filter((each, i) => i === 0 || each.isWide === true);
  const holds = ({ values }: Values, row: number) => String(values[row]).toUpperCase().includes(wanted);
  const found = names.flatMap((_, row) => (searched.some((each) => holds(each, row)) ? [row] : []));
  const by = columns.find(({ name }) => name === column)?.values ?? names;
  const sign = descending ? -1 : 1;
  const byText = (a: string | number, b: string | number) => collator.compare(String(a), String(b));
  found.sort((i, j) => {
    const [a, b] = [by[i]!, by[j]!];
    if (typeof a === 'string' || typeof b === 'string') return sign * byText(a, b) || i - j;
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b)) || i - j;
    return sign * (a - b) || byText(names[i]!, names[j]!);
  });
  return Uint32Array.from(found);
}

/** As people count: Gad2 before Gad10. */
const collator = new Intl.Collator('en', { numeric: true });
