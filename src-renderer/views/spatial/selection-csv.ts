import type { MapContext } from './map-context.ts';
import { valueInWords } from './panel-picture.ts';

type CsvInput = Pick<MapContext, 'states' | 'layout' | 'cells'>;

/** A table of cells: name, position, section, and the value of every panel. Rows end as RFC 4180 says. */
export function selectionCsv(
  { states, layout, cells }: CsvInput,
  chosen: Uint32Array,
  names: readonly string[],
): string {
  const columns = columnsOf(states);
  const hasSections = cells.sections.length > 1 && layout.sections !== null;
  const head = ['cell', 'x', 'y', ...(hasSections ? ['section'] : []), ...columns.map(({ name }) => name)];
  const rows = Array.from(chosen, (cell, i) => [
    names[i] ?? '',
    ...positionOf(layout, cell),
    ...(hasSections ? [cells.sections[layout.sections[cell]!]?.name ?? ''] : []),
    ...columns.map(({ at }) => at(cell)),
  ]);
  return [head, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

interface CsvColumn {
  readonly name: string;
  readonly at: (cell: number) => string;
}

function columnsOf(states: MapContext['states']): CsvColumn[] {
  const number = (value: number | undefined): string =>
    value === undefined || Number.isNaN(value) ? '' : String(value);
  return states.flatMap(({ picture, what }): CsvColumn[] => {
    if (!picture) return [];
    const kind = what.split(' · ')[0]!;
    if (picture.kind === 'values') {
      const name = picture.gene === null ? picture.title : `${picture.title} ${kind}`;
      return [{ name, at: (cell) => number(picture.vector.values[cell]) }];
    }
    if (picture.kind === 'category')
      return [{ name: picture.title, at: (cell) => valueInWords(picture, cell) }];
    return picture.channels.map(({ gene, vector }) => ({
      name: `${gene} ${kind}`,
      at: (cell) => number(vector.values[cell]),
    }));
  });
}

/** Where a cell lies in the file's own coordinates, also when its section was moved on the map. */
function positionOf({ filed, origin }: MapContext['layout'], cell: number): [string, string] {
  return [0, 1].map((axis) => String(Number((filed[2 * cell + axis]! + origin[axis]!).toFixed(3)))) as [
    string,
    string,
  ];
}

/** Quoted where a comma, quote or line break would break the row. A leading sign of a formula is kept as text. */
function field(text: string): string {
  const safe = /^[=+@\t\r]/u.test(text) || /^-[^\d.]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
