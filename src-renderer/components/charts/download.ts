import { element, line, text, textWidth, type Markup } from '../../../src-shared/plot/svg.ts';

/** What stands above the plot in a downloaded figure. */
export interface FigureLegend {
  readonly title: string;
  readonly items: readonly {
    readonly label: string;
    readonly colour: string;
    readonly dash?: string | undefined;
  }[];
}

/** What a drawing looks like apart from its geometry; read from the page's style sheets. */
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
  'display',
  'visibility',
] as const;

/** Pixels of a PNG for one of the page: 300 dots an inch for a figure as wide as it is on screen. */
const PRINT = 3;
/** Pixels left free at the left of title and legend. */
const EDGE = 8;
const SVG = 'http://www.w3.org/2000/svg';

/**
 * The drawing as a file that stands alone: computed colours and fonts in every element, a title and a legend above, on
 * white. It is always in the light colours, which is what paper is.
 */
export function standaloneSvg(drawing: SVGSVGElement, legend: FigureLegend): string {
  return inLight(() => {
    const copy = drawing.cloneNode(true) as SVGSVGElement;
    inline(drawing, copy);
    const [width, height] = sizeOf(drawing);
    const { marks, bottom: top } = legendMarkup(legend, width);
    copy.setAttribute('x', '0');
    copy.setAttribute('y', String(top));
    copy.removeAttribute('class');
    const style = getComputedStyle(document.body);
    return element(
      'svg',
      {
        xmlns: SVG,
        width,
        height: height + top,
        viewBox: `0 0 ${width} ${height + top}`,
        'font-family': style.fontFamily,
        'font-size': 12,
      },
      element('rect', { width, height: height + top, fill: '#ffffff' }),
      text(legend.title, EDGE, 18, { 'font-size': 14, 'font-weight': 600 }),
      ...marks,
      new XMLSerializer().serializeToString(copy),
    );
  });
}

/** Items one after the other, on as many lines as the width asks for. */
function legendMarkup(
  { items }: FigureLegend,
  width: number,
): { readonly marks: Markup[]; readonly bottom: number } {
  let [x, y] = [EDGE, 38];
  const marks = items.map(({ label, colour, dash }) => {
    const needed = 36 + textWidth(label, 12);
    if (x > EDGE && x + needed > width) [x, y] = [EDGE, y + 16];
    const at = x;
    x += needed;
    const stroke = { stroke: resolvedColour(colour), 'stroke-width': 2, 'stroke-dasharray': dash };
    return element('g', {}, line(at, y - 4, at + 18, y - 4, stroke), text(label, at + 24, y));
  });
  return { marks, bottom: items.length === 0 ? 28 : y + 10 };
}

/** `var(--st)` as the colour that it stands for now. */
function resolvedColour(colour: string): string {
  const name = /^var\((--[\w-]+)\)$/u.exec(colour)?.[1];
  if (name === undefined) return colour;
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function inline(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  for (const name of STYLES) {
    const value = style.getPropertyValue(name);
    if (value !== '') to.setAttribute(name, value);
  }
  to.removeAttribute('style');
  to.removeAttribute('class');
  for (let i = 0; i < from.children.length; i += 1) inline(from.children[i]!, to.children[i]!);
}

function sizeOf(drawing: SVGSVGElement): [number, number] {
  const { width, height } = drawing.getBoundingClientRect();
  const given = (name: string) => Number(drawing.getAttribute(name)) || 0;
  return [Math.round(width) || given('width'), Math.round(height) || given('height')];
}

/** Runs `work` while the page has its light colours; nothing is painted meanwhile. */
function inLight<T>(work: () => T): T {
  const root = document.documentElement;
  const theme = root.dataset['theme'];
  root.dataset['theme'] = 'light';
  try {
    return work();
  } finally {
    if (theme === undefined) delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
  }
}

/** The drawing as pixels, at a resolution that prints. Rejects with a sentence where the browser cannot draw it. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode().catch(() => {
    throw new Error('The browser could not turn this figure into pixels; download it as SVG instead.');
  });
  const canvas = document.createElement('canvas');
  canvas.width = image.width * PRINT;
  canvas.height = image.height * PRINT;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) =>
      blob === null ? reject(new Error('The figure is too large for a PNG.')) : resolve(blob),
    );
  });
}

/** A name that every file system takes: `Identity, run 2` is `identity-run-2`. */
export function fileName(title: string): string {
  const plain = title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '');
  return plain === '' ? 'figure' : plain.slice(0, 80);
}
