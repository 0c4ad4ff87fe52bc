import { escapeXml } from '../../../src-shared/plot/svg.ts';
import type { Markup } from '../../../src-shared/plot/svg.ts';

/** An element of HTML with a closing tag; attribute values are escaped, children are markup. */
export function tag(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  ...children: readonly Markup[]
): Markup {
  const list = Object.entries(attributes)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  return `<${name}${list.join('')}>${children.join('')}</${name}>`;
}

/** A cell of a table: its text, how it is shown, and what it is sorted by. */
export interface Cell {
  readonly text: string;
  readonly number?: boolean;
  readonly best?: boolean;
  /** Sorted by this instead of the text. */
  readonly value?: number;
}

/** A row; `emphasis` sets it apart, `group` begins a new group with a rule above. */
export interface TableRow {
  readonly cells: readonly Cell[];
  readonly emphasis?: boolean;
  readonly group?: boolean;
}

export interface Column {
  readonly title: string;
  readonly number?: boolean;
}

/** A table whose first column heads its rows; `sortable` lets the page's script add buttons. */
export function table(columns: readonly Column[], rows: readonly TableRow[], sortable = false): Markup {
  const head = columns.map(({ title, number }) =>
    tag('th', { scope: 'col', class: number === true ? 'number' : undefined }, escapeXml(title)),
  );
  const body = rows.map(({ cells, emphasis, group }) => {
    const names = [emphasis === true ? 'emphasis' : '', group === true ? 'group' : '']
      .filter(Boolean)
      .join(' ');
    return tag('tr', { class: names === '' ? undefined : names }, ...cells.map(cellMarkup));
  });
  return tag(
    'div',
    { class: 'scroll' },
    tag(
      'table',
      { class: sortable ? 'sortable' : undefined },
      tag('thead', {}, tag('tr', {}, ...head)),
      tag('tbody', {}, ...body),
    ),
  );
}

function cellMarkup(cell: Cell, column: number): Markup {
  const content = cell.best === true ? tag('b', {}, escapeXml(cell.text)) : escapeXml(cell.text);
  return tag(
    column === 0 ? 'th' : 'td',
    {
      scope: column === 0 ? 'row' : undefined,
      class: cell.number === true ? 'number' : undefined,
      'data-value': cell.value !== undefined && Number.isFinite(cell.value) ? String(cell.value) : undefined,
    },
    content,
  );
}
