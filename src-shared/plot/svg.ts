/** A font that every browser has, and the one that figures are rasterised with. */
export const FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif";

/** Markup that is safe as it stands; made by {@link element} and {@link escapeXml} only. */
export type Markup = string;

/** Anything a file may contain, as text of XML and HTML: the five characters escaped, what XML forbids replaced. */
export function escapeXml(text: string): Markup {
  return (
    text
      // eslint-disable-next-line no-control-regex -- XML 1.0 forbids these, and a viewer refuses the whole file.
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu, '\uFFFD')
      .replace(/\p{Surrogate}/gu, '\uFFFD')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;')
  );
}

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Two decimals: a hundredth of a pixel is finer than any printer. */
function attributeText(value: string | number): string {
  return typeof value === 'number' ? String(Math.round(value * 100) / 100) : escapeXml(value);
}

/** An element of SVG; attribute values are escaped, those undefined left out, and children are markup. */
export function element(name: string, attributes: Attributes, ...children: readonly Markup[]): Markup {
  const list = Object.entries(attributes)
    .filter((entry): entry is [string, string | number] => entry[1] !== undefined)
    .map(([key, value]) => ` ${key}="${attributeText(value)}"`)
    .join('');
  return children.length === 0 ? `<${name}${list}/>` : `<${name}${list}>${children.join('')}</${name}>`;
}

/** A line of text; `x`, `y` is its baseline. */
export function text(content: string, x: number, y: number, attributes: Attributes = {}): Markup {
  return element('text', { x, y, ...attributes }, escapeXml(content));
}

export function line(x1: number, y1: number, x2: number, y2: number, attributes: Attributes = {}): Markup {
  return element('line', { x1, y1, x2, y2, ...attributes });
}

/** Data of a path through the points. */
export function polyline(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${attributeText(x)} ${attributeText(y)}`).join('');
}

/** Data of a path of dots: drawn with a round line cap, each is a disc as wide as the stroke. */
export function dotPath(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y]) => `M${attributeText(x)} ${attributeText(y)}h0`).join('');
}

/** Width of a text in pixels, about, in DejaVu Sans (the widest of the fonts asked for). */
export function textWidth(content: string, size: number, bold = false): number {
  let width = 0;
  for (const letter of content) {
    if (/[ijlI.,:;'|!()[\] frt-]/u.test(letter)) width += 0.39;
    else if (/[mwMW@%]/u.test(letter)) width += 0.92;
    else width += /[a-z]/u.test(letter) ? 0.6 : 0.66;
  }
  return width * size * (bold ? 1.12 : 1);
}

/** The text, or its beginning and an ellipsis, so that it is at most `width` pixels wide. */
export function fitted(content: string, width: number, size: number, bold = false): string {
  if (textWidth(content, size, bold) <= width) return content;
  const letters = Array.from(content);
  while (letters.length > 1 && textWidth(`${letters.join('')}…`, size, bold) > width) letters.pop();
  return `${letters.join('')}…`;
}

/** The text on as many lines as `width` asks for, two at most, cut between words; the last is shortened to fit. */
export function wrapped(content: string, width: number, size: number, bold = false): string[] {
  if (textWidth(content, size, bold) <= width) return [content];
  const words = content.split(' ');
  let first = words.shift()!;
  while (words.length > 0 && textWidth(`${first} ${words[0]!}`, size, bold) <= width) {
    first += ` ${words.shift()!}`;
  }
  const rest = words.length === 0 ? [] : [words.join(' ')];
  return [first, ...rest].map((part) => fitted(part, width, size, bold));
}

/** A whole drawing of whole pixels on white, with a title for those who hear it. */
export function drawing(wide: number, high: number, title: string, ...children: readonly Markup[]): Markup {
  const [width, height] = [Math.ceil(wide), Math.ceil(high)];
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'font-family': FONT,
      'font-size': 12,
      fill: INK,
    },
    element('title', {}, escapeXml(title)),
    element('rect', { width, height, fill: '#ffffff' }),
    ...children,
  );
}

/** Text, and frames and grids that step back behind the data. */
export const INK = '#1a1a1a';
export const MUTED = '#5c5c5c';
export const FRAME = '#8a8a8a';
export const GRID = '#e6e6e6';
