import {
  fadeOutside,
  paintCategories,
  paintRgb,
  paintValues,
} from '../../../src-shared/plot/cell-colours.ts';
import type { Result } from '../../../src-shared/contract/handlers.ts';
import { categoryColour } from '../../../src-shared/plot/category-palette.ts';
import { colourTable, type ColourMapName, type SequentialMap } from '../../../src-shared/plot/colour-maps.ts';
import type { Rgb } from '../../../src-shared/plot/colour-scale.ts';
import { Percentiles } from '../../../src-shared/plot/percentiles.ts';
import type { PanelContent } from './panel-content.ts';
import type { Selection } from './selection.ts';
import type { CellColumn, Vector } from './vectors.ts';

/** What a panel shows, fetched. */
export type PanelPicture =
  | {
      readonly kind: 'values';
      readonly title: string;
      readonly gene: string | null;
      readonly what: string;
      readonly vector: Vector;
      readonly isDifference: boolean;
    }
  | {
      readonly kind: 'rgb';
      readonly title: string;
      readonly what: string;
      readonly channels: readonly { readonly gene: string; readonly vector: Vector }[];
    }
  | {
      readonly kind: 'category';
      readonly title: string;
      readonly what: string;
      readonly names: readonly string[];
      readonly codes: Uint16Array;
      readonly counts: Uint32Array;
      /** Colours of the categories where they are not the usual ones. */
      readonly colours?: readonly Rgb[] | undefined;
    };

type Columns = Result<'map:cells'>['columns'];

export type Limits = readonly [number, number];

/** What a column is called: its title where it has one, as those of analyses do. */
export function columnTitle(columns: Columns, name: string): string {
  return columns.find((column) => column.name === name)?.title ?? name;
}

/** Titles and words of a panel; `expected` is the expected correlation of an imputed gene. */
export function describeContent(
  content: PanelContent,
  expected: number,
  columns: Columns,
): { readonly title: string; readonly what: string } {
  if (content.kind === 'column') {
    return { title: columnTitle(columns, content.name), what: 'column of the data' };
  }
  const trust = Number.isNaN(expected) ? '' : ` · expected r ${expected.toFixed(2)}`;
  if (content.kind === 'rgb') return { title: content.genes.join(' · '), what: content.layer };
  const words = {
    measured: 'measured',
    imputed: `imputed${trust}`,
    difference: 'difference · imputed minus measured',
  };
  return { title: content.gene, what: words[content.layer] };
}

/** A column of the cells as a picture. */
export function columnPicture(name: string, column: CellColumn): PanelPicture {
  if (column.kind === 'number') {
    const vector = { values: column.values, unit: '', spread: new Percentiles(column.values) };
    return {
      kind: 'values',
      title: name,
      gene: null,
      what: 'column of the data',
      vector,
      isDifference: false,
    };
  }
  const counts = new Uint32Array(column.names.length);
  for (const code of column.codes) if (code < counts.length) counts[code]!++;
  return {
    kind: 'category',
    title: name,
    what: 'column of the data',
    names: column.names,
    codes: column.codes,
    counts,
  };
}

/** Values that get the first and the last colour. A difference has zero in the middle. */
export function limitsOf(vector: Vector, clip: readonly [number, number], isDifference = false): Limits {
  const [low, high] = [vector.spread.at(clip[0]), vector.spread.at(clip[1])];
  if (isDifference) {
    const reach = Math.max(Math.abs(low), Math.abs(high));
    return [-reach, reach];
  }
  // A gene seen in few cells has its percentiles all at zero; then its whole range tells more than nothing.
  return high > low ? [low, high] : [vector.spread.low, vector.spread.high];
}

/** Limits of every picture of values; with a shared scale those of one unit have the same. */
export function allLimits(
  pictures: readonly (PanelPicture | null)[],
  clip: readonly [number, number],
  isShared: boolean,
): (Limits | null)[] {
  const own = pictures.map((picture) =>
    picture?.kind === 'values' ? limitsOf(picture.vector, clip, picture.isDifference) : null,
  );
  if (!isShared) return own;
  const unitOf = (picture: PanelPicture | null): string | null =>
    picture?.kind === 'values' && picture.gene !== null && !picture.isDifference ? picture.vector.unit : null;
  return own.map((limits, i) => {
    const unit = unitOf(pictures[i]!);
    if (limits === null || unit === null) return limits;
    const same = own.filter((one, j): one is Limits => one !== null && unitOf(pictures[j]!) === unit);
    return [Math.min(...same.map(([low]) => low)), Math.max(...same.map(([, high]) => high))];
  });
}

export interface Look {
  readonly order: Uint32Array;
  readonly missing: Rgb;
  readonly ground: Rgb;
  readonly colourMap: SequentialMap;
  readonly clip: readonly [number, number];
  readonly selection: Selection | null;
  readonly muted: ReadonlySet<number>;
}

export function mapOf(picture: PanelPicture, colourMap: SequentialMap): ColourMapName {
  return picture.kind === 'values' && picture.isDifference ? 'difference' : colourMap;
}

/** Colours of all drawn cells, four bytes each, in the order of drawing; without a picture all have no value. */
export function painted(picture: PanelPicture | null, limits: Limits | null, look: Look): Uint8Array {
  const target = new Uint8Array(4 * look.order.length);
  const painting = { order: look.order, missing: look.missing, target };
  if (!picture) {
    const [missing] = new Uint32Array(Uint8Array.of(...look.missing, 255).buffer);
    new Uint32Array(target.buffer).fill(missing!);
  } else if (picture.kind === 'values') {
    paintValues(
      painting,
      picture.vector.values,
      colourTable(mapOf(picture, look.colourMap)),
      limits ?? [0, 1],
    );
  } else if (picture.kind === 'rgb') {
    const { channels } = picture;
    paintRgb(
      painting,
      channels.map(({ vector }) => vector.values),
      channels.map(({ vector }) => limitsOf(vector, look.clip)),
    );
  } else {
    paintCategories(painting, picture.codes, picture.names.length, look.muted, picture.colours);
  }
  if (look.selection) fadeOutside(painting, look.selection.inside, look.ground, 0.22);
  return target;
}

/** Colour of a category in a picture. */
export function colourOf({ colours }: { readonly colours?: readonly Rgb[] | undefined }, code: number): Rgb {
  return colours?.[code] ?? categoryColour(code);
}

/** What a cell's value is in a picture, in words. */
export function valueInWords(picture: PanelPicture, cell: number): string {
  const number = (value: number): string => (Number.isNaN(value) ? 'no value' : formatValue(value));
  if (picture.kind === 'values') return number(picture.vector.values[cell] ?? NaN);
  if (picture.kind === 'rgb') {
    return picture.channels
      .map(({ gene, vector }) => `${gene} ${number(vector.values[cell] ?? NaN)}`)
      .join(', ');
  }
  return picture.names[picture.codes[cell] ?? 65_535] ?? 'none';
}

/** Three digits, with a true minus sign. */
export function formatValue(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const text = size >= 1000 ? Math.round(size).toString() : String(Number(size.toPrecision(3)));
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}
